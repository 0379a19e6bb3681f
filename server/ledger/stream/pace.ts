import type { StreamState } from './stream-state.ts';

const dayMs = 24 * 3600 * 1000;
const shortestMs = 60 * 1000;
const longestMs = 3600 * 1000;
/**
 * Average calls per interval: 1 for invoices and bills, 1/3 for quotes, 1/10 for contacts, plus 3 every half hour for
 * credits.
 */
const callsPerInterval = 1.6;
/** Each track is asked once in this many intervals. */
const intervalsOf = { invoices: 1, quotes: 3, contacts: 10 } as const;

/** A round may be this late before figures count as unsure. */
export const graceMs = 30 * 1000;

/** The shortest time between two rounds that webhooks cause. */
const wakeEveryMs = 2 * 1000;
/** How many webhooks in a row may wake the stream ahead of its pace. An import in Xero sends thousands. */
const mostWakes = 10;

/**
 * The last fifth of the day's calls is reserved for people. Beyond this share, webhooks wake the stream no faster than
 * its normal pace.
 */
const shareForWebhooks = 0.8;

type Usage = { callsToday: number; dailyCalls: number };

/** The interval at which running until midnight (UTC) uses at most half of the day's remaining calls. */
export function toIntervalMs(usage: Usage, nowMs: number): number {
  const half = Math.max(0, usage.dailyCalls - usage.callsToday) / 2;
  const untilMidnightMs = dayMs - (nowMs % dayMs);
  // With no calls left, the interval is infinite.
  const intervalMs = (untilMidnightMs * callsPerInterval) / half;
  return Math.round(Math.min(longestMs, Math.max(shortestMs, intervalMs)));
}

/**
 * When a track is asked next, by our clock. At midnight (UTC) the daily limit resets, so a long interval that stretched
 * the last calls of the day ends there.
 */
export function toDueMs(intervalMs: number, track: Track, nowMs: number): number {
  const midnightMs = nowMs - (nowMs % dayMs) + dayMs;
  return Math.max(nowMs + shortestMs, Math.min(midnightMs, nowMs + intervalMs * intervalsOf[track]));
}

export type Track = keyof typeof intervalsOf;

export const moneyTracks = ['invoices', 'quotes'] as const satisfies readonly Track[];
export const allTracks = [...moneyTracks, 'contacts'] as const satisfies readonly Track[];

/** When one of these tracks is due, by our clock. After a failure, all tracks wait. */
export function findDueMs(state: StreamState, tracks: readonly Track[], nowMs: number): number {
  const notBeforeMs = state.failure ? Date.parse(state.failure.until) : 0;
  const paceMs = Math.min(...tracks.map((track) => Date.parse(state[track].dueAt)));
  return Math.max(notBeforeMs, Math.min(paceMs, toWokenMs(state, nowMs)));
}

/** What is due now. `isWoken` is true when a webhook made invoices due ahead of their pace. */
export function findDue(state: StreamState, nowMs: number): { tracks: ReadonlySet<Track>; isWoken: boolean } {
  const isPaced = (track: Track) => Date.parse(state[track].dueAt) <= nowMs;
  const isWoken = !isPaced('invoices') && toWokenMs(state, nowMs) <= nowMs;
  const tracks = allTracks.filter(isPaced);
  return { tracks: new Set(isWoken ? [...tracks, 'invoices' as const] : tracks), isWoken };
}

function toWokenMs(state: StreamState, nowMs: number): number {
  if (state.dirtyAt === null) return Number.POSITIVE_INFINITY;
  const { left, at, everyMs } = refillWakes(state.wakes, nowMs);
  const earliestMs = Date.parse(state.roundAt) + wakeEveryMs;
  return left >= 1 ? earliestMs : Math.max(earliestMs, Date.parse(at) + everyMs);
}

/** How often a webhook wake-up is added: every minute, or less often when the day's calls run short. */
export function toWakesEveryMs({ callsToday, dailyCalls }: Usage, intervalMs: number): number {
  return callsToday < dailyCalls * shareForWebhooks ? shortestMs : intervalMs;
}

export function refillWakes(wakes: StreamState['wakes'], nowMs: number): StreamState['wakes'] {
  const { left, at, everyMs } = wakes;
  const added = Math.floor((nowMs - Date.parse(at)) / everyMs);
  if (added <= 0) return wakes;
  if (left + added >= mostWakes) return fullWakes(nowMs, everyMs);
  return { left: left + added, at: new Date(Date.parse(at) + added * everyMs).toISOString(), everyMs };
}

export function fullWakes(nowMs: number, everyMs: number = shortestMs): StreamState['wakes'] {
  return { left: mostWakes, at: new Date(nowMs).toISOString(), everyMs };
}

const firstBackoffMs = 15 * 1000;
const lastBackoffMs = 5 * 60 * 1000;
const longestObeyedMs = 15 * 60 * 1000;

/** How long to wait after this many failures in a row. A longer Retry-After from Xero wins. */
export function toRoundBackoffMs(count: number, retryAfterSeconds = 0): number {
  const backoffMs = Math.min(lastBackoffMs, firstBackoffMs * 2 ** (count - 1));
  return Math.max(backoffMs, Math.min(longestObeyedMs, retryAfterSeconds * 1000));
}
