import { z } from 'zod';

/** What the CRM's backend may hand over. */
export const putKindSchema = z.enum([
  ...(['customers', 'suppliers', 'items', 'invoices', 'payments', 'expenses', 'purchase-orders'] as const),
  ...(['supplier-credits', 'customer-credits', 'tracking', 'tax-rates', 'payment-methods'] as const),
]);
export type PutKind = z.infer<typeof putKindSchema>;

/** Every kind of record that travels. The last three come from Xero only. */
export const recordKindSchema = z.enum([...putKindSchema.options, 'bills', 'accounts', 'expense-categories']);
export type RecordKind = z.infer<typeof recordKindSchema>;
