import { z } from 'zod';
import { amountSchema, currencySchema, daySchema, pageSchema, partySchema, trimmedText } from '../values.ts';

/** Taken so that the CRM can be told that it does not travel. */
export const customerCreditDataSchema = z.strictObject({
  number: trimmedText(255).optional(),
  customer: partySchema.optional(),
  date: daySchema.optional(),
  currency: currencySchema.optional(),
  total: amountSchema.optional(),
  url: pageSchema.optional(),
});
