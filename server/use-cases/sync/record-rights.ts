import { z } from 'zod';
import type { Deps } from '#server/deps.ts';
import type { RecordName } from '#server/identity/session.ts';
import { findRecordRights, type RecordRights } from '#shared/record-rights.ts';

const dataSchema = z.record(z.string(), z.unknown());

/** Which rights the record needs. Only of a payment its data decides that. */
export async function readRecordRights(
  { store }: Pick<Deps, 'store'>,
  workspaceId: string,
  { kind, crmId }: RecordName,
): Promise<RecordRights> {
  if (kind !== 'payments') return findRecordRights(kind, null);
  const [stored] = await store.records.findManyData(workspaceId, [{ kind, key: crmId }]);
  return findRecordRights(kind, stored?.data ? dataSchema.parse(JSON.parse(stored.data)) : null);
}
