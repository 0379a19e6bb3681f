import { randomUUID } from 'node:crypto';
import type { Clock } from '#server/clock.ts';
import type { Coverage } from '#server/ledger/entries/freshness.ts';
import { AppError } from '#shared/app-error.ts';
import type { CoveredContacts } from './covered-contacts.ts';
import { fullWakes, graceMs, type Track, toDueMs, toIntervalMs } from './pace.ts';
import { followClock, type StreamState, type StreamStates } from './stream-state.ts';

/** Each request goes this far back before the last one, because clocks and search indexes lag. */
export const overlapMs = 60 * 1000;
/** The overlap covers changes during a load of at most this length. A longer load is not kept fresh by the stream. */
const longestLoadMs = 50 * 1000;
/** Beyond a gap of this length, reloading what is viewed costs less than reading all changes. */
const longestGapMs = 24 * 3600 * 1000;
export function toCoverage(state: StreamState | undefined, nowMs: number): Coverage | null {
  if (!state || !isBridgeable(state, nowMs)) return null;
  const { epoch, invoices, quotes, failure } = followClock(state, nowMs);
  const freshUntil = invoices.freshUntil < quotes.freshUntil ? invoices.freshUntil : quotes.freshUntil;
  const asOf = invoices.asOf < quotes.asOf ? invoices.asOf : quotes.asOf;
  return { epoch, asOf, isHealthy: nowMs <= Date.parse(freshUntil), failure: failure && toError(failure) };
}

/** Every view checks the connection itself, so a lost connection is not reported here as well. */
function toError({ code, retryAfterSeconds }: NonNullable<StreamState['failure']>): AppError | null {
  return code === 'reconnect_needed' ? null : new AppError(code, { retryAfterSeconds });
}

export function isBridgeable({ invoices, quotes }: StreamState, nowMs: number): boolean {
  return [invoices, quotes].every(({ cursor }) => nowMs - Date.parse(cursor) <= longestGapMs);
}

export type Cover = (
  organisationId: string,
  contactIds: readonly string[],
  /** `asOf` is by Xero's clock, `beganMs` by the steady clock. */
  load: { asOf: string; beganMs: number },
) => Promise<string | null>;

type CoverDeps = {
  states: StreamStates;
  covered: CoveredContacts;
  clock: Pick<Clock, 'now' | 'steadyMs'>;
  nudge(id: string): Promise<void>;
};

/**
 * Hands loaded contacts over to the stream. Returns the epoch that covers them, or null when none does. The very first
 * load begins an epoch, and the stream starts from Xero's clock at that load.
 */
export function buildCover(deps: CoverDeps): Cover {
  return async (organisationId, contactIds, { asOf, beganMs }) => {
    if (deps.clock.steadyMs() - beganMs > longestLoadMs) return null;
    try {
      const epoch = await findEpoch(deps, organisationId, asOf);
      if (epoch === undefined || (await deps.covered.add(organisationId, epoch, contactIds))) return epoch ?? null;
      await deps.states.end(organisationId, epoch);
      const next = await findEpoch(deps, organisationId, asOf);
      return next !== undefined && (await deps.covered.add(organisationId, next, contactIds)) ? next : null;
    } catch {
      // Without the cache, nothing is stored, so there is nothing to keep fresh.
      return null;
    }
  };
}

/** Returns the running epoch, or begins a new one. */
async function findEpoch(
  { states, covered, clock, nudge }: CoverDeps,
  organisationId: string,
  asOf: string,
): Promise<string | undefined> {
  const nowMs = clock.now().getTime();
  const isRunning = (state: StreamState | undefined) => state !== undefined && isBridgeable(state, nowMs);
  const known = await states.read(organisationId);
  if (known && isRunning(known) && !known.failure) return known.epoch;
  const first = toFirstState(asOf, nowMs);
  if (!isRunning(known)) await covered.start(organisationId, first.epoch);
  const state = await states.change(organisationId, (one) => {
    // If an epoch is running, Xero has just answered, so its failure is over.
    return one && isRunning(one) ? { ...one, failure: null } : isRunning(known) ? undefined : first;
  });
  await nudge(organisationId);
  return state?.epoch;
}

function toFirstState(asOf: string, nowMs: number): StreamState {
  const toInstant = (ms: number) => new Date(ms).toISOString();
  const intervalMs = toIntervalMs({ callsToday: 0, dailyCalls: Number.POSITIVE_INFINITY }, nowMs);
  const cursor = new Date(Date.parse(asOf) - overlapMs).toISOString();
  const track = (name: Track) => {
    const dueMs = toDueMs(intervalMs, name, nowMs);
    return { cursor, asOf, dueAt: toInstant(dueMs), freshUntil: toInstant(dueMs + graceMs) };
  };
  return {
    epoch: randomUUID(),
    invoices: track('invoices'),
    quotes: track('quotes'),
    contacts: track('contacts'),
    dirtyAt: null,
    roundAt: toInstant(nowMs),
    wakes: fullWakes(nowMs),
    failure: null,
  };
}
