import { createHash } from 'node:crypto';
import type { Deps } from '#server/deps.ts';
import type { Backend } from '#server/identity/verify-backend-token.ts';
import type { Repositories } from '#server/store/store.ts';
import type { RecordDataRow, RecordRow } from '#server/store/tables/records/record-store.ts';
import { AppError } from '#shared/app-error.ts';
import { type PutKind, putKindSchema, type RecordKind } from '#shared/contract/sync/kinds.ts';
import type { SyncRecord } from '#shared/contract/sync/record.ts';
import { type RecordData, recordDataSchemas } from '#shared/contract/sync/record-data/data.ts';
import { nameCaller } from '../accept-caller.ts';
import { readRules } from '../settings/read-rules.ts';
import { noteUsedKeys } from '../settings/used-keys.ts';
import { syncWords } from '../words.ts';
import { toUnreadable } from './data-faults.ts';
import { decideRecord, type RecordVersion } from './decide-record.ts';
import { isReceiptTooLarge, splitReceipt } from './receipt.ts';
import { toOrganisationName, toRecordAnswer } from './record-answer.ts';
import { saveStates } from './save-states.ts';

type Named = { kind: RecordKind; crmId: string; version: number };

/**
 * Takes a version of a record from the CRM. The same version with the same data changes nothing. Rejects with
 * invalid_request where something cannot be read, payload_too_large for a receipt of more than 10 MB, stale_version with
 * the newer one, version_reused for other data under a version that is stored, and method_not_allowed for kinds that
 * come from Xero only.
 */
export async function takeRecord(deps: Deps, backend: Backend, sent: Named & { data: unknown }): Promise<SyncRecord> {
  const kind = requirePutKind(sent.kind);
  if (isReceiptTooLarge(sent.data)) throw new AppError('payload_too_large', { detail: syncWords.receiptTooLarge });
  const parsed = recordDataSchemas[kind].safeParse(sent.data);
  if (!parsed.success) throw toUnreadable(parsed.error, ['data']);
  const { crmId, version } = sent;
  const row = toDataRow(backend, { kind, crmId, version, wanted: 'present', data: parsed.data });
  const taken = await deps.store.together((store) => storeVersion(deps, backend, { store, row }));
  wakeSending(deps, backend, taken);
  return taken;
}

/**
 * The CRM deleted the record. It stays readable, and a higher version brings it back. A record that was never sent is
 * kept as deleted, so that a lower version that arrives late is refused.
 */
export async function removeRecord(deps: Deps, backend: Backend, sent: Named): Promise<SyncRecord> {
  const kind = requirePutKind(sent.kind);
  const { crmId, version } = sent;
  const removed = await deps.store.together(async (store) => {
    const { id: workspaceId } = backend.workspace;
    await store.records.hold(workspaceId);
    const before = await store.records.findData(workspaceId, kind, crmId);
    const kept = before ?? toDataRow(backend, { kind, crmId, version, wanted: 'absent', data: null });
    return storeVersion(deps, backend, { store, row: { ...kept, version, wanted: 'absent' } });
  });
  wakeSending(deps, backend, removed);
  return removed;
}

/** A record is sent after this delay, so that records that arrive together share calls. */
const gatherMs = 1500;

/** Without an organisation nothing can be sent. */
function wakeSending({ jobs }: Deps, { workspace }: Backend, { state, organisation }: SyncRecord): void {
  if (state !== 'waiting' || organisation === null) return;
  jobs.wake({ workspaceId: workspace.id, organisationId: organisation.id }, { afterMs: gatherMs });
}

function requirePutKind(kind: RecordKind): PutKind {
  const parsed = putKindSchema.safeParse(kind);
  if (!parsed.success) throw new AppError('method_not_allowed', { detail: syncWords.fromXeroOnly });
  return parsed.data;
}

type Storing = { store: Repositories; row: RecordDataRow };

/** Stores the version, and where the record stands with it in the organisation that is connected. */
async function storeVersion({ clock }: Deps, backend: Backend, { store, row }: Storing): Promise<SyncRecord> {
  const { records, connections } = store;
  const { workspaceId, kind, crmId: key } = row;
  await records.hold(workspaceId);
  const organisation = toOrganisationName(await connections.find(workspaceId));
  const place = { workspaceId, organisationId: organisation?.id ?? '', kind, key };
  const putting = await records.put(row);
  if (putting.outcome === 'stale') {
    throw new AppError('stale_version', { extension: { newer: { version: putting.version } } });
  }
  if (putting.outcome === 'reused') throw new AppError('version_reused');
  const known = await records.find(place);
  if (putting.outcome === 'same' && known) return toRecordAnswer(known, row, organisation);
  const at = clock.now().toISOString();
  const rules = await readRules(store, place);
  const version = parseVersion(row);
  const decided = decideRecord(version, { where: place, known, at, rules });
  await saveStates(store, [{ before: known, after: decided }], { organisation, at });
  await noteUsedKeys(store, place, [version]);
  await records.appendHistory({ ...place, organisationId: '', details: describePut(backend, decided, at) });
  return toRecordAnswer(decided, row, organisation);
}

/** Data that is stored was checked when it was taken. */
export function parseVersion(row: Omit<RecordDataRow, 'receipt'>): RecordVersion {
  const { crmId, version, wanted, dataHash } = row;
  const kind = putKindSchema.parse(row.kind);
  return { kind, crmId, version, wanted, data: row.data === null ? null : JSON.parse(row.data), dataHash };
}

function toDataRow({ workspace }: Backend, { data, ...named }: Omit<RecordVersion, 'dataHash'>): RecordDataRow {
  const { data: kept, receipt } = data === null ? { data, receipt: null } : splitReceipt(data);
  const text = kept === null ? null : JSON.stringify(kept);
  return { workspaceId: workspace.id, ...named, data: text, dataHash: hashOf(data), receipt };
}

function describePut(backend: Backend, { wanted, wantedVersion: version, state }: RecordRow, at: string) {
  const action = wanted === 'present' ? 'put' : 'delete';
  const message = wanted === 'present' ? syncWords.taken(version ?? 0) : syncWords.removed(version ?? 0);
  const by = nameCaller({ kind: 'backend', ...backend });
  return JSON.stringify({ at, by, action, state, message, version, runId: null });
}

/** The same for the same data, whatever the order of its members. */
function hashOf(data: RecordData | null): string {
  return createHash('sha256')
    .update(JSON.stringify(sortMembers(data)))
    .digest('base64url');
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
