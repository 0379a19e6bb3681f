import type { Deps } from '#server/deps.ts';
import type { SyncPlace } from '#server/sync-place.ts';
import { systemUser } from '#server/use-cases/acting/principal.ts';
import { newOwner, toLease, whileRenewing } from '#server/use-cases/writes/leases.ts';
import { AppError } from '#shared/app-error.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import { keepAutomaticRun } from '../actions/automatic-run.ts';
import { beginRuns, endRuns } from '../actions/work-on-runs.ts';
import { bringDue } from '../bringing/bring-due.ts';
import { findNextReading } from '../bringing/bring-jobs.ts';
import { bringByHand } from '../bringing/bring-runs.ts';
import { workOnDueBills } from '../bringing/due-bills.ts';
import type { SyncKind } from '../kinds/kind.ts';
import { forgetLists } from '../settings/kept-lists.ts';
import { readCandidates } from './candidates.ts';
import { kindsInOrder } from './kind-of.ts';
import type { ContactIndexes } from './look/contact-index.ts';
import { type Candidate, type Round, toPlace } from './round.ts';
import { type Found, type Saved, saveFindings, toSaving } from './save-findings.ts';
import { startRound, type Working } from './start-round.ts';
import { concernsAll, toFailed } from './to-finding.ts';
import type { Ended } from './write/carry-out.ts';
import { followUp } from './write/follow-up.ts';
import { workOnOpen } from './write/work-on-open.ts';

/** How many records are looked at together: as many as Xero takes in a call. */
const together = 50;

export type SyncOrganisation = (place: SyncPlace, signal: AbortSignal) => Promise<void>;

/**
 * Does what is due in an organisation: the runs that were asked for, then the records, first the kinds that others need,
 * then what comes from Xero.
 * Ends when nothing is due, when the process stops, or when a failure concerns the whole organisation. However it ends,
 * the next due record wakes it again.
 */
export function buildSyncOrganisation(deps: Deps, indexes: ContactIndexes): SyncOrganisation {
  return async (place, signal) => {
    const owner = newOwner(deps);
    const counted = { calls: 0 };
    const onCall = (): void => {
      counted.calls += 1;
    };
    const { records } = deps.store;
    const renew = (until: string) => records.renewLeases(owner, until);
    const release = () => records.releaseLeases(owner);
    try {
      await whileRenewing(deps, { of: 'records', owner, renew, release }, () =>
        work(deps, { place, owner, signal, indexes, onCall }, counted),
      );
    } finally {
      await wakeLater(deps, place);
    }
  };
}

async function work(deps: Deps, working: Working, counted: { calls: number }): Promise<void> {
  const { place, signal } = working;
  const startedAt = deps.clock.now().toISOString();
  const saved: Saved[] = [];
  await beginRuns(deps, place, {
    signal,
    startDry: () => startRound(deps, working, { isDry: true }),
    bring: (run) => bringByHand(deps, working, run),
    calls: () => counted.calls,
    workOn: async (kind) => {
      saved.push(...(await workOnKind(deps, working, kind)).saved);
    },
  });
  const callsBefore = counted.calls;
  saved.push(...(await workOnKinds(deps, working)));
  const calls = counted.calls - callsBefore;
  await endRuns(deps, place, calls);
  await keepAutomaticRun(deps, place, { startedAt, saved, calls });
  await workOnDueBills(deps, working);
  await bringDue(deps, { ...working, calls: () => counted.calls });
}

async function workOnKinds(deps: Deps, working: Working): Promise<Saved[]> {
  const all: Saved[] = [];
  let hasWorked = true;
  while (hasWorked) {
    hasWorked = false;
    for (const kind of kindsInOrder) {
      const { saved, rows, isEnded } = await workOnKind(deps, working, kind);
      all.push(...saved);
      if (isEnded) return all;
      hasWorked ||= rows > 0;
    }
  }
  return all;
}

/** Looks at all due records of a kind. `isEnded`: the process stops, or a failure concerns the whole organisation. */
async function workOnKind(deps: Deps, working: Working, kind: SyncKind<PutKind>): Promise<Due> {
  const all: Due = { saved: [], rows: 0, isEnded: false };
  while (!all.isEnded) {
    if (working.signal.aborted) return { ...all, isEnded: true };
    const { saved, rows, isEnded } = await workOnDue(deps, working, kind);
    all.saved.push(...saved);
    all.rows += rows;
    all.isEnded = isEnded;
    if (rows === 0) break;
  }
  return all;
}

