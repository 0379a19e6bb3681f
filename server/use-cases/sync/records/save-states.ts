import type { z } from 'zod';
import type { Repositories } from '#server/store/store.ts';
import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import type { RunRecordRow } from '#server/store/tables/sync/run-store.ts';
import { type RecordSummary, type recordHistorySchema, recordStateSchema } from '#shared/contract/sync/record.ts';
import { toRunRow } from '../actions/run-rows.ts';
import { requestWords } from '../words/request-words.ts';
import { nameOrganisation, type OrganisationName, toRecordSummary } from './record-answer.ts';
import { parseRecordDetails } from './record-details.ts';

type HistoryEntry = z.infer<typeof recordHistorySchema>[number];

/** `history` says what happened in Xero, or who did something. What the CRM sent has an entry of its own. */
export type StateChange = {
  before: RecordRow | undefined;
  after: RecordRow;
  history?: Pick<HistoryEntry, 'by' | 'action' | 'message'> & { version?: number | null };
  /** What the CRM is told, where the caller has it already. */
  summary?: RecordSummary;
  /** What its run says of a record that is dealt with. Absent: what its new state says. Null: nothing. */
  row?: RunRecordRow | null | undefined;
  /** The run that `row` is of. Absent: the one that the record waited for. */
  runId?: string | null;
};

type Saving = { organisation: OrganisationName; at: string };

/**
 * Saves records with what the CRM is told of them. Use within a transaction that holds the workspace, so that the feed
 * has the order of the commits.
 */
export async function saveStates(
  store: Pick<Repositories, 'records' | 'changes' | 'runs'>,
  given: readonly StateChange[],
  { organisation, at }: Saving,
): Promise<void> {
  const changes = given.map(leaveRun);
  const [first] = changes;
  if (!first) return;
  await putRunRows(store, changes);
  await store.records.save(...changes.map(({ after }) => after));
  const told = changes.filter(({ before, after }) => isTold(before, after));
  if (told.length > 0) {
    await store.changes.append(
      first.after.workspaceId,
      told.map(({ before, after, summary = toSummary(after, organisation) }) => ({
        organisationId: after.organisationId,
        type: 'state',
        kind: after.kind,
        crmId: after.crmId,
        xeroId: after.xeroId,
        at,
        state: before?.state === after.state ? null : after.state,
        data: JSON.stringify({ record: summary }),
      })),
    );
  }
  for (const { after, history } of changes) if (history) await appendHistory(store, after, { ...history, at });
}

function toSummary(after: RecordRow, connected: OrganisationName): RecordSummary {
  return toRecordSummary(after, nameOrganisation(after.organisationId, connected));
}

/** A record that does not wait any more, or waits for another run, is no longer one that its run waits for. */
function leaveRun(change: StateChange): StateChange {
  const { before, after, row } = change;
  if (before === undefined || before.runId === null || row !== undefined) return change;
  if (after.runId !== before.runId)
    return { ...change, row: toRunRow(after, 'same', { ...undone, message: laterRun }) };
  return after.state === 'waiting' ? change : { ...change, after: { ...after, runId: null }, row: toLeft(after) };
}

const undone = { isDone: false };
const { laterRun, notPossible } = requestWords;

/** What a run says of a record that something else ended, such as a person who left it out. */
function toLeft(after: RecordRow): RunRecordRow {
  const state = recordStateSchema.parse(after.state);
  const outcome = state === 'question' ? 'ask' : state === 'synced' || state === 'changed' ? 'same' : 'refuse';
  const { problem } = parseRecordDetails(after.details);
  return toRunRow(after, outcome, { ...undone, message: problem?.message ?? notPossible[state] });
}

async function putRunRows({ runs }: Pick<Repositories, 'runs'>, changes: readonly StateChange[]): Promise<void> {
  const toRun = ({ before, runId = before?.runId ?? null }: StateChange): string | null => runId;
  for (const runId of new Set(changes.flatMap((change) => toRun(change) ?? []))) {
    const rows = changes.flatMap((change) => (toRun(change) === runId && change.row ? [change.row] : []));
    if (rows.length > 0) await runs.putRows(runId, rows);
  }
}

async function appendHistory(
  store: Pick<Repositories, 'records'>,
  { workspaceId, organisationId, kind, key, state, runId, wantedVersion }: RecordRow,
  entry: { at: string; by: HistoryEntry['by']; action: string; message: string; version?: number | null },
): Promise<void> {
  const { at, by, action, message, version = wantedVersion } = entry;
  const details = JSON.stringify({ at, by, action, state, message, version, runId });
  await store.records.appendHistory({ workspaceId, organisationId, kind, key, details });
}

/** Whether the CRM is told: only of another state, rule that leaves it out, problem, question, twin, status of it, or note. */
function isTold(before: RecordRow | undefined, after: RecordRow): boolean {
  return before === undefined || toTold(before) !== toTold(after);
}

function toTold({ state, xeroId, details }: RecordRow): string {
  const { excluded, problem, question, xeroStatus, notes } = parseRecordDetails(details);
  return JSON.stringify([state, excluded?.rule, problem?.code, question?.id, xeroId, xeroStatus, notes]);
}
