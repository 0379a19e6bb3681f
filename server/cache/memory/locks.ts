export type MemoryLocks = {
  lock(key: string, owner: string, ttlMs: number): boolean;
  extend(key: string, owner: string, ttlMs: number): boolean;
  unlock(key: string, owner: string): void;
};

type Lock = { owner: string; untilMs: number };

/** Expired locks are removed once this many are remembered. */
const sweepAt = 1_000;

/**
 * Locks that expire by the process's own steady clock. They are kept apart from the values, so that eviction never
 * frees one.
 */
export function buildMemoryLocks(): MemoryLocks {
  const locks = new Map<string, Lock>();

  const findRunning = (key: string): Lock | undefined => {
    const lock = locks.get(key);
    return lock !== undefined && lock.untilMs > performance.now() ? lock : undefined;
  };
  const put = (key: string, owner: string, ttlMs: number): true => {
    if (locks.size >= sweepAt) for (const known of locks.keys()) if (!findRunning(known)) locks.delete(known);
    locks.set(key, { owner, untilMs: performance.now() + ttlMs });
    return true;
  };
  return {
    lock: (key, owner, ttlMs) => (findRunning(key)?.owner ?? owner) === owner && put(key, owner, ttlMs),
    extend: (key, owner, ttlMs) => findRunning(key)?.owner === owner && put(key, owner, ttlMs),
    unlock: (key, owner) => {
      if (locks.get(key)?.owner === owner) locks.delete(key);
    },
  };
}
