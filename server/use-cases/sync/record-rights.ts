import type { Deps } from '#server/deps.ts';
import type { Right } from '#shared/contract/record.ts';
import type { RecordData } from '#shared/contract/sync/data.ts';
import type { RecordKind } from '#shared/contract/sync/kinds.ts';

export type RecordName = { kind: RecordKind; crmId: string };

const ofSales: readonly RecordKind[] = ['invoices', 'items', 'customers'];

/** The rights that let a person see a record, and the one that lets them act on it as well. */
export type RecordRights = { toSee: readonly Right[]; toAct: Right };
const sales: RecordRights = { toSee: ['view'], toAct: 'invoices' };
const purchases: RecordRights = { toSee: ['view', 'viewBills'], toAct: 'bills' };

/** A payment belongs to sales when it pays an invoice. Every kind that is not of sales counts among the purchases. */
export async function findRecordRights(
  { store }: Pick<Deps, 'store'>,
  workspaceId: string,
  { kind, crmId }: RecordName,
): Promise<RecordRights> {
  if (kind !== 'payments') return ofSales.includes(kind) ? sales : purchases;
  const stored = await store.records.findData(workspaceId, kind, crmId);
  const data: RecordData<'payments'> = JSON.parse(stored?.data ?? '{}');
  return data.invoice !== undefined && data.bill === undefined ? sales : purchases;
}
