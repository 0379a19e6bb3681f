import { LRUCache } from 'lru-cache';
import type { Cache } from '../cache.ts';
import { buildMemoryChannels } from './channels.ts';
import { buildMemoryGovernor } from './governor.ts';
import { buildMemoryLocks } from './locks.ts';

/** Most bytes for keys and values together. Beyond this, the least recently read values are dropped. */
const maxBytes = 256 * 1024 * 1024;

/** A string with a character beyond Latin-1 takes two bytes per character in memory. */
const bytesPerCharacter = 2;

/** The cache of a single process, lost when the process ends. */
export function buildMemoryCache(onError: (error: unknown) => void): Cache {
  const values = new LRUCache<string, string>({
    maxSize: maxBytes,
    sizeCalculation: (value, key) => bytesPerCharacter * (value.length + key.length) + 1,
  });
  const { lock, extend, unlock } = buildMemoryLocks();
  const channels = buildMemoryChannels(onError);
  return {
    get: async (key) => values.get(key),
    getMany: async (keys) => keys.map((key) => values.get(key)),
    setIf: async (guard, entries, ttlSeconds) => {
      if (values.get(guard.key) !== guard.value) return false;
      for (const [key, value] of entries) values.set(key, value, { ttl: ttlSeconds * 1_000 });
      return true;
    },
    set: async (key, value, ttlSeconds) => {
      // lru-cache takes a TTL of 0 as "never expires".
      if (ttlSeconds > 0) values.set(key, value, { ttl: ttlSeconds * 1_000 });
      else values.delete(key);
    },
    delete: async (key) => {
      values.delete(key);
    },
    lock: async (key, owner, ttlMs) => lock(key, owner, ttlMs),
    extend: async (key, owner, ttlMs) => extend(key, owner, ttlMs),
    unlock: async (key, owner) => unlock(key, owner),
    publish: async (channel, message) => channels.publish(channel, message),
    subscribe: async (channel, listener) => channels.subscribe(channel, listener),
    onInterrupted: () => () => undefined,
    governor: buildMemoryGovernor(),
    ping: async () => undefined,
    close: async () => {
      values.clear();
      channels.clear();
    },
  };
}
