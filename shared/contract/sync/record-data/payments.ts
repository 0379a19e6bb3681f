import { z } from 'zod';
import { amountSchema, currencySchema, daySchema, pageSchema, recordRefOf, trimmedText } from '../values.ts';

/** A payment of an invoice, or of a bill. The bill of a purchase order is named by the order. */
export const paymentDataSchema = z.strictObject({
  invoice: recordRefOf('invoices').optional(),
  bill: recordRefOf('expenses', 'purchase-orders').optional(),
  date: daySchema.optional(),
  amount: amountSchema.optional(),
  currency: currencySchema.optional(),
  method: trimmedText(500).optional(),
  reference: trimmedText(255).optional(),
  url: pageSchema.optional(),
});
