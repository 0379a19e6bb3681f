import { z } from 'zod';
import { amountSchema, currencySchema, daySchema, pageSchema, partySchema, trimmedText } from '../values.ts';

/** Accepted only to answer that it is not sent to Xero. */
export const customerCreditDataSchema = z.strictObject({
  number: trimmedText(255).optional(),
  customer: partySchema.optional(),
  date: daySchema.optional(),
  currency: currencySchema.optional(),
  total: amountSchema.optional(),
  url: pageSchema.optional(),
});
