import { randomUUID } from 'node:crypto';
import type { Clock } from '#server/clock.ts';
import { isWithin } from '#server/clock-tolerance.ts';
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
/** `If-Modified-Since` misses due dates and sent flags of part-paid documents, so everything is reloaded this often. */
const wholeAgainMs = 3600 * 1000;

/** How fresh the stream keeps everything loaded in its epoch. */
export type Coverage = {
  epoch: string;
  /** When the stream last asked for changes, by Xero's clock. */
  asOf: string;
  isHealthy: boolean;
  failure: AppError | null;
};
export type Loaded = { epoch: string | null; loadedAt: string };

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

/** `old`: stale, reload. `unsure`: the stream will find out whether it changed. `due`: still good, but reload soon. */
export type Freshness = 'fresh' | 'due' | 'unsure' | 'old';

export function toFreshness({ epoch, loadedAt }: Loaded, coverage: Coverage | null, nowMs: number): Freshness {
  if (!coverage || coverage.epoch !== epoch) return 'old';
  if (!coverage.isHealthy) return 'unsure';
  return isWithin(loadedAt, nowMs, wholeAgainMs) ? 'fresh' : 'due';
}

/** When the data was last known to be current: at its load, or when the stream last asked. */
export function toAsOf(loaded: { epoch: string | null; asOf: string }, coverage: Coverage | null): string {
  return coverage && coverage.epoch === loaded.epoch && coverage.asOf > loaded.asOf ? coverage.asOf : loaded.asOf;
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
