import type { Clock } from './clock.ts';
import type { Log } from './deps.ts';
import { repeat } from './repeat.ts';

/**
 * A background job. `startSchedule` runs it in each process; if only one process may do something, the store decides
 * which. The jobs room runs one in one process at a time.
 */
export type Job = {
  /** The job's name in the log, and in the metrics of the jobs room. */
  name: string;
  everyMs: number;
  /** Also run it at once, when the process starts. */
  isDueAtStart?: boolean;
  /** The signal aborts when the process stops. An error is logged, and the job runs again when it is next due. */
  work: (signal: AbortSignal) => Promise<unknown>;
};

/**
 * Runs the jobs in parallel, each never twice at the same time. Returns a function that stops them and waits for
 * running work.
 */
export function startSchedule(
  { clock, log }: { clock: Pick<Clock, 'sleep'>; log: Pick<Log, 'warn'> },
  jobs: readonly Job[],
): () => Promise<void> {
  const stops = jobs.map(({ name, everyMs, isDueAtStart = false, work }) => {
    const onError = (err: unknown) => log.warn({ err, job: name }, 'a job failed and runs again when it is next due');
    return repeat({ clock, everyMs, isDueAtStart, work, onError });
  });
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}
