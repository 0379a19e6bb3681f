import type { Deps } from '#server/deps.ts';
import { nextTurn } from '#server/next-turn.ts';
import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import type { RunRow } from '#server/store/tables/sync/run-store.ts';
import { AppError } from '#shared/app-error.ts';
import { type WholeCaller, workspaceOfCaller } from '../accept-caller.ts';
import { toOrganisationName } from '../records/record-answer.ts';
import { type StateChange, saveStates } from '../records/save-states.ts';
import { parseVersion } from '../records/store-versions.ts';
import { readRules } from '../settings/read-rules.ts';
import { requestWords } from '../words/request-words.ts';
import { releaseRecord } from './release-record.ts';

const pageSize = 100;

/**
 * Stops a run. What it sent stays in Xero; its records that still wait are decided again as if nobody had asked for
 * them. A run that has ended stays as it is. Rejects with not_found.
 */
export async function cancelRun(deps: Deps, caller: WholeCaller, id: string): Promise<void> {
  const run = await deps.store.runs.find(workspaceOfCaller(caller), id);
  if (!run) throw new AppError('not_found', { detail: requestWords.noRun });
  const endedAt = deps.clock.now().toISOString();
  const isStopped = await deps.store.runs.update(id, { status: 'cancelled', endedAt }, ['queued', 'running']);
  if (!isStopped || run.dryRun) return;
  let after: RecordRow | undefined;
  do {
    after = await releasePage(deps, run, after);
    await nextTurn();
  } while (after);
}

async function releasePage(deps: Deps, run: RunRow, after: RecordRow | undefined): Promise<RecordRow | undefined> {
  const { workspaceId, organisationId } = run;
  const where = { workspaceId, organisationId };
  return deps.store.together(async (store) => {
    await store.records.hold(workspaceId);
    const rows = await store.records.list(where, { states: ['waiting'] }, { limit: pageSize, after });
    const own = rows.filter(({ runId }) => runId === run.id);
    const data = await store.records.findManyData(workspaceId, own);
    const rules = await readRules(store, where);
    const at = deps.clock.now().toISOString();
    const changes = own.flatMap((row): StateChange[] => {
      const stored = data.find(({ kind, crmId }) => kind === row.kind && crmId === row.key);
      if (!stored) return [];
      return [{ before: row, after: releaseRecord(row, { version: parseVersion(stored), rules, at }), row: null }];
    });
    const organisation = toOrganisationName(await store.connections.find(workspaceId));
    await saveStates(store, changes, { organisation, at });
    return rows.length === pageSize ? rows.at(-1) : undefined;
  });
}
