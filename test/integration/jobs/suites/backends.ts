import { randomUUID } from 'node:crypto';
import { openCache } from '#server/cache/open-cache.ts';
import type { JobEnd, Jobs } from '#server/jobs/jobs.ts';
import { openJobs } from '#server/jobs/open-jobs.ts';
import { startRedis } from '#test/support/programs/redis.ts';
import { buildMovingClock, type MovingClock } from '#test/support/world/moving-clock.ts';

/** One process's jobs, with what they reported. */
export type OpenJobs = {
  jobs: Jobs;
  clock: MovingClock;
  ends: JobEnd[];
  warned: unknown[];
  /** Errors that belong to no call. */
  errors: unknown[];
  close(): Promise<void>;
};

export type JobsBackend = {
  name: string;
  start(): Promise<{ open(): Promise<OpenJobs>; stop(): Promise<void> }>;
};

export type OpenOptions = { redisUrl?: string; isWorker?: boolean; lockMs?: number };

export async function open({ redisUrl, isWorker = true, lockMs }: OpenOptions = {}): Promise<OpenJobs> {
  const ends: JobEnd[] = [];
  const warned: unknown[] = [];
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  const clock = buildMovingClock();
  const cache = await openCache({ redisUrl, onError: () => undefined });
  const jobs = await openJobs({
    ...{ redisUrl, isWorker, clock, cache, onError },
    ...(lockMs !== undefined && { lockMs }),
    processId: randomUUID(),
    log: { warn: (...told: unknown[]) => void warned.push(told[0]) },
    onEnd: (end) => void ends.push(end),
  });
  const close = async () => {
    await jobs.stop();
    await cache.close();
  };
  return { jobs, clock, ends, warned, errors, close };
}

export const jobsBackends: readonly JobsBackend[] = [
  { name: 'one process', start: async () => ({ open, stop: async () => undefined }) },
  {
    name: 'BullMQ',
    start: async () => {
      const redis = await startRedis();
      return {
        open: async () => {
          // Nothing of the test before.
          await redis.forget('ledgerside');
          return open({ redisUrl: redis.url });
        },
        stop: redis.stop,
      };
    },
  },
];
