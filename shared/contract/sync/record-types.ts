import { z } from 'zod';
import type { RecordKind } from './kinds.ts';

/** The record types of a session on one record of sync. */
export const syncRecordTypeSchema = z.enum([
  ...(['expense', 'invoice', 'payment', 'purchase-order', 'supplier-credit', 'item', 'customer', 'supplier'] as const),
]);
export type SyncRecordType = z.infer<typeof syncRecordTypeSchema>;

/** The kind of the record that a session of this type is about. */
export const kindOfType = {
  expense: 'expenses',
  invoice: 'invoices',
  payment: 'payments',
  'purchase-order': 'purchase-orders',
  'supplier-credit': 'supplier-credits',
  item: 'items',
  customer: 'customers',
  supplier: 'suppliers',
} as const satisfies Record<SyncRecordType, RecordKind>;
