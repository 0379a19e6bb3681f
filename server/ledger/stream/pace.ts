import type { StreamState } from './stream-state.ts';

const dayMs = 24 * 3600 * 1000;
const shortestMs = 60 * 1000;
const longestMs = 3600 * 1000;
/** Of an interval: one for invoices and bills, a third for quotes, a tenth for contacts, three each half hour for credits. */
const callsPerInterval = 1.6;
/** Rounds at the stream's own pace between two of these. */
const intervalsOf = { invoices: 1, quotes: 3, contacts: 10 } as const;

/** A round that is late by this much is no reason for doubt. */
export const graceMs = 30 * 1000;

/** Webhooks may wake the stream this often, */
const wakeEveryMs = 2 * 1000;
/** and this many times beyond its own pace: an import in Xero sends thousands. */
const mostWakes = 10;

/** The last fifth of the day's calls is for people: from there on webhooks bring rounds no faster than the stream's pace. */
const shareForWebhooks = 0.8;

type Usage = { callsToday: number; dailyCalls: number };

/** So that going on until midnight (UTC) takes at most half of what is left of the day's calls. */
export function toIntervalMs(usage: Usage, nowMs: number): number {
  const half = Math.max(0, usage.dailyCalls - usage.callsToday) / 2;
  const untilMidnightMs = dayMs - (nowMs % dayMs);
  // Of nothing left, an endless interval.
  const intervalMs = (untilMidnightMs * callsPerInterval) / half;
  return Math.round(Math.min(longestMs, Math.max(shortestMs, intervalMs)));
}

/**
 * When a track is asked next, by our clock. At midnight (UTC) the day's calls are new, and with them the pace: nobody
 * waits into the next day for hours that the last calls of this one were spread over.
 */
export function toDueMs(intervalMs: number, track: Track, nowMs: number): number {
  const midnightMs = nowMs - (nowMs % dayMs) + dayMs;
  return Math.max(nowMs + shortestMs, Math.min(midnightMs, nowMs + intervalMs * intervalsOf[track]));
}

export type Track = keyof typeof intervalsOf;

export const moneyTracks = ['invoices', 'quotes'] as const satisfies readonly Track[];
export const allTracks = [...moneyTracks, 'contacts'] as const satisfies readonly Track[];

/** When there is something to ask of these tracks, by our clock. After a failure everything waits. */
export function findDueMs(state: StreamState, tracks: readonly Track[], nowMs: number): number {
  const notBeforeMs = state.failure ? Date.parse(state.failure.until) : 0;
  const paceMs = Math.min(...tracks.map((track) => Date.parse(state[track].dueAt)));
  return Math.max(notBeforeMs, Math.min(paceMs, toWokenMs(state, nowMs)));
}

/** What is due at this moment; `isWoken`: invoices by a webhook, ahead of the stream's own pace. */
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

/** How often one comes back: each minute, and less often when the day's calls run short. */
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

/** How long nothing is asked after so many failures in a row. A wait that Xero asked for is obeyed, and looked at anew. */
export function toBackoffMs(count: number, retryAfterSeconds = 0): number {
  const backoffMs = Math.min(lastBackoffMs, firstBackoffMs * 2 ** (count - 1));
  return Math.max(backoffMs, Math.min(longestObeyedMs, retryAfterSeconds * 1000));
}
