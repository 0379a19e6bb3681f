/**
 * We store instants of our own clock, and other processes compare them with theirs, which differ a little. An instant
 * further in the future than this was stored before our clock was set back. It counts as unknown.
 */
export const clockToleranceMs = 60 * 1000;

export function isAhead(instant: string, nowMs: number): boolean {
  return Date.parse(instant) > nowMs + clockToleranceMs;
}

/** Whether at most this long has passed since the instant. */
export function isWithin(instant: string, nowMs: number, forMs: number): boolean {
  return !isAhead(instant, nowMs) && nowMs - Date.parse(instant) <= forMs;
}

/**
 * The tolerance for answers expected within seconds. If clocks differ by more, the question is asked once more, which
 * only costs a call.
 */
const sinceToleranceMs = 10 * 1000;

/** Whether something done at `instant` was done after `since`, both by our clock. */
export function isSince(instant: string | undefined, since: string, nowMs: number): boolean {
  return instant !== undefined && instant >= since && Date.parse(instant) <= nowMs + sinceToleranceMs;
}
