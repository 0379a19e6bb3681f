import { buildInProcessJobs } from '#server/jobs/in-process.ts';
import type { JobEnd, Jobs } from '#server/jobs/jobs.ts';
import { buildMovingClock, type MovingClock } from '#test/support/world/moving-clock.ts';

/** One process's jobs, with what they reported. */
export type OpenJobs = { jobs: Jobs; clock: MovingClock; ends: JobEnd[]; warned: unknown[] };

export type JobsBackend = {
  name: string;
  start(): Promise<{ open(): Promise<OpenJobs>; stop(): Promise<void> }>;
};

export function buildReporting(): Omit<OpenJobs, 'jobs'> & {
  onEnd(end: JobEnd): void;
  log: { warn(...told: unknown[]): void };
} {
  const ends: JobEnd[] = [];
  const warned: unknown[] = [];
  const log = { warn: (...told: unknown[]) => void warned.push(told[0]) };
  return { clock: buildMovingClock(), ends, warned, log, onEnd: (end) => void ends.push(end) };
}

export const jobsBackends: readonly JobsBackend[] = [
  {
    name: 'one process',
    start: async () => ({
      open: async () => {
        const reporting = buildReporting();
        return { ...reporting, jobs: buildInProcessJobs(reporting) };
      },
      stop: async () => undefined,
    }),
  },
];
