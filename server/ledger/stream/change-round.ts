import type { Clock } from '#server/clock.ts';
import type { Log } from '#server/deps.ts';
import type { NewsBus } from '#server/events/news.ts';
import type { ApplyRows } from '#server/ledger/entries/apply-rows.ts';
import { toFailure } from '#server/ledger/entries/to-failure.ts';
import type { XeroGovernor } from '#server/xero/calling/governor.ts';
import type { DocumentHeader } from '#server/xero/documents/ledger-document.ts';
import type { XeroChanges } from '#server/xero/documents/lists/document-reads.ts';
import type { ChangedRows } from '#server/xero/documents/lists/read-changes.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import { isBridgeable, overlapMs } from './coverage.ts';
import type { CoveredContacts } from './covered-contacts.ts';
import { tellOfFigures } from './figures-news.ts';
import {
  findDue,
  graceMs,
  refillWakes,
  type Track,
  toBackoffMs,
  toDueMs,
  toIntervalMs,
  toWakesEveryMs,
} from './pace.ts';
import type { StreamState, StreamStates } from './stream-state.ts';

export type RoundDeps = {
  xero: XeroChanges & { governor: Pick<XeroGovernor, 'usage'> };
  states: StreamStates;
  covered: CoveredContacts;
  applyRows: ApplyRows;
  news: Pick<NewsBus, 'announce'>;
  clock: Pick<Clock, 'now'>;
  log: Log;
};

/** What one round works with; `epoch` is what it began in, `tracks` what was due then. */
export type Round = {
  caller: XeroCaller;
  organisationId: string;
  epoch: string;
  intervalMs: number;
  state: StreamState;
  tracks: ReadonlySet<Track>;
};

/**
 * Asks Xero which money has changed, where that is due, and applies it: the cursor moves only after all rows are in.
 * Never rejects: what failed is part of the state, for whoever looks. A gap that cannot be bridged ends the epoch, and
 * then all that was loaded in it is old. Answers the round that succeeded, for what else is due in it.
 */
export async function runRound(deps: RoundDeps, caller: XeroCaller, known: StreamState): Promise<Round | undefined> {
  const { organisationId } = caller;
  const nowMs = deps.clock.now().getTime();
  try {
    if (!isBridgeable(known, nowMs)) {
      await deps.states.end(organisationId, known.epoch);
      return undefined;
    }
    const round = await begin(deps, caller, nowMs);
    return round && (await askForMoney(deps, round)) ? round : undefined;
  } catch (error) {
    if (!caller.signal?.aborted) await noteFailure(deps, organisationId, error);
    return undefined;
  }
}

/** From here on a webhook speaks of something newer than what this round is about to read. */
async function begin({ states, xero }: RoundDeps, caller: XeroCaller, nowMs: number): Promise<Round | undefined> {
  const { organisationId } = caller;
  const usage = await xero.governor.usage(organisationId);
  const intervalMs = toIntervalMs(usage, nowMs);
  const everyMs = toWakesEveryMs(usage, intervalMs);
  let due: ReturnType<typeof findDue> | undefined;
  const state = await states.change(organisationId, (one) => {
    due = one && findDue(one, nowMs);
    if (!one || !due?.tracks.has('invoices')) return one;
    const wakes = refillWakes(one.wakes, nowMs);
    const left = due.isWoken ? Math.max(0, wakes.left - 1) : wakes.left;
    return { ...one, dirtyAt: null, roundAt: new Date(nowMs).toISOString(), wakes: { ...wakes, left, everyMs } };
  });
  if (!state || !due) return undefined;
  return { caller, organisationId, epoch: state.epoch, intervalMs, state, tracks: due.tracks };
}

/** False: the epoch is over. */
async function askForMoney(deps: RoundDeps, round: Round): Promise<boolean> {
  const { caller, state, tracks } = round;
  if (tracks.has('invoices')) {
    const changes = await deps.xero.listInvoicesChangedSince(caller, state.invoices.cursor);
    if (!(await applyDocuments(deps, round, 'invoices', changes))) return false;
  }
  if (tracks.has('quotes')) {
    const changes = await deps.xero.listQuotesChangedSince(caller, state.quotes.cursor);
    if (!(await applyDocuments(deps, round, 'quotes', changes))) return false;
  }
  return true;
}

/** False: the epoch is over. */
async function applyDocuments(
  deps: RoundDeps,
  round: Round,
  track: 'invoices' | 'quotes',
  { rows, unreadable, asOf, isWhole }: ChangedRows<DocumentHeader>,
): Promise<boolean> {
  const { organisationId, epoch } = round;
  const known = await deps.covered.read(organisationId, epoch);
  if (!known || !isWhole) {
    deps.log.info({ organisationId, track, isWhole }, 'what is loaded is loaded anew when somebody looks');
    await deps.states.end(organisationId, epoch);
    return false;
  }
  const changes = await deps.applyRows(organisationId, { rows, unreadable }, known.contactIds);
  await advance(deps, round, track, asOf);
  await tellOfFigures(deps.news, organisationId, changes);
  return true;
}

/** Xero's clock before the first page, less the overlap; where it did not tell, the cursor stays. */
export async function advance(
  { states, clock }: Pick<RoundDeps, 'states' | 'clock'>,
  { organisationId, epoch, intervalMs }: Round,
  track: Track,
  asOf: string | null,
): Promise<void> {
  const nowMs = clock.now().getTime();
  const dueMs = toDueMs(intervalMs, track, nowMs);
  const next = asOf === null ? '' : new Date(Date.parse(asOf) - overlapMs).toISOString();
  await states.change(organisationId, (state) => {
    if (state?.epoch !== epoch) return undefined;
    const known = state[track];
    return {
      ...state,
      // Contacts are asked for beside the rounds, and say nothing of how those ended.
      ...(track !== 'contacts' && { failure: null }),
      [track]: {
        cursor: next > known.cursor ? next : known.cursor,
        asOf: (asOf ?? '') > known.asOf ? asOf : known.asOf,
        dueAt: new Date(dueMs).toISOString(),
        ...(track !== 'contacts' && { freshUntil: new Date(dueMs + graceMs).toISOString() }),
      },
    };
  });
}

async function noteFailure({ states, clock, log }: RoundDeps, organisationId: string, error: unknown): Promise<void> {
  const { code, details } = toFailure(error);
  log.warn({ organisationId, code, err: code === 'internal' ? error : undefined }, 'the change stream could not ask');
  const { retryAfterSeconds } = details;
  await states
    .change(organisationId, (state) => {
      if (!state) return undefined;
      const count = (state.failure?.count ?? 0) + 1;
      const now = clock.now();
      const notedAt = now.toISOString();
      const until = new Date(now.getTime() + toBackoffMs(count, retryAfterSeconds)).toISOString();
      // What a webhook spoke of may be unread still.
      return { ...state, dirtyAt: notedAt, failure: { code, retryAfterSeconds, count, notedAt, until } };
    })
    .catch(() => undefined);
}
