import type { Deps } from '#server/deps.ts';
import type { RunRow } from '#server/store/tables/sync/run-store.ts';
import type { SyncPlace } from '#server/sync-place.ts';
import { AppError } from '#shared/app-error.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import { runCountsSchema } from '#shared/contract/sync/runs.ts';
import { errorCatalogue } from '#shared/error-catalogue.ts';
import type { SyncKind } from '../kinds/kind.ts';
import type { Round } from '../sending/round.ts';
import { markRecords } from './mark-records.ts';
import { planRecords } from './plan-records.ts';
import { planReset, resetRecords } from './reset-records.ts';
import { sumCounts } from './run-rows.ts';
import { undoRun } from './undo-run.ts';

/** How many runs of an organisation are looked at together. */
const most = 50;

/** `bring`: reads Xero, and returns how many records the run is about. `calls`: made to Xero so far. */
type Working = {
  signal: AbortSignal;
  startDry(): Promise<Round>;
  bring(run: RunRow): Promise<number>;
  calls(): number;
  /** Does what is due of a kind. */
  workOn(kind: SyncKind<PutKind>): Promise<void>;
};

/**
 * Begins the runs that were asked for in an organisation. A dry run and a reading of Xero are done at once; the records
 * of any other run are due afterwards. A run that a stopped process left begins again.
 */
export async function beginRuns(deps: Deps, where: SyncPlace, working: Working): Promise<void> {
  const { store } = deps;
  for (const run of await store.runs.listInStatus(['queued'], { limit: most, where })) {
    if (working.signal.aborted) return;
    await beginRun(deps, run, working).catch(async (error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      const told = { code: error.code, message: errorCatalogue[error.code].title };
      await end(deps, run, { status: 'failed', error: JSON.stringify(told) }, ['queued']);
    });
  }
  await endRuns(deps, where);
}

async function beginRun(deps: Deps, run: RunRow, working: Working): Promise<void> {
  if (run.dryRun || run.type === 'bring') {
    const before = working.calls();
    const total = await doAtOnce(deps, run, working);
    const counts = { ...sumCounts(total, await deps.store.runs.countRows(run.id)), left: 0 };
    const change = { status: 'done', counts: JSON.stringify(counts), calls: working.calls() - before };
    await end(deps, run, change, ['queued']);
    return;
  }
  const before = working.calls();
  const total = await act(deps, run, working);
  const counts = JSON.stringify(sumCounts(total, await deps.store.runs.countRows(run.id)));
  const change = { status: 'running', counts, calls: working.calls() - before };
  await deps.store.runs.update(run.id, change, ['queued']);
}

async function doAtOnce(deps: Deps, run: RunRow, { signal, startDry, bring }: Working): Promise<number> {
  switch (run.type) {
    case 'bring':
      return bring(run);
    case 'reset':
      return planReset(deps, run);
    default:
      return planRecords(await startDry(), run, signal);
  }
}

function act(deps: Deps, run: RunRow, { workOn }: Working): Promise<number> {
  switch (run.type) {
    case 'undo':
      return undoRun(deps, run, workOn);
    case 'reset':
      return resetRecords(deps, run);
    default:
      return markRecords(deps, run);
  }
}

/**
 * Counts what running runs have done, and ends those whose records are all dealt with. `calls`: to Xero, since this was
 * called last. Records of several runs are sent together, so each of these runs counts them.
 */
export async function endRuns(deps: Deps, where: SyncPlace, calls = 0): Promise<void> {
  const { runs } = deps.store;
  for (const run of await runs.listInStatus(['running'], { limit: most, where })) {
    const { total } = runCountsSchema.parse(JSON.parse(run.counts));
    const counts = sumCounts(total, await runs.countRows(run.id));
    const change = { counts: JSON.stringify(counts), calls: run.calls + calls };
    if (counts.left === 0) await end(deps, run, { ...change, status: 'done' }, ['running']);
    else await runs.update(run.id, change, ['running']);
  }
}

async function end(
  { store, clock }: Deps,
  { id }: RunRow,
  change: Parameters<Deps['store']['runs']['update']>[1],
  from: readonly string[],
): Promise<void> {
  await store.runs.update(id, { ...change, endedAt: clock.now().toISOString() }, from);
}
