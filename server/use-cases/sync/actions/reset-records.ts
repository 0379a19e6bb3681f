import type { Deps } from '#server/deps.ts';
import { nextTurn } from '#server/next-turn.ts';
import type { Repositories } from '#server/store/store.ts';
import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import type { RunRecordRow, RunRow } from '#server/store/tables/sync/run-store.ts';
import { type PutKind, putKindSchema } from '#shared/contract/sync/kinds.ts';
import { personSchema } from '#shared/contract/sync/record.ts';
import { tellReset } from '../feed/tell-organisations.ts';
import { formatMemory, parseMemory } from '../records/memory.ts';
import { nameRecord } from '../records/name-record.ts';
import { toOrganisationName } from '../records/record-answer.ts';
import { noDetails, parseRecordDetails } from '../records/record-details.ts';
import { type StateChange, saveStates } from '../records/save-states.ts';
import { recordWords } from '../words/record-words.ts';
import { toRunRow } from './run-rows.ts';

/** A page takes one transaction, so that nobody waits for all of it. */
const pageSize = 50;

/** Lists what a reset would forget. Asks Xero nothing. Returns how many records that is. */
export async function planReset({ store }: Deps, { id, workspaceId, organisationId }: RunRow): Promise<number> {
  const where = { workspaceId, organisationId };
  let [after, total]: [RecordRow | undefined, number] = [undefined, 0];
  do {
    const page: RecordRow[] = await store.records.list(where, {}, { limit: pageSize, after });
    await store.runs.putRows(
      id,
      page.filter(isSentBySync).map((row) => toForgotten(row, { isDone: false })),
    );
    total += page.filter(isSentBySync).length;
    after = page.length === pageSize ? page.at(-1) : undefined;
    await nextTurn();
  } while (after);
  return total;
}

/**
 * Forgets what each record of the organisation is in Xero, and leaves it out. What the CRM said stays, and so do the rules
 * and the mapping. Returns how many records that were. A reset that a stopped process began goes on where it was.
 */
export async function resetRecords(deps: Deps, run: RunRow): Promise<number> {
  // Records that arrive meanwhile stand before the page that is read, so the list is read until all are forgotten.
  while ((await resetPages(deps, run)) > 0);
  const { workspaceId, organisationId } = run;
  await deps.store.together(async (store) => {
    await store.records.hold(workspaceId);
    const organisation = toOrganisationName(await store.connections.find(workspaceId));
    if (organisation?.id === organisationId) await tellReset({ store, clock: deps.clock }, workspaceId, organisation);
  });
  const counted = await deps.store.runs.countRows(run.id);
  return counted.reduce((sum, { count }) => sum + count, 0);
}

/** Returns how many records were forgotten. */
async function resetPages(deps: Deps, run: RunRow): Promise<number> {
  let [after, forgotten]: [RecordRow | undefined, number] = [undefined, 0];
  do {
    const from: RecordRow | undefined = after;
    const page: { done: number; last: RecordRow | undefined } = await deps.store.together((store) =>
      resetPage(deps, store, { run, after: from }),
    );
    forgotten += page.done;
    after = page.last;
    await nextTurn();
  } while (after);
  return forgotten;
}

async function resetPage(
  { clock }: Deps,
  store: Repositories,
  { run, after }: { run: RunRow; after: RecordRow | undefined },
): Promise<{ done: number; last: RecordRow | undefined }> {
  const { id, workspaceId, organisationId } = run;
  await store.records.hold(workspaceId);
  const rows = await store.records.list({ workspaceId, organisationId }, {}, { limit: pageSize, after });
  const [at, by] = [clock.now().toISOString(), personSchema.parse(JSON.parse(run.by))];
  const open = rows.filter((row) => isSentBySync(row) && !isForgotten(row));
  const history = { by, action: 'reset', message: recordWords.reset };
  const changes = open.map((row): StateChange => ({ before: row, after: forget(row, { by, at }), history }));
  await saveStates(store, changes, { organisation: toOrganisationName(await store.connections.find(workspaceId)), at });
  if (open.length > 0) {
    await store.runs.putRows(
      id,
      open.map((row) => toForgotten(row, { isDone: true })),
    );
  }
  return { done: open.length, last: rows.length === pageSize ? rows.at(-1) : undefined };
}

/** What came from Xero has no other name than its id there. */
function isSentBySync({ origin }: RecordRow): boolean {
  return origin === 'crm';
}

function isForgotten({ memory, state, xeroId }: RecordRow): boolean {
  return state === 'excluded' && xeroId === null && parseMemory(memory).isReset;
}

function forget(row: RecordRow, { by, at }: { by: { id: string; name: string }; at: string }): RecordRow {
  const { gone, forgotten } = parseMemory(row.memory);
  const before = parseRecordDetails(row.details).excluded;
  // What a person left out stays left out by that person.
  const excluded = before?.by === 'person' ? before : { by: 'rule' as const, rule: 'reset' as const, user: by, at };
  return {
    ...row,
    ...{ state: 'excluded', code: null, stateSince: at, nextTryAt: null, tries: 0, blockedOn: null, runId: null },
    ...{ xeroId: null, sentVersion: null, details: JSON.stringify({ ...noDetails, excluded }) },
    memory: formatMemory({ ...parseMemory('{}'), gone, isReset: true, forgotten: row.xeroId ?? forgotten }),
  };
}

function toForgotten(row: RecordRow, { isDone }: { isDone: boolean }): RunRecordRow {
  const kind: PutKind | undefined = putKindSchema.safeParse(row.kind).data;
  const { xeroNumber } = parseRecordDetails(row.details);
  const isKnown = row.xeroId !== null && kind !== undefined;
  const message = isKnown ? recordWords.forgets(kind, nameRecord(row, xeroNumber)) : recordWords.forgetsNothing;
  return toRunRow(row, 'same', { isDone, message });
}
