import { hash } from 'node:crypto';
import type { Deps } from '#server/deps.ts';
import type { Backend } from '#server/identity/verify-backend-token.ts';
import type { RecordDataRow } from '#server/store/tables/records/record-store.ts';
import { AppError } from '#shared/app-error.ts';
import { type PutKind, putKindSchema, type RecordKind } from '#shared/contract/sync/kinds.ts';
import type { SyncRecord } from '#shared/contract/sync/record.ts';
import { type RecordData, recordDataSchemas } from '#shared/contract/sync/record-data/data.ts';
import { requestWords } from '../words/request-words.ts';
import { toUnreadable } from './data-faults.ts';
import type { RecordVersion } from './decide-record.ts';
import { isReceiptTooLarge, splitReceipt } from './receipt.ts';
import { addData } from './record-answer.ts';
import { storeVersions, type Taken, wakeSending } from './store-versions.ts';

type Named = { kind: RecordKind; crmId: string; version: number };
type SentVersion = Named & { data: unknown };

/**
 * Takes a version of a record from the CRM. The same version with the same data changes nothing. Rejects with
 * invalid_request where something cannot be read, payload_too_large for a receipt of more than 10 MB, stale_version with
 * the newer one, version_reused for other data under a version that is stored, and method_not_allowed for kinds that
 * come from Xero only.
 */
export async function takeRecord(deps: Deps, backend: Backend, sent: SentVersion): Promise<SyncRecord> {
  const row = readVersion(backend, sent);
  const [taken] = await deps.store.together((store) => storeVersions(deps, backend, { store, rows: [row] }));
  return finishTaking(deps, backend, taken);
}

/** Checks a version that the CRM sent. Rejects as `takeRecord` does for what cannot be read. */
export function readVersion(backend: Backend, { crmId, version, ...sent }: SentVersion): RecordDataRow {
  const kind = requirePutKind(sent.kind);
  if (isReceiptTooLarge(sent.data)) throw new AppError('payload_too_large', { detail: requestWords.receiptTooLarge });
  const parsed = recordDataSchemas[kind].safeParse(sent.data);
  if (!parsed.success) throw toUnreadable(parsed.error, ['data']);
  return toDataRow(backend, { kind, crmId, version, wanted: 'present', data: parsed.data });
}

/** Use after the transaction. Throws the error of a version that was refused. */
function finishTaking(deps: Deps, backend: Backend, taken: Taken | undefined): SyncRecord {
  if (taken === undefined) throw new Error('a version was neither taken nor refused');
  if ('error' in taken) throw taken.error;
  wakeSending(deps, backend, taken.record);
  return addData(taken.record, taken.said);
}

/**
 * The CRM deleted the record. It stays readable, and a higher version brings it back. A record that was never sent is
 * kept as deleted, so that a lower version that arrives late is refused.
 */
export async function removeRecord(deps: Deps, backend: Backend, sent: Named): Promise<SyncRecord> {
  const kind = requirePutKind(sent.kind);
  const { crmId, version } = sent;
  const [removed] = await deps.store.together(async (store) => {
    const { id: workspaceId } = backend.workspace;
    await store.records.hold(workspaceId);
    const before = await store.records.findData(workspaceId, kind, crmId);
    const kept = before ?? toDataRow(backend, { kind, crmId, version, wanted: 'absent', data: null });
    return storeVersions(deps, backend, { store, rows: [{ ...kept, version, wanted: 'absent' }] });
  });
  return finishTaking(deps, backend, removed);
}

function requirePutKind(kind: RecordKind): PutKind {
  const parsed = putKindSchema.safeParse(kind);
  if (!parsed.success) throw new AppError('method_not_allowed', { detail: requestWords.fromXeroOnly });
  return parsed.data;
}

function toDataRow({ workspace }: Backend, { data, ...named }: Omit<RecordVersion, 'dataHash'>): RecordDataRow {
  const { data: kept, receipt } = data === null ? { data, receipt: null } : splitReceipt(data);
  const text = kept === null ? null : JSON.stringify(kept);
  return { workspaceId: workspace.id, ...named, data: text, dataHash: hashOf(data), receipt };
}

/** The same for the same data, whatever the order of its members. */
function hashOf(data: RecordData | null): string {
  return hash('sha256', JSON.stringify(sortMembers(data)), 'base64url');
}

function sortMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortMembers);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sortMembers(member)]),
  );
}
