import { LRUCache } from 'lru-cache';
import type { Cache } from '../cache.ts';
import { buildMemoryChannels } from './channels.ts';
import { buildMemoryGovernor } from './governor.ts';
import { buildMemoryLocks } from './locks.ts';

/** Bytes that values and keys may take together; the least recently read go first. */
const maxBytes = 256 * 1024 * 1024;

/** A text in memory takes two bytes a character once it holds anything beyond Latin-1. */
const bytesPerCharacter = 2;

/** The cache of one process alone. Losing it at the end of the process is what a cache may do. */
export const buildMemoryCache = (onError: (error: unknown) => void): Cache => {
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
      // A lifetime of 0 would mean "for ever" to lru-cache.
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
};
