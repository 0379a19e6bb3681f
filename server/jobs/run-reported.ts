import type { Clock } from '#server/clock.ts';
import type { Log } from '#server/deps.ts';
import type { JobEnd } from './jobs.ts';

export type Reporting = {
  clock: Pick<Clock, 'steadyMs'>;
  log: Pick<Log, 'warn'>;
  /** Receives every end of work, for the metrics. */
  onEnd(end: JobEnd): void;
};

/** Does the work and reports how it ended. Never rejects: a failure is logged, and the sweep finds what is still due. */
export async function runReported(
  { clock, log, onEnd }: Reporting,
  job: { name: string; about?: object },
  work: () => Promise<void>,
): Promise<void> {
  const startMs = clock.steadyMs();
  let isFailed = false;
  try {
    await work();
  } catch (err) {
    isFailed = true;
    log.warn({ err, job: job.name, ...job.about }, 'a job failed and runs again when it is next due');
  }
  onEnd({ job: job.name, isFailed, durationMs: clock.steadyMs() - startMs });
}
