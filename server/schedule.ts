import type { Clock } from './clock.ts';
import type { Log } from './deps.ts';
import { repeat } from './repeat.ts';

/** Work that nobody asks for: it runs every so often, in each process. What only one may do is settled in the store. */
export type Job = {
  /** Names the job in the log. */
  name: string;
  everyMs: number;
  /** Also at once, when the process starts. */
  isDueAtStart?: boolean;
  /** The signal says that the process stops. What is thrown is logged, and the job runs again when it is next due. */
  work: (signal: AbortSignal) => Promise<unknown>;
};

/** Runs the jobs beside each other, each never twice at once. Answers how to stop, which waits for what runs. */
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
