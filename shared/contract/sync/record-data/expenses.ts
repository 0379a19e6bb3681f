import { z } from 'zod';
import {
  amountSchema,
  currencySchema,
  daySchema,
  pageSchema,
  partySchema,
  rateSchema,
  trackingRefsSchema,
  trimmedText,
} from '../values.ts';

/** The content is `base64`, or stands at `url`. With neither or both, the expense has a problem. */
const receiptSchema = z.strictObject({
  name: trimmedText(255).optional(),
  base64: z.base64().optional(),
  url: pageSchema.optional(),
});

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
  exchangeRate: rateSchema.optional(),
  url: pageSchema.optional(),
});
