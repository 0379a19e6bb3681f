import { randomUUID } from 'node:crypto';
import { AppError } from '#shared/app-error.ts';
import type { Cache } from './cache.ts';
import { type FlightEnd, formatFlightEnd, parseFlightEnd } from './flight-end.ts';

export type Flight<T> = {
  /** Fetches, stores where `read` finds it, and answers. */
  load(): Promise<T>;
  /**
   * What another process has loaded: undefined while there is nothing, or nothing new enough for this caller. The
   * caller decides what is new enough, so that Refresh is not answered with figures from before it.
   */
  read(): Promise<T | undefined>;
};

/**
 * One load of a key at a time, over all processes. Callers in one process share one promise. Of several processes one
 * holds a lock and loads; the others wait for its message, or for its lock to end, and then `read`. Where `load`
 * fails with a code of the catalogue, those who waited fail with the same code and ask nobody. While the cache is
 * away, or when waiting takes longer than `waitMs`, the caller loads by itself: more calls, never no answer.
 */
export type SingleFlight = <T>(key: string, flight: Flight<T>) => Promise<T>;

export type SingleFlightOptions = {
  /** Who holds the locks; the default is a name of this process's own. */
  owner?: string;
  /** How long the lock of a process that died keeps the others waiting; a living one renews it. */
  lockMs?: number;
  /** How often those who wait look for themselves, as a message can get lost. */
  pollMs?: number;
  /** After this long a waiter loads by itself; more than the slowest load takes. */
  waitMs?: number;
};

type Settings = Required<SingleFlightOptions> & { cache: FlightCache };
type FlightCache = Pick<Cache, 'lock' | 'extend' | 'unlock' | 'publish' | 'subscribe'>;

export const buildSingleFlight = (cache: FlightCache, options: SingleFlightOptions = {}): SingleFlight => {
  const settings = { cache, owner: randomUUID(), lockMs: 10_000, pollMs: 1_000, waitMs: 60_000, ...options };
  const flights = new Map<string, Promise<unknown>>();
  return <T>(key: string, flight: Flight<T>): Promise<T> => {
    const known = flights.get(key);
    // A key always carries the same type: it names one question.
    if (known !== undefined) return known as Promise<T>;
    const started = fly(settings, `flight:${key}`, flight).finally(() => flights.delete(key));
    flights.set(key, started);
    return started;
  };
};

const fly = async <T>(settings: Settings, key: string, flight: Flight<T>): Promise<T> => {
  const hasLock = await tryLock(settings, key);
  if (hasLock === 'cache_away') return flight.load();
  return hasLock ? loadUnderLock(settings, key, flight) : waitForOther(settings, key, flight);
};

const tryLock = ({ cache, owner, lockMs }: Settings, key: string): Promise<boolean | 'cache_away'> =>
  cache.lock(key, owner, lockMs).catch(() => 'cache_away' as const);

const loadUnderLock = async <T>(settings: Settings, key: string, flight: Flight<T>): Promise<T> => {
  const { cache, owner, lockMs } = settings;
  // Real time: the lock lapses by the cache's own clock. A cache that goes away takes it along; the load goes on.
  const renewal = setInterval(() => void cache.extend(key, owner, lockMs).catch(() => false), lockMs / 3).unref();
  const end = async (message: FlightEnd): Promise<void> => {
    clearInterval(renewal);
    // First the lock, then the message: who hears it may have to take the lock.
    await cache.unlock(key, owner).catch(() => undefined);
    await cache.publish(key, formatFlightEnd(message)).catch(() => undefined);
  };
  try {
    // Another process may have ended its load between this caller's look and the lock.
    const value = (await look(flight)) ?? (await flight.load());
    await end({ isLoaded: true });
    return value;
  } catch (error) {
    await end({ isLoaded: false, error: error instanceof AppError ? error : undefined });
    throw error;
  }
};

const waitForOther = async <T>(settings: Settings, key: string, flight: Flight<T>): Promise<T> => {
  const { cache, pollMs, waitMs } = settings;
  const ends = buildInbox();
  const stop = await cache.subscribe(key, (message) => ends.put(parseFlightEnd(message))).catch(() => undefined);
  try {
    const untilMs = performance.now() + waitMs;
    while (performance.now() < untilMs) {
      // Looked for after listening began, so that no end falls between the two.
      const value = await look(flight);
      if (value !== undefined) return value;
      const hasLock = await tryLock(settings, key);
      if (hasLock === 'cache_away') break;
      if (hasLock) return await loadUnderLock(settings, key, flight);
      const end = await ends.take(pollMs);
      if (end?.error !== undefined) throw end.error;
    }
    return await flight.load();
  } finally {
    await stop?.().catch(() => undefined);
  }
};

/** A cache that goes away between lock and look holds nobody up. */
const look = async <T>(flight: Flight<T>): Promise<T | undefined> => {
  try {
    return await flight.read();
  } catch (error) {
    if (error instanceof AppError && error.code === 'unavailable') return undefined;
    throw error;
  }
};

/** Holds the last message until somebody asks; who asks waits so long at most. */
const buildInbox = () => {
  let latest: FlightEnd | undefined;
  let wake = (): void => undefined;
  return {
    put: (end: FlightEnd): void => {
      latest = end;
      wake();
    },
    take: async (timeoutMs: number): Promise<FlightEnd | undefined> => {
      if (latest === undefined) {
        await new Promise<void>((resolve) => {
          // Real time: another process's load takes as long as it takes.
          const timer = setTimeout(resolve, timeoutMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      const end = latest;
      latest = undefined;
      return end;
    },
  };
};
