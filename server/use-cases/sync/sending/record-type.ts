import type { AnyRecordKey } from '#shared/contract/record.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';

/** How the audit and the store of writes call one record of a kind. */
const types: Readonly<Record<Exclude<PutKind, 'customer-credits'>, AnyRecordKey['type']>> = {
  customers: 'customer',
  suppliers: 'supplier',
  items: 'item',
  invoices: 'invoice',
  payments: 'payment',
  expenses: 'expense',
  'purchase-orders': 'purchase-order',
  'supplier-credits': 'supplier-credit',
  tracking: 'tracking',
  'tax-rates': 'tax-rate',
  'payment-methods': 'payment-method',
};

export function toRecordType(kind: PutKind): AnyRecordKey['type'] {
  // Customer credits are never sent.
  return kind === 'customer-credits' ? 'supplier-credit' : types[kind];
}
