import type { z } from 'zod';
import type { PutKind } from '../kinds.ts';
import { contactDataSchema } from './contacts.ts';
import { customerCreditDataSchema } from './customer-credits.ts';
import { expenseDataSchema } from './expenses.ts';
import { invoiceDataSchema } from './invoices.ts';
import { itemDataSchema } from './items.ts';
import { paymentMethodDataSchema, taxRateDataSchema, trackingDataSchema } from './lists.ts';
import { paymentDataSchema } from './payments.ts';
import { purchaseOrderDataSchema, supplierCreditDataSchema } from './purchases.ts';

/**
 * What the CRM's backend says of a record, by kind. Every member may be left out: what is not complete is taken, and
 * becomes a problem of the record. Unknown members and wrong types are refused.
 */
export const recordDataSchemas = {
  customers: contactDataSchema,
  suppliers: contactDataSchema,
  items: itemDataSchema,
  invoices: invoiceDataSchema,
  payments: paymentDataSchema,
  expenses: expenseDataSchema,
  'purchase-orders': purchaseOrderDataSchema,
  'supplier-credits': supplierCreditDataSchema,
  'customer-credits': customerCreditDataSchema,
  tracking: trackingDataSchema,
  'tax-rates': taxRateDataSchema,
  'payment-methods': paymentMethodDataSchema,
} as const satisfies Record<PutKind, z.ZodType>;

export type RecordData<Kind extends PutKind = PutKind> = z.output<(typeof recordDataSchemas)[Kind]>;
