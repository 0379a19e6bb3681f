import type { Clock } from '#server/clock.ts';
import type { SyncPlace } from '#server/sync-place.ts';
import { buildDelayedWakes } from './delayed-wakes.ts';
import { type Jobs, toPlaceKey } from './jobs.ts';
import { buildPlaceRuns, type PlaceRuns, placesAtOnce } from './place-runs.ts';
import { type Reporting, runReported } from './run-reported.ts';
import { startIntervals } from './start-intervals.ts';

/** For one process. It needs no Redis. Wake-ups are lost when it ends; the sweep at its next start finds what is due. */
export function buildInProcessJobs(deps: Reporting & { clock: Clock }): Jobs {
  /** Woken before the start. */
  const early = new Map<string, SyncPlace>();
  let isStopped = false;
  let runs: PlaceRuns | undefined;
  let stopIntervals = async (): Promise<void> => undefined;

  const wakeNow = (place: SyncPlace): void => {
    if (runs) void runs.run(place);
    else early.set(toPlaceKey(place), place);
  };
  const delayed = buildDelayedWakes(deps.clock, wakeNow);
  return {
    wake: (place, { afterMs = 0 } = {}) => {
      if (isStopped) return;
      if (afterMs > 0) return delayed.add(place, afterMs);
      delayed.drop(place);
      wakeNow(place);
    },
    start: ({ run, intervals }) => {
      if (isStopped) return;
      runs = buildPlaceRuns(
        (place, signal) => runReported(deps, { name: 'place', about: place }, () => run(place, signal)),
        { atOnce: placesAtOnce },
      );
      for (const place of early.values()) void runs.run(place);
      early.clear();
      stopIntervals = startIntervals(deps, intervals);
    },
    stop: async () => {
      isStopped = true;
      delayed.stop();
      await Promise.all([runs?.stop(), stopIntervals()]);
    },
  };
}
