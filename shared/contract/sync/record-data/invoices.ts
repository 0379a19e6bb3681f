import { z } from 'zod';
import { daySchema, documentMembers, partySchema, rateSchema } from '../values.ts';

/** `isPaid` matters at a zero total only. `exchangeRate`: units of the invoice's currency for one of the organisation's. */
export const invoiceDataSchema = z.strictObject({
  ...documentMembers,
  customer: partySchema.optional(),
  dueDate: daySchema.optional(),
  status: z.enum(['draft', 'approved', 'void']).optional(),
  isPaid: z.boolean().optional(),
  exchangeRate: rateSchema.optional(),
});
