import type { Clock } from '#server/clock.ts';
import type { Log } from '#server/deps.ts';
import type { NewsBus } from '#server/events/news.ts';
import type { ApplyRows } from '#server/ledger/entries/apply-rows.ts';
import { tellOfFigures } from '#server/ledger/entries/figures-news.ts';
import { toAppFailure } from '#server/ledger/entries/to-app-failure.ts';
import type { XeroGovernor } from '#server/xero/calling/governor.ts';
import type { DocumentHeader } from '#server/xero/documents/document-header.ts';
import type { XeroChanges } from '#server/xero/documents/lists/document-reads.ts';
import type { ChangedRows } from '#server/xero/documents/lists/read-changes.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import { isBridgeable, overlapMs } from './coverage.ts';
import type { CoveredContacts } from './covered-contacts.ts';
import {
  findDue,
  graceMs,
  refillWakes,
  type Track,
  toDueMs,
  toIntervalMs,
  toRoundBackoffMs,
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

/** One round of the stream. `epoch` is the one it began in; `tracks` are those that were due then. */
export type Round = {
  caller: XeroCaller;
  organisationId: string;
  epoch: string;
  intervalMs: number;
  state: StreamState;
  tracks: ReadonlySet<Track>;
};

/**
 * Asks Xero which invoices, bills and quotes changed, where that is due, and applies the changes. The cursor moves only
 * after all rows are applied. Never rejects: a failure becomes part of the state, and views report it. A gap that is
 * too long ends the epoch, and everything loaded in it becomes stale. Returns the round if it succeeded, so that its
 * side round can follow.
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

/** Clears the dirty mark first: a webhook that arrives from here on is about something newer than this round reads. */
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

/** Returns false when the epoch is over. */
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

/** Returns false when the epoch is over. */
async function applyDocuments(
  deps: RoundDeps,
  round: Round,
  track: 'invoices' | 'quotes',
  { rows, unreadable, asOf, isWhole }: ChangedRows<DocumentHeader>,
): Promise<boolean> {
  const { organisationId, epoch } = round;
  const known = await deps.covered.read(organisationId, epoch);
  if (!known || !isWhole) {
    deps.log.info({ organisationId, track, isWhole }, 'everything loaded is stale and is loaded again when viewed');
    await deps.states.end(organisationId, epoch);
    return false;
  }
  const changes = await deps.applyRows(organisationId, { rows, unreadable }, known.contactIds);
  await advance(deps, round, track, asOf);
  await tellOfFigures(deps.news, organisationId, changes);
  return true;
}

/**
 * Moves the cursor to Xero's clock before the first page, less the overlap. If Xero sent no clock, the cursor stays.
 */
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
      // Contacts are asked for in a side round, which does not clear a failure of the main round.
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
  const { code, details } = toAppFailure(error);
  log.warn(
    { organisationId, code, err: code === 'internal' ? error : undefined },
    'the change stream could not read changes',
  );
  const { retryAfterSeconds } = details;
  await states
    .change(organisationId, (state) => {
      if (!state) return undefined;
      const count = (state.failure?.count ?? 0) + 1;
      const now = clock.now();
      const notedAt = now.toISOString();
      const until = new Date(now.getTime() + toRoundBackoffMs(count, retryAfterSeconds)).toISOString();
      // The change that a webhook announced may still be unread.
      return { ...state, dirtyAt: notedAt, failure: { code, retryAfterSeconds, count, notedAt, until } };
    })
    .catch(() => undefined);
}
