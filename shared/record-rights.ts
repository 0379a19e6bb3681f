import type { Right } from '#shared/contract/record.ts';

/** The rights that let a person see a travelling record, and the one that lets them act on it as well. */
export type RecordRights = { toSee: readonly Right[]; toAct: Right };

const sales: RecordRights = { toSee: ['view'], toAct: 'invoices' };
const purchases: RecordRights = { toSee: ['view', 'viewBills'], toAct: 'bills' };
const salesKinds: readonly string[] = ['invoices', 'items', 'customers'];

/**
 * A payment (`data`) belongs to sales when it pays an invoice. Everything that does not belong to sales belongs to
 * purchases.
 */
export function findRecordRights(kind: string, data: Readonly<Record<string, unknown>> | null): RecordRights {
  const paysInvoice = kind === 'payments' && data?.invoice !== undefined && data.bill === undefined;
  return paysInvoice || salesKinds.includes(kind) ? sales : purchases;
}
