import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from '@fastify/rate-limit';
import { LRUCache } from 'lru-cache';
import type { Clock } from '#server/clock.ts';

type Count = { taken: number; endsMs: number };

/**
 * Counts for `@fastify/rate-limit`. The plugin's own store uses the time of day: if that were set back by an hour, a
 * minute's count would last an hour. The plugin expects a class, and a separate store (`child`) for each limit. Each
 * store remembers at most `most` keys and drops the least recently used first.
 */
export function buildSteadyLimitStore(clock: Pick<Clock, 'steadyMs'>, most: number): FastifyRateLimitStoreCtor {
  return class SteadyLimitStore implements FastifyRateLimitStore {
    readonly #counts = new LRUCache<string, Count>({ max: most });

    incr: FastifyRateLimitStore['incr'] = (key, callback, timeWindow) => {
      const nowMs = clock.steadyMs();
      const known = this.#counts.get(key);
      const running = known !== undefined && known.endsMs > nowMs ? known : { taken: 0, endsMs: nowMs + timeWindow };
      const count = { ...running, taken: running.taken + 1 };
      this.#counts.set(key, count);
      callback(null, { current: count.taken, ttl: count.endsMs - nowMs });
    };

    child = (): FastifyRateLimitStore => new SteadyLimitStore();
  };
}
