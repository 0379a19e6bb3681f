import type { CacheOptions } from '#server/cache/open-cache.ts';
import { startRedis } from '#test/support/programs/redis.ts';

/** What each implementation is opened with. Tests use keys of their own. */
export type CacheBackend = {
  name: string;
  start(): Promise<{ options: CacheOptions; stop(): Promise<void> }>;
};

function failOnStray(error: unknown): never {
  throw error;
}

export const cacheBackends: readonly CacheBackend[] = [
  { name: 'memory', start: async () => ({ options: { onError: failOnStray }, stop: async () => undefined }) },
  {
    name: 'Redis',
    start: async () => {
      const redis = await startRedis();
      return { options: { redisUrl: redis.url, onError: failOnStray }, stop: redis.stop };
    },
  },
];
