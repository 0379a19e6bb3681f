import type { Clock } from '#server/clock.ts';
import { buildClaim, type ClaimDeps } from '../claim-interval.ts';
import { buildDelayedWakes } from '../delayed-wakes.ts';
import type { Jobs, Work } from '../jobs.ts';
import { buildPlaceRuns, type PlaceRuns, placesAtOnce } from '../place-runs.ts';
import { type Reporting, runReported } from '../run-reported.ts';
import { startIntervals } from '../start-intervals.ts';
import { openPlaceQueue, type QueueOptions } from './queue.ts';
import { buildWakeSender } from './send-wakes.ts';

export type BullmqOptions = Reporting & { clock: Clock } & Omit<ClaimDeps, 'clock'> &
  QueueOptions & { isWorker: boolean };

/**
 * For several processes. BullMQ carries wake-ups to a process that works, lets one process at a time run a place, and
 * gives the places of a dead process to another one. Delays stay in the process that asked for them, because BullMQ
 * measures its own by the time of day.
 *
 * While Redis is away, each process runs what it is woken for by itself. Then two processes may run one place at the
 * same time; the leases in the rows keep them apart.
 */
export async function openBullmqJobs(options: BullmqOptions): Promise<Jobs> {
  const { clock, isWorker } = options;
  const queue = await openPlaceQueue(options);
  let isStopping = false;
  let runs: PlaceRuns | undefined;
  let stopIntervals = async (): Promise<void> => undefined;
  const sender = buildWakeSender(
    { add: queue.add, onAway: (err) => options.log.warn({ err }, 'wake-ups cannot be queued') },
    (place) => void runs?.run(place),
  );
  const delayed = buildDelayedWakes(clock, sender.send);

  const begin = ({ run, intervals }: Work): void => {
    const own = buildPlaceRuns(
      (place, signal) => runReported(options, { name: 'place', about: place }, () => run(place, signal)),
      { atOnce: placesAtOnce },
    );
    runs = own;
    queue.work(async (place, signal) => {
      await own.run(place, signal);
      if (!isStopping) return;
      // The stop has cut the run short. Another process goes on with it at once.
      sender.send(place);
      await sender.untilSent();
    }, placesAtOnce);
    stopIntervals = startIntervals({ ...options, claim: buildClaim(options) }, intervals);
  };
  const end = async (): Promise<void> => {
    isStopping = true;
    delayed.stop();
    await Promise.all([runs?.stop(), stopIntervals()]);
    await queue.close(sender.untilSent);
  };
  let ended: Promise<void> | undefined;
  return {
    wake: (place, { afterMs = 0 } = {}) => {
      if (isStopping) return;
      if (afterMs > 0) return delayed.add(place, afterMs);
      delayed.drop(place);
      sender.send(place);
    },
    start: (work) => {
      if (isWorker && !isStopping) begin(work);
    },
    stop: () => {
      ended ??= end();
      return ended;
    },
  };
}
