import { z } from 'zod';
import {
  amountSchema,
  currencySchema,
  daySchema,
  pageSchema,
  partySchema,
  trackingRefsSchema,
  trimmedText,
} from '../values.ts';

const receiptSchema = z.union([
  z.strictObject({ name: trimmedText(255).min(1), base64: z.base64() }),
  z.strictObject({ name: trimmedText(255).min(1), url: pageSchema }),
]);

/** `amount` includes the tax when `taxInclusive`. `billable` is kept and not sent. */
export const expenseDataSchema = z.strictObject({
  date: daySchema.optional(),
  dueDate: daySchema.optional(),
  supplier: partySchema.optional(),
  category: trimmedText(500).optional(),
  amount: amountSchema.optional(),
  taxInclusive: z.boolean().optional(),
  taxRate: trimmedText(500).optional(),
  currency: currencySchema.optional(),
  description: trimmedText().optional(),
  reference: trimmedText(255).optional(),
  tracking: trackingRefsSchema.optional(),
  receipt: receiptSchema.optional(),
  billable: z.boolean().optional(),
  exchangeRate: amountSchema.optional(),
  url: pageSchema.optional(),
});
