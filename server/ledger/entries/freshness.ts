import { isWithin } from '#server/clock-tolerance.ts';
import type { AppError } from '#shared/app-error.ts';

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
