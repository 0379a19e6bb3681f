import type { Cache } from './cache.ts';
import { buildMemoryCache } from './memory/cache.ts';
import { openRedisCache } from './redis/cache.ts';

export type CacheOptions = {
  /** `redis://…` or `rediss://…`. Without it, the cache is this process's memory. */
  redisUrl?: string | undefined;
  /** Receives errors that belong to no call, such as a lost connection or a listener that throws. */
  onError(error: unknown): void;
};

/** Rejects with `unavailable` if Redis does not answer at the start. Later it reconnects on its own. */
export async function openCache({ redisUrl, onError }: CacheOptions): Promise<Cache> {
  return redisUrl === undefined ? buildMemoryCache(onError) : openRedisCache(redisUrl, onError);
}
