const minute = 60 * 1000;
const hour = 60 * minute;

/** After 1, 2, 5, 15 and 30 minutes, 1, 2 and 4 hours, then every 6 hours: the fix may be made in Xero at any time. */
const waits = [minute, 2 * minute, 5 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 4 * hour, 6 * hour];

/** How long a problem waits after this many tries, counted from 1, in milliseconds. */
export function toRetryMs(tries: number): number {
  return waits[Math.min(Math.max(tries, 1), waits.length) - 1] ?? 6 * hour;
}
