import type { Clock } from '#server/clock.ts';
import { repeat } from '#server/repeat.ts';
import { buildDelayedWakes } from './delayed-wakes.ts';
import { type Jobs, type Place, toPlaceKey } from './jobs.ts';
import { buildPlaceRuns, type PlaceRuns } from './place-runs.ts';
import { type Reporting, runReported } from './run-reported.ts';

/** Xero limits the calls of each organisation, so that places seldom hinder each other. */
export const placesAtOnce = 8;

/** For one process. It needs no Redis. Wake-ups are lost when it ends; the sweep at its next start finds what is due. */
export function buildInProcessJobs(deps: Reporting & { clock: Clock }): Jobs {
  const { clock } = deps;
  /** Woken before the start. */
  const early = new Map<string, Place>();
  const stopping = new AbortController();
  let runs: PlaceRuns | undefined;
  let stopIntervals: (() => Promise<void>)[] = [];

  const wakeNow = (place: Place): void => {
    if (stopping.signal.aborted) return;
    if (runs) void runs.run(place);
    else early.set(toPlaceKey(place), place);
  };
  const delayed = buildDelayedWakes(clock, wakeNow);
  return {
    wake: (place, { afterMs = 0 } = {}) => {
      if (stopping.signal.aborted) return;
      if (afterMs > 0) return delayed.add(place, afterMs);
      delayed.drop(place);
      wakeNow(place);
    },
    start: ({ run, intervals }) => {
      runs = buildPlaceRuns(
        (place, signal) => runReported(deps, { name: 'place', about: place }, () => run(place, signal)),
        { atOnce: placesAtOnce },
      );
      for (const place of early.values()) void runs.run(place);
      early.clear();
      stopIntervals = intervals.map(({ name, everyMs, isDueAtStart, run: runInterval }) => {
        const work = (signal: AbortSignal) => runReported(deps, { name }, () => runInterval(signal));
        return repeat({ clock, everyMs, isDueAtStart, work, onError: () => undefined });
      });
    },
    stop: async () => {
      stopping.abort();
      delayed.stop();
      await Promise.all([runs?.stop(), ...stopIntervals.map((stop) => stop())]);
    },
  };
}
