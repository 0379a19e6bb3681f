import { randomUUID } from 'node:crypto';
import type { Deps } from '#server/deps.ts';
import type { RunRecordRow, RunRow } from '#server/store/tables/sync/run-store.ts';
import type { SyncPlace } from '#server/sync-place.ts';
import { AppError } from '#shared/app-error.ts';
import { sumCounts } from '../actions/run-rows.ts';
import { runRequestSchema } from '../actions/start-run.ts';
import { readRules } from '../settings/read-rules.ts';
import { recordWords } from '../words/record-words.ts';
import { requestWords } from '../words/request-words.ts';
import { findBillRule } from './bill-rule.ts';
import { type BringWorking, billResource, readBillsFrom, readChangedBills } from './read-bills.ts';

/**
 * Does what was asked for by hand. A dry run, and one from a day, leave the place of the reader as it is. Returns how
 * many bills it is about. Rejects when Xero fails, and with run_in_progress while another process reads.
 */
export async function bringByHand(deps: Deps, working: BringWorking, run: RunRow): Promise<number> {
  const { since } = runRequestSchema.parse(JSON.parse(run.request));
  const rows = await readByHand(deps, working, { since, isDry: run.dryRun });
  await putRows(deps, run.id, rows);
  return rows.length;
}

async function readByHand(
  deps: Deps,
  working: BringWorking,
  { since, isDry }: { since: string | undefined; isDry: boolean },
): Promise<RunRecordRow[]> {
  const rules = await readRules(deps.store, working.place);
  if (isDry) return readBillsFrom(deps, working, { since: since ?? rules.since ?? undefined, isDry });
  const rule = findBillRule(rules);
  if (!rule) throw new AppError('action_not_allowed', { detail: requestWords.bringOff });
  if (since !== undefined) return readBillsFrom(deps, working, { since, isDry });
  await deps.store.readers.start(working.place, billResource, deps.clock.now().toISOString());
  const rows = await readChangedBills(deps, working, rule);
  if (!rows) throw new AppError('run_in_progress');
  return rows;
}

/** Lists what came without anybody asking as a run of its own. */
export async function keepBringRun(
  deps: Deps,
  where: SyncPlace,
  { startedAt, rows, calls }: { startedAt: string; rows: readonly RunRecordRow[]; calls: number },
): Promise<void> {
  const came = rows.filter(({ isDone }) => isDone);
  if (came.length === 0) return;
  const id = `r_${randomUUID()}`;
  const counted = came.map(({ outcome, isDone }) => ({ outcome, isDone, count: 1 }));
  await deps.store.runs.create({
    ...{ id, ...where, type: 'bring', dryRun: false, kind: 'bills', status: 'done', startedAt, calls, error: null },
    ...{ endedAt: deps.clock.now().toISOString(), request: '{}' },
    by: JSON.stringify({ id: where.workspaceId, name: recordWords.automatic }),
    counts: JSON.stringify(sumCounts(came.length, counted)),
  });
  await putRows(deps, id, came);
}

async function putRows({ store }: Deps, id: string, rows: readonly RunRecordRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += 500) await store.runs.putRows(id, rows.slice(from, from + 500));
}
