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
export const mostWakes = 10;

/** So that going on until midnight (UTC) takes at most half of what is left of the day's calls. */
export function toIntervalMs(usage: { callsToday: number; dailyCalls: number }, nowMs: number): number {
  const half = Math.max(0, usage.dailyCalls - usage.callsToday) / 2;
  const untilMidnightMs = dayMs - (nowMs % dayMs);
  const intervalMs = half === 0 ? longestMs : (untilMidnightMs * callsPerInterval) / half;
  return Math.round(Math.min(longestMs, Math.max(shortestMs, intervalMs)));
}

export function toTrackMs(intervalMs: number, track: Track): number {
  return intervalMs * intervalsOf[track];
}

export type Track = keyof typeof intervalsOf;

/** When there is something to ask, by our clock. After a failure everything waits. */
export function findDueMs(state: StreamState, nowMs: number): number {
  const notBeforeMs = state.failure ? Date.parse(state.failure.until) : 0;
  const paceMs = Math.min(...[state.invoices, state.quotes, state.contacts].map(({ dueAt }) => Date.parse(dueAt)));
  return Math.max(notBeforeMs, Math.min(paceMs, toWokenMs(state, nowMs)));
}

/** What is due at this moment; `isWoken`: invoices by a webhook, ahead of the stream's own pace. */
export function findDue(state: StreamState, nowMs: number): { tracks: ReadonlySet<Track>; isWoken: boolean } {
  const isPaced = (track: Track) => Date.parse(state[track].dueAt) <= nowMs;
  const isWoken = !isPaced('invoices') && toWokenMs(state, nowMs) <= nowMs;
  const tracks = (['invoices', 'quotes', 'contacts'] as const).filter(isPaced);
  return { tracks: new Set(isWoken ? [...tracks, 'invoices' as const] : tracks), isWoken };
}

function toWokenMs(state: StreamState, nowMs: number): number {
  if (state.dirtyAt === null) return Number.POSITIVE_INFINITY;
  const { left, at } = refillWakes(state.wakes, nowMs);
  const earliestMs = Date.parse(state.roundAt) + wakeEveryMs;
  return left >= 1 ? earliestMs : Math.max(earliestMs, Date.parse(at) + shortestMs);
}

/** One comes back a minute. */
export function refillWakes({ left, at }: StreamState['wakes'], nowMs: number): StreamState['wakes'] {
  const minutes = Math.floor((nowMs - Date.parse(at)) / shortestMs);
  if (minutes <= 0) return { left, at };
  if (left + minutes >= mostWakes) return { left: mostWakes, at: new Date(nowMs).toISOString() };
  return { left: left + minutes, at: new Date(Date.parse(at) + minutes * shortestMs).toISOString() };
}

const firstBackoffMs = 15 * 1000;
const lastBackoffMs = 5 * 60 * 1000;
const longestObeyedMs = 15 * 60 * 1000;

/** How long nothing is asked after so many failures in a row. A wait that Xero asked for is obeyed, and looked at anew. */
export function toBackoffMs(count: number, retryAfterSeconds = 0): number {
  const backoffMs = Math.min(lastBackoffMs, firstBackoffMs * 2 ** (count - 1));
  return Math.max(backoffMs, Math.min(longestObeyedMs, retryAfterSeconds * 1000));
}
