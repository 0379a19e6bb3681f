import type { Deps } from '#server/deps.ts';
import type { RunRecordRow, RunRow } from '#server/store/tables/sync/run-store.ts';
import { personSchema } from '#shared/contract/sync/record.ts';
import { formatMemory, parseMemory } from '../records/memory.ts';
import { toOrganisationName } from '../records/record-answer.ts';
import { parseRecordDetails } from '../records/record-details.ts';
import { type StateChange, saveStates } from '../records/save-states.ts';
import { recordWords } from '../words/record-words.ts';
import { toWaitReason } from '../words/waits.ts';
import { runRequestSchema } from './start-run.ts';

const pageSize = 50;

/** Marks what a run made for removal. Xero decides for each whether that is possible. Returns how many they are. */
export async function markUndone(deps: Deps, run: RunRow): Promise<number> {
  const { undoes = '' } = runRequestSchema.parse(JSON.parse(run.request));
  let [after, total]: [RunRecordRow | undefined, number] = [undefined, 0];
  do {
    const page: RunRecordRow[] = await deps.store.runs.listRows(
      undoes,
      { outcomes: ['make'], isDone: true },
      { limit: pageSize, after },
    );
    await markPage(deps, run, page);
    total += page.length;
    after = page.length === pageSize ? page.at(-1) : undefined;
  } while (after);
  return total;
}

async function markPage(deps: Deps, run: RunRow, made: readonly RunRecordRow[]): Promise<void> {
  const { workspaceId, organisationId } = run;
  const where = { workspaceId, organisationId };
  const by = personSchema.parse(JSON.parse(run.by));
  await deps.store.together(async (store) => {
    await store.records.hold(workspaceId);
    const at = deps.clock.now().toISOString();
    const reason = toWaitReason('queued');
    const rows = await store.records.findMany(where, made);
    const changes = rows.map((row): StateChange => {
      const memory = { ...parseMemory(row.memory), undoneBy: by, asked: by };
      const details = { ...parseRecordDetails(row.details), reason, problem: null, question: null, excluded: null };
      return {
        before: row,
        after: {
          ...{ ...row, state: 'waiting', code: reason.code, blockedOn: null, nextTryAt: at, stateSince: at, tries: 0 },
          ...{ memory: formatMemory(memory), details: JSON.stringify(details), runId: run.id },
        },
        history: { by, action: 'undo', message: recordWords.undoing },
      };
    });
    await saveStates(store, changes, {
      organisation: toOrganisationName(await store.connections.find(workspaceId)),
      at,
    });
  });
}
