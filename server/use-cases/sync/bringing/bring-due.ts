import type { Deps } from '#server/deps.ts';
import { AppError } from '#shared/app-error.ts';
import { readRules } from '../settings/read-rules.ts';
import { findBillRule } from './bill-rule.ts';
import { isReadable } from './bring-jobs.ts';
import { keepBringRun } from './bring-runs.ts';
import { type BringWorking, billResource, readChangedBills } from './read-bills.ts';

/**
 * Reads Xero for the CRM where that is due. A failure was noted with the reader, and never concerns the records that are sent.
 * Xero is not asked while bills do not come, or before anybody turned them on.
 */
export async function bringDue(deps: Deps, working: BringWorking & { calls(): number }): Promise<void> {
  const { place } = working;
  const startedAt = deps.clock.now().toISOString();
  const rule = findBillRule(await readRules(deps.store, place));
  const reader = (await deps.store.readers.list(place)).find(({ resource }) => resource === billResource);
  if (reader?.nextAt == null || reader.nextAt > startedAt || working.signal.aborted) return;
  if (!rule || rule.when === 'by_hand') return deps.store.readers.stop(place, billResource, reader.nextAt);
  if (!(await isReadable(deps.store, place))) return;
  const callsBefore = working.calls();
  try {
    const rows = await readChangedBills(deps, working, rule);
    const calls = working.calls() - callsBefore;
    if (rows) await keepBringRun(deps, place, { startedAt, rows, calls });
  } catch (error) {
    if (error instanceof AppError) return;
    deps.log.error({ err: error }, 'bills could not be read');
  }
}
