import type { RecordKind } from '#shared/sync-kinds.ts';

/** What people call one record of a kind and several of them, inside a sentence. */
export const syncKindWords: Readonly<Record<RecordKind, { one: string; many: string }>> = {
  customers: { one: 'customer', many: 'customers' },
  suppliers: { one: 'supplier', many: 'suppliers' },
  items: { one: 'item', many: 'items' },
  invoices: { one: 'invoice', many: 'invoices' },
  payments: { one: 'payment', many: 'payments' },
  expenses: { one: 'expense', many: 'expenses' },
  'purchase-orders': { one: 'purchase order', many: 'purchase orders' },
  'supplier-credits': { one: 'supplier credit', many: 'supplier credits' },
  'customer-credits': { one: 'customer credit note', many: 'customer credit notes' },
  tracking: { one: 'tracking option', many: 'tracking options' },
  'tax-rates': { one: 'tax rate', many: 'tax rates' },
  'payment-methods': { one: 'payment method', many: 'payment methods' },
  bills: { one: 'bill', many: 'bills' },
  accounts: { one: 'account', many: 'accounts' },
  'expense-categories': { one: 'expense category', many: 'expense categories' },
};

/** The same as a title: “Purchase order”. */
export function titleOfKind(kind: RecordKind, count: 'one' | 'many'): string {
  const words = syncKindWords[kind][count];
  return words.charAt(0).toUpperCase() + words.slice(1);
}
