import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Cache } from '#server/cache/cache.ts';
import { buildSingleFlight, type Flight } from '#server/cache/single-flight.ts';
import { AppError } from '#shared/app-error.ts';

/** Two flights on one cache act like two processes. */
function countingFlight(cache: Cache, key: string, load: () => Promise<string>) {
  const counted = { loads: 0, reads: 0 };
  const flight: Flight<string> = {
    read: async () => {
      counted.reads += 1;
      return cache.get(key);
    },
    load: async () => {
      counted.loads += 1;
      const value = await load();
      await cache.set(key, value, 60);
      return value;
    },
  };
  return { counted, flight };
}

function buildGate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), opened };
}

export function singleFlightSuite(cache: () => Cache): void {
  describe('single flight', () => {
    test('one of many processes loads, and all get the value', async () => {
      const key = randomUUID();
      const { counted, flight } = countingFlight(cache(), key, async () => 'figures');
      const processes = Array.from({ length: 6 }, () => buildSingleFlight(cache()));
      const asked = processes.flatMap((fly) => [fly(key, flight), fly(key, flight)]);
      expect(new Set(await Promise.all(asked))).toEqual(new Set(['figures']));
      expect(counted.loads).toBe(1);
    });

    test('the end of a load wakes a waiting process', async () => {
      const key = randomUUID();
      const gate = buildGate();
      const { counted, flight } = countingFlight(cache(), key, () => gate.opened.then(() => 'figures'));
      // Polls so rarely that only the message can wake the second caller.
      const patient = { pollMs: 1_000_000, waitMs: 2_000_000 };
      const [first, second] = [buildSingleFlight(cache(), patient), buildSingleFlight(cache(), patient)];
      const loading = first(key, flight);
      const waiting = second(key, flight);
      gate.open();
      expect([await loading, await waiting]).toEqual(['figures', 'figures']);
      expect(counted.loads).toBe(1);
    });

    test('waiting callers fail with the load’s code and do not load', async () => {
      const key = randomUUID();
      const gate = buildGate();
      const failure = new AppError('xero_rate_limited', { retryAfterSeconds: 17, detail: 'for one only' });
      const { counted, flight } = countingFlight(cache(), key, () => gate.opened.then(() => Promise.reject(failure)));
      const [first, second] = [buildSingleFlight(cache()), buildSingleFlight(cache())];
      const loading = first(key, flight).catch((error: unknown) => error);
      const isWaiting = buildGate();
      const waiting = second(key, { ...flight, read: async () => void isWaiting.open() }).catch(
        (error: unknown) => error,
      );
      await isWaiting.opened;
      gate.open();
      expect(await loading).toBe(failure);
      expect(await waiting).toMatchObject({ code: 'xero_rate_limited', details: { retryAfterSeconds: 17 } });
      expect(await waiting).not.toMatchObject({ details: { detail: 'for one only' } });
      expect(counted.loads).toBe(1);
    });
  });
}

export function loneFlightSuite(cache: () => Cache): void {
  describe('single flight of one alone', () => {
    test('after a load, the next question loads again', async () => {
      const key = randomUUID();
      const fly = buildSingleFlight(cache());
      let count = 0;
      const flight: Flight<number> = { read: async () => undefined, load: async () => ++count };
      expect([await fly(key, flight), await fly(key, flight)]).toEqual([1, 2]);
    });

    test('another process loads after a dead process’s lock expires', async () => {
      const key = randomUUID();
      await cache().lock(`flight:${key}`, 'a dead process', 50);
      const { counted, flight } = countingFlight(cache(), key, async () => 'figures');
      expect(await buildSingleFlight(cache(), { pollMs: 10 })(key, flight)).toBe('figures');
      expect(counted.loads).toBe(1);
    });

    test('a caller that waited too long loads on its own', async () => {
      const key = randomUUID();
      await cache().lock(`flight:${key}`, 'a stuck process', 600_000);
      const { flight } = countingFlight(cache(), key, async () => 'figures');
      expect(await buildSingleFlight(cache(), { pollMs: 5, waitMs: 20 })(key, flight)).toBe('figures');
    });
  });
}
