import type { Deps } from '#server/deps.ts';
import { nextTurn } from '#server/next-turn.ts';
import type { Repositories } from '#server/store/store.ts';
import type { RecordFilter, RecordRow } from '#server/store/tables/records/record-store.ts';
import type { RunRecordRow, RunRow } from '#server/store/tables/sync/run-store.ts';
import { AppError } from '#shared/app-error.ts';
import { personSchema, recordStateSchema } from '#shared/contract/sync/record.ts';
import type { RunOutcome } from '#shared/contract/sync/runs.ts';
import { actOnBill } from '../bringing/act-on-bill.ts';
import { toBlockedOn } from '../records/held-by.ts';
import { formatMemory, parseMemory } from '../records/memory.ts';
import { toOrganisationName } from '../records/record-answer.ts';
import { parseRecordDetails } from '../records/record-details.ts';
import { type StateChange, saveStates } from '../records/save-states.ts';
import { parseVersion } from '../records/store-versions.ts';
import { readRules } from '../settings/read-rules.ts';
import { recordWords } from '../words/record-words.ts';
import { requestWords } from '../words/request-words.ts';
import { type Acted, applyAction } from './apply-action.ts';
import { findBar } from './find-bar.ts';
import { toRunRow } from './run-rows.ts';
import { type RunRequest, runRequestSchema } from './start-run.ts';
import { isCancelled } from './undo-run.ts';

/** A page takes one transaction, so that nobody waits for all of it. */
const pageSize = 50;

/**
 * Does what a run was asked for with each of its records, page by page. What has to be sent is due afterwards. Returns
 * how many records the run is about.
 */
export async function markRecords(deps: Deps, run: RunRow): Promise<number> {
  let [after, total]: [RecordRow | undefined, number] = [undefined, 0];
  do {
    const from: RecordRow | undefined = after;
    const page: Page = await deps.store.together((store) => markPage(deps, store, { run, after: from }));
    total += page.rows;
    after = page.last;
    await nextTurn();
  } while (after);
  return total;
}

type Page = { rows: number; last: RecordRow | undefined };

/** The records that a run is about. */
export function toFilter({ kind, crmIds, filter = {} }: RunRequest): RecordFilter {
  const { state, code, from, to, search, heldBy } = filter;
  const blockedOn = heldBy === undefined ? undefined : toBlockedOn(heldBy);
  return { kinds: kind && [kind], crmIds, states: state, codes: code, from, to, search, blockedOn };
}

/** What changed after the run began is left out: the run itself changed it, or somebody who knows better. */
export function startOf({ startedAt }: RunRow): Pick<RecordRow, 'stateSince' | 'kind' | 'key'> {
  return { stateSince: startedAt, kind: '\uffff', key: '\uffff' };
}

async function markPage(
  deps: Deps,
  store: Repositories,
  { run, after }: { run: RunRow; after: RecordRow | undefined },
): Promise<Page> {
  const { workspaceId, organisationId } = run;
  const where = { workspaceId, organisationId };
  const request = runRequestSchema.parse(JSON.parse(run.request));
  await store.records.hold(workspaceId);
  if (await isCancelled(store, run)) return { rows: 0, last: undefined };
  const rows = await store.records.list(where, toFilter(request), { limit: pageSize, after: after ?? startOf(run) });
  const data = await store.records.findManyData(workspaceId, rows);
  const [rules, connection] = await Promise.all([readRules(store, where), store.connections.find(workspaceId)]);
  const [at, by] = [deps.clock.now().toISOString(), personSchema.parse(JSON.parse(run.by))];
  const marked = rows.filter(isOfCrm).map((row) => {
    const stored = data.find(({ kind, crmId }) => kind === row.kind && crmId === row.key);
    return { row, ...(stored && act(request, { row, version: parseVersion(stored), rules, by, at })) };
  });
  const history = { by, action: request.action, message: recordWords.acted[request.action] };
  const changes = marked.flatMap(({ row, after: acted }): StateChange[] =>
    acted ? [{ before: row, after: acted.nextTryAt === null ? acted : joinRun(acted, row, run), history }] : [],
  );
  await saveStates(store, changes, { organisation: toOrganisationName(connection), at });
  const bills = rows.filter((row) => !isOfCrm(row));
  const ended = [
    ...marked.flatMap((one) => toEnded(one) ?? []),
    ...(await markBills(deps, store, bills, { action: request.action, by, at })),
  ];
  if (ended.length > 0) await store.runs.putRows(run.id, ended);
  return { rows: rows.length, last: rows.length === pageSize ? rows.at(-1) : undefined };
}

/** A bill that came from Xero is not sent. It has no version that the CRM put. */
function isOfCrm({ kind }: RecordRow): boolean {
  return kind !== 'bills';
}

/** Bills that a rule left out come by this only where a person includes them. */
async function markBills(
  deps: Deps,
  store: Repositories,
  rows: readonly RecordRow[],
  acted: Pick<Acted, 'by' | 'at'> & Pick<RunRequest, 'action'>,
): Promise<RunRecordRow[]> {
  const ended: RunRecordRow[] = [];
  for (const row of rows) {
    try {
      if (acted.action === 'sync') throw new AppError('action_not_allowed', { detail: requestWords.cameFromXero });
      const after = await actOnBill(deps, store, { ...acted, row });
      ended.push(toRunRow(after, 'same', { isDone: true, message: null }));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      ended.push(toRunRow(row, 'refuse', { isDone: false, message: error.details.detail ?? null }));
    }
  }
  return ended;
}

/** What the run waits for. A person's choice to leave it out counts again when the run is cancelled. */
function joinRun(after: RecordRow, before: RecordRow, { id }: RunRow): RecordRow {
  const { excluded } = parseRecordDetails(before.details);
  const isLeftOut = excluded !== null && (excluded.by === 'person' || excluded.rule === 'reset');
  const memory = { ...parseMemory(after.memory), leftOut: isLeftOut ? excluded : null };
  return { ...after, memory: formatMemory(memory), runId: id };
}

/** `why`: why the record stays as it is. */
type Marked = { after?: RecordRow | undefined; why?: string | undefined };

/** No `after` where the action means nothing for the record. One that waits already is only counted to the run. */
function act(request: RunRequest, acted: Acted): Marked {
  const { action, choice } = request;
  const { row, rules } = acted;
  if (action === 'sync' && row.state === 'waiting') return { after: row };
  const bar = findBar(request, row, rules);
  if (bar !== undefined) return { why: bar };
  try {
    const questionId = parseRecordDetails(row.details).question?.id;
    return { after: applyAction({ action, choice, questionId, isForMany: true }, acted) };
  } catch (error) {
    if (error instanceof AppError) return { why: error.details.detail };
    throw error;
  }
}

/** What needs no sending has ended: it was left out, asks a person, or cannot be done. */
function toEnded({ row, after, why }: Marked & { row: RecordRow }) {
  if (after && after.nextTryAt !== null) return undefined;
  if (after) return toRunRow(after, 'same', { isDone: true, message: null });
  const outcome: RunOutcome = row.state === 'question' ? 'ask' : row.state === 'synced' ? 'same' : 'refuse';
  const message = why ?? requestWords.notPossible[recordStateSchema.parse(row.state)];
  return toRunRow(row, outcome, { isDone: row.state === 'synced', message });
}
