import { randomUUID } from 'node:crypto';
import { everyRealMs } from '#server/every-real-ms.ts';
import { AppError } from '#shared/app-error.ts';
import type { Cache } from './cache.ts';
import { type FlightEnd, formatFlightEnd, parseFlightEnd } from './flight-end.ts';

export type Flight<T> = {
  /** Loads the value, stores it where `read` finds it, and returns it. */
  load(): Promise<T>;
  /**
   * Returns what another process has loaded, or undefined when there is nothing recent enough for this caller. The
   * caller decides what is recent enough: Refresh must not be answered with older figures.
   */
  read(): Promise<T | undefined>;
};

/**
 * Runs one load of a key at a time, across all processes. Callers in one process share one promise. One process holds a
 * lock and loads; the others wait for its message or for its lock to end, and then `read`. If `load` fails with a
 * catalogue code, the waiting callers fail with the same code and do not load. While the cache is unavailable, or after
 * `waitMs`, a caller loads on its own: more calls, but always an answer.
 */
export type SingleFlight = <T>(key: string, flight: Flight<T>) => Promise<T>;

export type SingleFlightOptions = {
  /** The owner name for locks; by default a name unique to this process. */
  owner?: string;
  /** If a process dies, its lock makes the others wait for this long. A running process renews it. */
  lockMs?: number;
  /** How often waiting callers check on their own, because a message can get lost. */
  pollMs?: number;
  /** After this long, a waiting caller loads on its own. Longer than the slowest load. */
  waitMs?: number;
};

type Settings = Required<SingleFlightOptions> & { cache: FlightCache };
type FlightCache = Pick<Cache, 'lock' | 'extend' | 'unlock' | 'publish' | 'subscribe'>;

export function buildSingleFlight(cache: FlightCache, options: SingleFlightOptions = {}): SingleFlight {
  const settings = { cache, owner: randomUUID(), lockMs: 10_000, pollMs: 1_000, waitMs: 60_000, ...options };
  const flights = new Map<string, Promise<unknown>>();
  return <T>(key: string, flight: Flight<T>): Promise<T> => {
    const known = flights.get(key);
    // A key names one question, so its value always has the same type.
    if (known !== undefined) return known as Promise<T>;
    const started = fly(settings, `flight:${key}`, flight).finally(() => flights.delete(key));
    flights.set(key, started);
    return started;
  };
}

async function fly<T>(settings: Settings, key: string, flight: Flight<T>): Promise<T> {
  const hasLock = await tryLock(settings, key);
  if (hasLock === 'cache_away') return flight.load();
  return hasLock ? loadUnderLock(settings, key, flight) : waitForOther(settings, key, flight);
}

function tryLock({ cache, owner, lockMs }: Settings, key: string): Promise<boolean | 'cache_away'> {
  return cache.lock(key, owner, lockMs).catch(() => 'cache_away' as const);
}

async function loadUnderLock<T>(settings: Settings, key: string, flight: Flight<T>): Promise<T> {
  const { cache, owner, lockMs } = settings;
  // If the cache becomes unavailable, the lock is lost and the load continues.
  const stopRenewing = everyRealMs(lockMs / 3, () => void cache.extend(key, owner, lockMs).catch(() => false));
  const end = async (message: FlightEnd): Promise<void> => {
    stopRenewing();
    // Unlock before sending the message, because a caller that hears it may need the lock.
    await cache.unlock(key, owner).catch(() => undefined);
    await cache.publish(key, formatFlightEnd(message)).catch(() => undefined);
  };
  try {
    // Another process may have finished its load between this caller's read and its lock.
    const value = (await tryRead(flight)) ?? (await flight.load());
    await end({ isLoaded: true });
    return value;
  } catch (error) {
    await end({ isLoaded: false, error: error instanceof AppError ? error : undefined });
    throw error;
  }
}

async function waitForOther<T>(settings: Settings, key: string, flight: Flight<T>): Promise<T> {
  const { cache, pollMs, waitMs } = settings;
  const ends = buildInbox();
  const stop = await cache.subscribe(key, (message) => ends.put(parseFlightEnd(message))).catch(() => undefined);
  try {
    const untilMs = performance.now() + waitMs;
    while (performance.now() < untilMs) {
      // Read after listening began, so that no end is missed in between.
      const value = await tryRead(flight);
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
}

/** If the cache becomes unavailable between lock and read, the load goes on. */
async function tryRead<T>(flight: Flight<T>): Promise<T | undefined> {
  try {
    return await flight.read();
  } catch (error) {
    if (error instanceof AppError && error.code === 'unavailable') return undefined;
    throw error;
  }
}

/** Keeps the last message until somebody asks. A caller waits at most the given time. */
function buildInbox() {
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
          // Real time: another process's load does not follow the test clock.
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
}
