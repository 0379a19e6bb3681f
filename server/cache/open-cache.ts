import type { Cache } from './cache.ts';
import { buildMemoryCache } from './memory/cache.ts';
import { openRedisCache } from './redis/cache.ts';

export type CacheOptions = {
  /** `redis://…` or `rediss://…`; absent: memory of this process. */
  redisUrl?: string | undefined;
  /** Hears of errors that belong to no call, such as a lost connection or a listener that throws. */
  onError(error: unknown): void;
};

/** Rejects with `unavailable` when Redis does not answer at the start; a later loss mends itself. */
export const openCache = async ({ redisUrl, onError }: CacheOptions): Promise<Cache> =>
  redisUrl === undefined ? buildMemoryCache(onError) : openRedisCache(redisUrl, onError);