type Worked = { saved: Saved[]; failure: AppError | undefined };
type Due = { saved: Saved[]; rows: number; isEnded: boolean };

/** Looks at the next due records of a kind. `isEnded`: a failure concerns the whole organisation. */
async function workOnDue(deps: Deps, working: Working, kind: SyncKind<PutKind>): Promise<Due> {
  const { place, owner } = working;
  const lease = toLease(deps, owner);
  const rows = await deps.store.records.takeDue(place, {
    kinds: [kind.kind],
    limit: kind.isAlone ? 1 : together,
    lease,
  });
  if (rows.length === 0) return { saved: [], rows: 0, isEnded: false };
  try {
    const candidates = await readCandidates(deps, place.workspaceId, rows);
    const { saved, failure } = await workSafely(deps, working, { kind, candidates });
    return { saved, rows: rows.length, isEnded: failure !== undefined };
  } finally {
    await deps.store.records.releaseLeases(owner);
  }
}

type Batch = { kind: SyncKind<PutKind>; candidates: readonly Candidate[] };

/** An unexpected error of one record holds up that record only: the others are looked at again without it. */
async function workSafely(deps: Deps, working: Working, { kind, candidates }: Batch): Promise<Worked> {
  try {
    return await workOnRound(await startRound(deps, working, { isDry: false }), kind, candidates);
  } catch (error) {
    if (error instanceof AppError) return hold(deps, working, { candidates, error });
    deps.log.error({ err: error, kind: kind.kind, records: candidates.length }, 'records could not be worked on');
    const [only, ...more] = candidates;
    if (only && more.length === 0)
      return hold(deps, working, { candidates, error: new AppError('xero_invalid_answer') });
    return workOneByOne(deps, working, { kind, candidates });
  }
}

async function workOneByOne(deps: Deps, working: Working, { kind, candidates }: Batch): Promise<Worked> {
  const saved: Saved[] = [];
  for (const candidate of candidates) {
    const worked = await workSafely(deps, working, { kind, candidates: [candidate] });
    saved.push(...worked.saved);
  }
  return { saved, failure: undefined };
}

/** None of them could be looked at. */
async function hold(
  deps: Deps,
  { place }: Working,
  { candidates, error }: { candidates: readonly Candidate[]; error: AppError },
): Promise<Worked> {
  const held = candidates.map((one) => ({
    place: toPlace(one.row),
    finding: { ...toFailed(one, error), looked: one.row },
  }));
  return {
    saved: await saveFindings({ deps, place, by: systemUser }, held),
    failure: concernsAll(error) ? error : undefined,
  };
}

async function workOnRound(round: Round, kind: SyncKind<PutKind>, candidates: readonly Candidate[]): Promise<Worked> {
  const { deps, caller } = round.acting;
  // A record that is in Xero is due for what follows it.
  const settled = candidates.filter(({ row }) => row.state === 'synced');
  const open = candidates.filter(({ row }) => row.state !== 'synced');
  const followed = await followUp(round, kind, settled);
  const { ended, failure } = await workOnOpen(round, kind, open);
  // The next records are checked against Xero's lists: what was just made or found has to be in them.
  if (kind.isListed && ended.some(isNewInLists)) await forgetLists(deps, caller.organisationId);
  const saved = await saveFindings(toSaving(round), [...followed.ended, ...ended].map(toFound));
  return { saved, failure: failure ?? followed.failure };
}

function isNewInLists({ planned: { plan }, finding }: Ended): boolean {
  return finding.outcome.type === 'synced' && ['make', 'adopt', 'made'].includes(plan.outcome);
}

function toFound({ planned, finding }: Ended): Found {
  return { place: toPlace(planned.row), finding: { ...finding, looked: planned.row }, plan: planned.plan };
}

/** The clock that wakes may differ a little from ours, and nothing is urgent. */
const soonestMs = 1000;

async function wakeLater(deps: Deps, place: SyncPlace): Promise<void> {
  const due = await Promise.all([deps.store.records.nextDue(place), findNextReading(deps, place)]);
  const [next] = due.flatMap((at) => at ?? []).toSorted();
  if (next === undefined) return;
  deps.jobs.wake(place, { afterMs: Math.max(Date.parse(next) - deps.clock.now().getTime(), soonestMs) });
}
