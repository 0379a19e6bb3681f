import type { Deps } from '#server/deps.ts';
import type { Backend } from '#server/identity/verify-backend-token.ts';
import type { Repositories } from '#server/store/store.ts';
import type { Putting, RecordDataRow, RecordRow } from '#server/store/tables/records/record-store.ts';
import { AppError } from '#shared/app-error.ts';
import { putKindSchema } from '#shared/contract/sync/kinds.ts';
import type { RecordSummary } from '#shared/contract/sync/record.ts';
import { nameCaller } from '../accept-caller.ts';
import { readRules } from '../settings/read-rules.ts';
import { noteUsedKeys } from '../settings/used-keys.ts';
import { recordWords } from '../words/record-words.ts';
import { decideRecord, type RecordVersion } from './decide-record.ts';
import { toOrganisationName, toRecordSummary } from './record-answer.ts';
import { type StateChange, saveStates } from './save-states.ts';

/** The record as it stands now and what the CRM said of it, or why its version is refused. */
export type Taken = { record: RecordSummary; said: RecordDataRow } | { error: AppError };

type Storing = { store: Repositories; rows: readonly RecordDataRow[] };

/**
 * Stores versions of different records, and where each record stands with it in the organisation that is connected. A
 * version that is refused (stale_version, version_reused) changes nothing, and does not touch the others. In the order
 * of the rows. Use within a transaction.
 */
export async function storeVersions({ clock }: Deps, backend: Backend, { store, rows }: Storing): Promise<Taken[]> {
  const { records, connections } = store;
  const workspaceId = backend.workspace.id;
  await records.hold(workspaceId);
  const organisation = toOrganisationName(await connections.find(workspaceId));
  const where = { workspaceId, organisationId: organisation?.id ?? '' };
  const puttings = await records.put(...rows);
  const names = rows.map(({ kind, crmId: key }) => ({ kind, key }));
  const stored = new Map((await records.findMany(where, names)).map((row) => [nameOf(row.kind, row.key), row]));
  const rules = await readRules(store, where);
  const at = clock.now().toISOString();
  const changes: StateChange[] = [];
  const versions: RecordVersion[] = [];
  const taken = rows.map((row, index): Taken => {
    const refused = findRefusal(puttings[index]);
    if (refused) return { error: refused };
    const known = stored.get(nameOf(row.kind, row.crmId));
    if (puttings[index]?.outcome === 'same' && known)
      return { record: toRecordSummary(known, organisation), said: row };
    const version = parseVersion(row);
    const after = decideRecord(version, { where, known, at, rules });
    versions.push(version);
    const record = toRecordSummary(after, organisation);
    changes.push({ before: known, after, summary: record });
    return { record, said: row };
  });
  await saveStates(store, changes, { organisation, at });
  await noteUsedKeys(store, where, versions);
  await records.appendHistory(...changes.map(({ after }) => describePut(backend, after, at)));
  return taken;
}

function nameOf(kind: string, key: string): string {
  return `${kind}/${key}`;
}

function findRefusal(putting: Putting | undefined): AppError | undefined {
  if (putting?.outcome === 'stale') {
    return new AppError('stale_version', { extension: { newer: { version: putting.version } } });
  }
  return putting?.outcome === 'reused' ? new AppError('version_reused') : undefined;
}

/** Data that is stored was checked when it was taken. */
export function parseVersion(row: Omit<RecordDataRow, 'receipt'>): RecordVersion {
  const { crmId, version, wanted, dataHash } = row;
  const kind = putKindSchema.parse(row.kind);
  return { kind, crmId, version, wanted, data: row.data === null ? null : JSON.parse(row.data), dataHash };
}

/** What the CRM said belongs to the workspace, whichever organisation is connected. */
function describePut(
  backend: Backend,
  { workspaceId, kind, key, wanted, wantedVersion, state }: RecordRow,
  at: string,
) {
  const action = wanted === 'present' ? 'put' : 'delete';
  const message = wanted === 'present' ? recordWords.taken : recordWords.removed;
  const by = nameCaller({ kind: 'backend', ...backend });
  const details = JSON.stringify({ at, by, action, state, message, version: wantedVersion, runId: null });
  return { workspaceId, organisationId: '', kind, key, details };
}

/** A record is sent after this delay, so that records that arrive together share calls. */
const gatherMs = 1500;

/** Without an organisation nothing can be sent. */
export function wakeSending({ jobs }: Deps, { workspace }: Backend, { state, organisation }: RecordSummary): void {
  if (state !== 'waiting' || organisation === null) return;
  jobs.wake({ workspaceId: workspace.id, organisationId: organisation.id }, { afterMs: gatherMs });
}
