import { z } from 'zod';
import { currencySchema, pageSchema, percentSchema, trimmedText } from '../values.ts';

/** An option of a tracking category, such as a location or a department of the CRM. */
export const trackingDataSchema = z.strictObject({
  category: trimmedText(500).optional(),
  name: trimmedText(500).optional(),
  url: pageSchema.optional(),
});

export const taxRateDataSchema = z.strictObject({
  name: trimmedText(500).optional(),
  rate: percentSchema.optional(),
  use: z.enum(['sales', 'purchases', 'both']).optional(),
  url: pageSchema.optional(),
});

/** With `bankAccountNumber` it is a bank account, else an account by `code` that takes payments. */
export const paymentMethodDataSchema = z.strictObject({
  name: trimmedText(500).optional(),
  code: trimmedText(50).optional(),
  bankAccountNumber: trimmedText(50).optional(),
  sortCode: trimmedText(50).optional(),
  currency: currencySchema.optional(),
  url: pageSchema.optional(),
});
