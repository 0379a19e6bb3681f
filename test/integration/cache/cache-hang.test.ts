import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cache } from '#server/cache/cache.ts';
import { openCache } from '#server/cache/open-cache.ts';
import { buildSingleFlight } from '#server/cache/single-flight.ts';
import { startRedis, type TestRedis } from '#test/support/programs/redis.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { limits, noonMs } from './suites/governor.ts';

/** A Redis that accepts commands and answers none. One call may wait to find that out; the others must not. */
let redis: TestRedis;
let cache: Cache;

beforeAll(async () => {
  redis = await startRedis();
  cache = await openCache({ redisUrl: redis.url, onError: () => undefined });
});
afterAll(async () => {
  redis.goOn();
  await cache.close();
  await redis.stop();
});

function isBack(): Promise<boolean> {
  return cache.ping().then(
    () => true,
    () => false,
  );
}
function codeOf(call: Promise<unknown>) {
  return call.then(
    () => 'answered',
    (error: unknown) => (error as { code?: string }).code,
  );
}

/** The seconds that this costs a request. */
async function measure(work: () => Promise<unknown>): Promise<number> {
  const beganMs = performance.now();
  await work();
  return (performance.now() - beganMs) / 1000;
}

/** Every kind of use, as a view or a webhook runs them one after the other. */
const steps: readonly (() => Promise<unknown>)[] = [
  () => cache.get('kept'),
  () => cache.getMany(['kept', 'other']),
  () => cache.set('kept', 'value', 60),
  () => cache.setIf({ key: 'kept', value: 'value' }, [['kept', 'newer']], 60),
  () => cache.delete('other'),
  () => cache.lock('lock', 'me', 1_000),
  () => cache.extend('lock', 'me', 1_000),
  () => cache.unlock('lock', 'me'),
  () => cache.publish('channel', 'message'),
  () => cache.subscribe('channel', () => undefined),
  () => cache.governor.tryEnter('organisation', noonMs, limits),
  () => cache.governor.leave('organisation', 'slot', noonMs),
  () => cache.governor.usage('organisation', noonMs),
  () => cache.ping(),
];

describe('when Redis hangs', () => {
  const [key, lock, channel, lateChannel] = Array.from({ length: 4 }, () => randomUUID()) as [
    string,
    string,
    string,
    string,
  ];
  const heard: string[] = [];
  const heardLate: string[] = [];

  beforeAll(async () => {
    await cache.set(key, 'value', 60);
    await cache.subscribe(channel, (message) => heard.push(message));
    // Redis knows the lock's script from here on, as after some time in production.
    await cache.lock(key, 'me', 60_000);
    redis.hang();
  });

  test('then all that wait for it are given up together, after one deadline', async () => {
    const first = codeOf(cache.get('first'));
    const asked: Promise<unknown>[] = [
      codeOf(cache.lock(lock, 'me', 60_000)),
      codeOf(cache.subscribe(lateChannel, (message) => heardLate.push(message))),
    ];
    const isOver = first.then(() => true);
    const seconds = await measure(async () => {
      // Calls that arrive throughout the timeout.
      while (!(await Promise.race([isOver, nextTurn()]))) if (asked.length < 2_000) asked.push(codeOf(cache.get(key)));
      await Promise.all(asked);
    });
    expect(new Set(await Promise.all(asked))).toEqual(new Set(['unavailable']));
    expect(seconds).toBeLessThan(3.5);
  });

  test('later calls do not wait', async () => {
    const codes: unknown[] = [];
    const seconds = await measure(async () => {
      for (const step of steps) codes.push(await codeOf(step()));
      const flight = { read: () => cache.get('figures'), load: async () => 'loaded' };
      expect(await buildSingleFlight(cache)('figures', flight)).toBe('loaded');
    });
    expect(codes).toEqual(steps.map(() => 'unavailable'));
    expect(seconds).toBeLessThan(1);
  });

  test('then a process that starts says so, and one that stops is not held up', async () => {
    redis.goOn();
    await waitUntil(isBack, 'Redis to be back');
    const other = await openCache({ redisUrl: redis.url, onError: () => undefined });
    redis.hang();
    const opened = openCache({ redisUrl: redis.url, onError: () => undefined });
    const seconds = await measure(() => other.close());
    expect(seconds).toBeLessThan(5);
    await expect(opened).rejects.toThrow('Redis could not be reached: Redis did not answer in time');
  });

  test('replaces connections after a while, in case Redis is gone', async () => {
    let interruptions = 0;
    const stop = cache.onInterrupted(() => {
      interruptions += 1;
    });
    await waitUntil(() => interruptions > 0, 'the connection to be given up', 60_000);
    stop();
  }, 90_000);

  test('finds earlier values and listeners once Redis answers again', async () => {
    redis.goOn();
    await waitUntil(isBack, 'Redis to be back', 60_000);
    expect(await cache.get(key)).toBe('value');
    await cache.publish(lateChannel, 'to nobody');
    await cache.publish(channel, 'after');
    await waitUntil(() => heard.length > 0, 'the message');
    expect(heard).toEqual(['after']);
    expect(heardLate).toEqual([]);
    // Redis took the lock late, and the answer was lost.
    expect(await cache.lock(lock, 'other', 60_000)).toBe(false);
    expect(await cache.lock(lock, 'me', 60_000)).toBe(true);
  }, 90_000);
});

test('a process that was busy itself does not take Redis for unavailable', async () => {
  await cache.set('kept', 'value', 60);
  const asked = cache.get('kept');
  // The command is sent before the process is suspended, and its reply waits.
  await nextTurn();
  const untilMs = performance.now() + 2_500;
  while (performance.now() < untilMs);
  expect(await asked).toBe('value');
  expect(await cache.get('kept')).toBe('value');
});

function nextTurn(): Promise<false> {
  return new Promise((resolve) => setImmediate(() => resolve(false)));
}
