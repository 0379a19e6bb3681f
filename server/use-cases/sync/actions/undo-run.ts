import type { Deps } from '#server/deps.ts';
import type { Repositories } from '#server/store/store.ts';
import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import type { RunRecordRow, RunRow } from '#server/store/tables/sync/run-store.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import { personSchema } from '#shared/contract/sync/record.ts';
import type { SyncKind } from '../kinds/kind.ts';
import { formatMemory, parseMemory } from '../records/memory.ts';
import { toOrganisationName } from '../records/record-answer.ts';
import { parseRecordDetails } from '../records/record-details.ts';
import { type StateChange, saveStates } from '../records/save-states.ts';
import { kindsInOrder } from '../sending/kind-of.ts';
import { recordWords } from '../words/record-words.ts';
import { toWaitReason } from '../words/waits.ts';
import { runRequestSchema } from './start-run.ts';
import { toReplaced } from './undo-refusal.ts';

const pageSize = 50;

/** What others stand on goes last: payments before their documents, documents before their contacts. */
const undoneInOrder = kindsInOrder.toReversed();

/**
 * Marks what a run made for removal, and has it removed kind by kind. Xero decides for each whether that is possible.
 * `workOn` does what is due of a kind. Returns how many records the run is about.
 */
export async function undoRun(
  deps: Deps,
  run: RunRow,
  workOn: (kind: SyncKind<PutKind>) => Promise<void>,
): Promise<number> {
  let total = 0;
  for (const kind of undoneInOrder) {
    let marked = 0;
    for await (const page of listMade(deps, run, kind)) {
      if (!(await markPage(deps, run, page))) return total;
      marked += page.length;
    }
    if (marked > 0) await workOn(kind);
    total += marked;
  }
  return total;
}

/** What the undone run made of a kind, page by page. */
async function* listMade({ store }: Pick<Deps, 'store'>, run: RunRow, { kind }: SyncKind<PutKind>) {
  const { undoes = '' } = runRequestSchema.parse(JSON.parse(run.request));
  const filter = { kinds: [kind], outcomes: ['make'], isDone: true };
  let after: RunRecordRow | undefined;
  do {
    const page: RunRecordRow[] = await store.runs.listRows(undoes, filter, { limit: pageSize, after });
    if (page.length > 0) yield page;
    after = page.length === pageSize ? page.at(-1) : undefined;
  } while (after);
}

/** All that the undone run made, in the order in which it is removed, with the records as they stand. */
export async function* listUndone({ store }: Pick<Deps, 'store'>, run: RunRow) {
  for (const kind of undoneInOrder) {
    for await (const made of listMade({ store }, run, kind)) {
      yield { kind, ...sortMade(await store.records.findMany(run, made), made) };
    }
  }
}

/** `replaced`: Xero has another one now, which another run or a person added. */
function sortMade(rows: readonly RecordRow[], made: readonly RunRecordRow[]) {
  const isSame = (row: RecordRow): boolean =>
    made.some(({ kind, key, xeroId }) => kind === row.kind && key === row.key && xeroId === row.xeroId);
  return { total: made.length, rows: rows.filter(isSame), replaced: rows.filter((row) => !isSame(row)) };
}

/** Returns false when the run was cancelled. */
async function markPage(deps: Deps, run: RunRow, made: readonly RunRecordRow[]): Promise<boolean> {
  return deps.store.together(async (store) => {
    await store.records.hold(run.workspaceId);
    if (await isCancelled(store, run)) return false;
    const at = deps.clock.now().toISOString();
    const known = await findKnown(store, run, made);
    const { rows, replaced } = sortMade(
      await store.records.findMany(
        run,
        made.filter((row) => !known.has(`${row.kind}/${row.key}`)),
      ),
      made,
    );
    await saveStates(
      store,
      rows.map((row) => toMarked(row, run, at)),
      { organisation: toOrganisationName(await store.connections.find(run.workspaceId)), at },
    );
    if (replaced.length > 0) await store.runs.putRows(run.id, replaced.map(toReplaced));
    return true;
  });
}

/** Whether somebody cancelled the run while its records are marked. Use after `records.hold`. */
export async function isCancelled({ runs }: Pick<Repositories, 'runs'>, { workspaceId, id }: RunRow): Promise<boolean> {
  return (await runs.find(workspaceId, id))?.status === 'cancelled';
}

/** What an undo that a stopped process left has dealt with already. */
async function findKnown({ runs }: Repositories, { id }: RunRow, made: readonly RunRecordRow[]): Promise<Set<string>> {
  const rows = await Promise.all(made.map((row) => runs.findRow(id, row)));
  return new Set(rows.flatMap((row) => (row ? [`${row.kind}/${row.key}`] : [])));
}

function toMarked(row: RecordRow, run: RunRow, at: string): StateChange {
  const by = personSchema.parse(JSON.parse(run.by));
  const reason = toWaitReason('queued');
  const known = parseRecordDetails(row.details);
  const memory = { ...parseMemory(row.memory), undoneBy: by, asked: by, leftOut: known.excluded };
  const details = { ...known, reason, problem: null, question: null, excluded: null };
  return {
    before: row,
    after: {
      ...{ ...row, state: 'waiting', code: reason.code, blockedOn: null, nextTryAt: at, stateSince: at, tries: 0 },
      ...{ memory: formatMemory(memory), details: JSON.stringify(details), runId: run.id },
    },
    history: { by, action: 'undo', message: recordWords.undoing },
  };
}
