/**
 * Instants of our own clock are kept and compared later, by other processes too, whose clocks differ a little. One that
 * lies further ahead than this was noted before the clock was set back, and says nothing about now.
 */
export const clockToleranceMs = 60 * 1000;

export function isAhead(instant: string, nowMs: number): boolean {
  return Date.parse(instant) > nowMs + clockToleranceMs;
}

/** Whether no more than so long has passed since. */
export function isWithin(instant: string, nowMs: number, forMs: number): boolean {
  return !isAhead(instant, nowMs) && nowMs - Date.parse(instant) <= forMs;
}

/** What is asked of others within seconds: where the clocks differ by more, it is asked once more, which only costs a call. */
const sinceToleranceMs = 10 * 1000;

/** Whether something done at `instant` was done since `since`, both by our clock. */
export function isSince(instant: string | undefined, since: string, nowMs: number): boolean {
  return instant !== undefined && instant >= since && Date.parse(instant) <= nowMs + sinceToleranceMs;
}
