import type { Cache } from '#server/cache/cache.ts';
import type { Clock } from '#server/clock.ts';
import { everyRealMs } from '#server/every-real-ms.ts';
import type { Job } from '#server/schedule.ts';
import type { Claim } from './start-intervals.ts';

export type ClaimDeps = {
  clock: Pick<Clock, 'now'>;
  cache: Pick<Cache, 'get' | 'set' | 'lock' | 'extend' | 'unlock'>;
  processId: string;
};

/** A process that dies lets go after this long, by the clock of Redis. */
const lockMs = 20_000;
const extendEveryMs = 5_000;
/** Timers of processes differ a little. */
const slack = 0.1;

/**
 * Claims intervals over several processes: one of them runs each time, and a slow run does not overlap the next one.
 * While Redis is away, every process claims. It never rejects.
 */
export function buildClaim({ clock, cache, processId }: ClaimDeps): Claim {
  const isDue = async ({ everyMs }: Job, key: string): Promise<boolean> => {
    const nowMs = clock.now().getTime();
    const last = await cache.get(key);
    const sinceMs = last === undefined ? Number.POSITIVE_INFINITY : nowMs - Number(last);
    // Negative: the clock was set back.
    if (sinceMs >= 0 && sinceMs < everyMs * (1 - slack)) return false;
    await cache.set(key, String(nowMs), (2 * everyMs) / 1000);
    return true;
  };
  const isOurs = async (interval: Job, key: string): Promise<boolean> => {
    if (!(await cache.lock(key, processId, lockMs))) return false;
    if (await isDue(interval, key)) return true;
    await cache.unlock(key, processId);
    return false;
  };
  return async (interval) => {
    const key = `interval:${interval.name}`;
    if (!(await isOurs(interval, key).catch(() => true))) return undefined;
    const stopExtending = everyRealMs(extendEveryMs, () => {
      cache.extend(key, processId, lockMs).catch(() => undefined);
    });
    return {
      release: async () => {
        stopExtending();
        await cache.unlock(key, processId).catch(() => undefined);
      },
    };
  };
}
