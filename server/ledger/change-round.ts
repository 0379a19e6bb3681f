import type { Clock } from '#server/clock.ts';
import type { Log } from '#server/deps.ts';
import type { XeroChanges } from '#server/xero/document-reads.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { XeroGovernor } from '#server/xero/governor.ts';
import type { ChangedRows } from '#server/xero/read-changes.ts';
import type { Announcements } from './announcements.ts';
import type { ApplyRows } from './apply-rows.ts';
import type { ApplyContacts } from './contact-changes.ts';
import { isBridgeable, overlapMs } from './coverage.ts';
import type { LedgerDocument } from './document.ts';
import { findDue, graceMs, refillWakes, type Track, toBackoffMs, toIntervalMs, toTrackMs } from './pace.ts';
import type { Rolls } from './roll.ts';
import type { StreamState, StreamStates } from './stream-state.ts';
import { toFailure } from './to-failure.ts';

export type RoundDeps = {
  xero: XeroChanges & { governor: Pick<XeroGovernor, 'usage'> };
  states: StreamStates;
  rolls: Rolls;
  applyRows: ApplyRows;
  applyContacts: ApplyContacts;
  /** Credits, which have a pace of their own; never rejects. */
  refreshCredits(caller: XeroCaller): Promise<void>;
  announcements: Announcements;
  clock: Pick<Clock, 'now'>;
  log: Log;
};

/** What one round works with; `epoch` is what it began in. */
type Round = RoundDeps & { caller: XeroCaller; organisationId: string; epoch: string; intervalMs: number };

/**
 * Asks Xero for what is due and applies it: the cursor moves only after all rows are in. Never rejects: what failed is
 * part of the state, for whoever looks. A gap that cannot be bridged ends the epoch, and then all that was loaded in it
 * is old.
 */
export async function runRound(deps: RoundDeps, caller: XeroCaller, known: StreamState): Promise<void> {
  const { organisationId } = caller;
  const nowMs = deps.clock.now().getTime();
  try {
    if (!isBridgeable(known, nowMs)) return await deps.states.end(organisationId, known.epoch);
    const usage = await deps.xero.governor.usage(organisationId);
    const begun = await begin(deps, organisationId, nowMs);
    if (!begun) return;
    const { state, tracks } = begun;
    const round = { ...deps, caller, organisationId, epoch: state.epoch, intervalMs: toIntervalMs(usage, nowMs) };
    await askWhatIsDue(round, state, tracks);
  } catch (error) {
    if (!caller.signal?.aborted) await noteFailure(deps, organisationId, error);
  }
}

/** From here on a webhook speaks of something newer than what this round is about to read. */
async function begin({ states }: RoundDeps, organisationId: string, nowMs: number) {
  let due: ReturnType<typeof findDue> | undefined;
  const state = await states.change(organisationId, (one) => {
    due = one && findDue(one, nowMs);
    if (!one || !due?.tracks.has('invoices')) return one;
    const wakes = refillWakes(one.wakes, nowMs);
    const left = due.isWoken ? Math.max(0, wakes.left - 1) : wakes.left;
    return { ...one, dirtyAt: null, roundAt: new Date(nowMs).toISOString(), wakes: { ...wakes, left } };
  });
  return state && due && { state, tracks: due.tracks };
}

async function askWhatIsDue(round: Round, state: StreamState, tracks: ReadonlySet<Track>): Promise<void> {
  const { xero, caller } = round;
  if (tracks.has('invoices')) {
    const changes = await xero.listInvoicesChangedSince(caller, state.invoices.cursor);
    if (!(await applyDocuments(round, 'invoices', changes))) return;
  }
  if (tracks.has('quotes')) {
    const changes = await xero.listQuotesChangedSince(caller, state.quotes.cursor);
    if (!(await applyDocuments(round, 'quotes', changes))) return;
  }
  await round.refreshCredits(caller);
  if (tracks.has('contacts')) await askForContacts(round, state).catch((error) => postponeContacts(round, error));
}

/** Names may wait; money goes on. */
async function postponeContacts(round: Round, error: unknown): Promise<void> {
  if (round.caller.signal?.aborted) return;
  round.log.warn({ organisationId: round.organisationId, code: toFailure(error).code }, 'contacts could not be asked');
  await advance(round, 'contacts', null);
}

/** False: the epoch is over. */
async function applyDocuments(
  round: Round,
  track: 'invoices' | 'quotes',
  { rows, asOf, isWhole }: ChangedRows<LedgerDocument>,
): Promise<boolean> {
  const { organisationId, epoch, rolls } = round;
  const roll = await rolls.read(organisationId, epoch);
  if (!roll || !isWhole) {
    round.log.info({ organisationId, track, isWhole }, 'what is loaded is loaded anew when somebody looks');
    await round.states.end(organisationId, epoch);
    return false;
  }
  const contactIds = await round.applyRows(organisationId, rows, roll.contactIds);
  await advance(round, track, asOf);
  await round.announcements.announce(organisationId, { contactIds });
  return true;
}

/** Contacts whose documents are loaded are asked for by id once: what happened before anybody listened is in no list. */
async function askForContacts(round: Round, state: StreamState): Promise<void> {
  const { xero, caller, organisationId, epoch, rolls } = round;
  const { rows, asOf, isWhole } = await xero.listContactsChangedSince(caller, state.contacts.cursor);
  const unchecked = (await rolls.read(organisationId, epoch))?.unchecked ?? [];
  const seen = new Set(rows.map(({ id }) => id));
  const toCheck = unchecked.filter((id) => !seen.has(id));
  const checked = toCheck.length > 0 ? await xero.listContactsById(caller, toCheck) : [];
  const changed = await round.applyContacts(caller, [...rows, ...checked]);
  if (!isWhole) round.log.warn({ organisationId }, 'more contacts changed than are looked through');
  await rolls.check(organisationId, epoch, unchecked);
  await advance(round, 'contacts', asOf);
  await round.announcements.announce(organisationId, { contactIds: changed });
}

/** Xero's clock before the first page, less the overlap; where it did not tell, the cursor stays. */
async function advance({ states, organisationId, epoch, intervalMs, clock }: Round, track: Track, asOf: string | null) {
  const nowMs = clock.now().getTime();
  const waitMs = toTrackMs(intervalMs, track);
  const next = asOf === null ? '' : new Date(Date.parse(asOf) - overlapMs).toISOString();
  await states.change(organisationId, (state) => {
    if (state?.epoch !== epoch) return undefined;
    const known = state[track];
    return {
      ...state,
      failure: null,
      [track]: {
        cursor: next > known.cursor ? next : known.cursor,
        asOf: (asOf ?? '') > known.asOf ? asOf : known.asOf,
        dueAt: new Date(nowMs + waitMs).toISOString(),
        ...(track !== 'contacts' && { freshUntil: new Date(nowMs + waitMs + graceMs).toISOString() }),
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
      const until = new Date(now.getTime() + toBackoffMs(count, retryAfterSeconds)).toISOString();
      // What a webhook spoke of may be unread still.
      return { ...state, dirtyAt: now.toISOString(), failure: { code, retryAfterSeconds, count, until } };
    })
    .catch(() => undefined);
}
