import type { Deps } from '#server/deps.ts';
import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import { newOwner, toLease } from '#server/use-cases/writes/leases.ts';
import { AppError } from '#shared/app-error.ts';
import { toOrganisationName } from '../records/record-answer.ts';
import { parseRecordDetails } from '../records/record-details.ts';
import { saveStates } from '../records/save-states.ts';
import { toRetryMs } from '../sending/retry-times.ts';
import { openPlace } from '../sending/start-round.ts';
import { problemWords } from '../words/problem-words.ts';
import { toProblem } from '../words/problems.ts';
import { acceptWithinMs } from './bill-row.ts';
import type { BringWorking } from './read-bills.ts';
import { storeBills } from './store-bills.ts';

/** Far below what one call asks for by id. */
const together = 40;

/**
 * Looks after bills that came and are due: one that the CRM has not accepted for a day is a problem, and one that could
 * not be read is read again.
 */
export async function workOnDueBills(deps: Deps, working: BringWorking): Promise<void> {
  const { records } = deps.store;
  const owner = newOwner(deps);
  for (;;) {
    if (working.signal.aborted) return;
    const taking = { kinds: ['bills'], limit: together, lease: toLease(deps, owner) };
    const rows = await records.takeDue(working.place, taking);
    if (rows.length === 0) return;
    try {
      await tellUnaccepted(deps, rows);
      const unread = rows.filter(({ code }) => code === 'unreadable');
      if (unread.length > 0) await readAgain(deps, working, unread);
    } finally {
      await records.releaseLeases(owner);
    }
  }
}

/** It may have been accepted meanwhile. The feed does not repeat it. */
async function tellUnaccepted({ store, clock }: Deps, rows: readonly RecordRow[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  await store.together(async (parts) => {
    await parts.records.hold(first.workspaceId);
    const now = clock.now();
    const [at, nextTryAt] = [now.toISOString(), new Date(now.getTime() + acceptWithinMs).toISOString()];
    const organisation = toOrganisationName(await parts.connections.find(first.workspaceId));
    const held = await parts.records.findMany(first, rows);
    const changes = held.flatMap((before) => {
      if (!before.nextTryAt || before.nextTryAt > at || before.code === 'unreadable') return [];
      const problem = toProblem('accept_missing', { message: problemWords.acceptMissing });
      const details = JSON.stringify({ ...parseRecordDetails(before.details), reason: null, problem });
      const stateSince = before.state === 'problem' ? before.stateSince : at;
      const after = { ...before, state: 'problem', code: problem.code, stateSince, nextTryAt, details };
      return [{ before, after }];
    });
    await saveStates(parts, changes, { organisation, at });
  });
}

async function readAgain(deps: Deps, working: BringWorking, rows: readonly RecordRow[]): Promise<void> {
  try {
    const { caller } = await openPlace(deps, working);
    const ids = rows.flatMap(({ xeroId }) => xeroId ?? []);
    const read = await deps.xero.listBillsById(caller, ids);
    await storeBills(deps, read, { where: working.place });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    deps.log.warn({ err: error }, 'bills that could not be read were not read again');
  }
  await postpone(deps, rows);
}

/** Those that are still due: Xero failed, or has them no more. */
async function postpone({ store, clock }: Deps, rows: readonly RecordRow[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  await store.together(async ({ records }) => {
    await records.hold(first.workspaceId);
    const now = clock.now();
    const held = await records.findMany(first, rows);
    const due = held.filter(({ code, nextTryAt }) => code === 'unreadable' && (nextTryAt ?? '~') <= now.toISOString());
    const later = due.map((row) => {
      const tries = row.tries + 1;
      return { ...row, tries, nextTryAt: new Date(now.getTime() + toRetryMs(tries)).toISOString() };
    });
    if (later.length > 0) await records.save(...later);
  });
}
