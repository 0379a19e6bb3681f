import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cache } from '#server/cache/cache.ts';
import { openCache } from '#server/cache/open-cache.ts';
import { buildSingleFlight } from '#server/cache/single-flight.ts';
import { startRedis, type TestRedis } from '#test/support/programs/redis.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { limits, noonMs } from './suites/governor.ts';

const unavailable = expect.objectContaining({ name: 'AppError', code: 'unavailable', cause: expect.anything() });

describe('cache in a Redis that comes and goes', () => {
  let redis: TestRedis;
  let cache: Cache;
  const heard: unknown[] = [];
  const onError = (error: unknown): void => void heard.push(error);

  beforeAll(async () => {
    redis = await startRedis();
    cache = await openCache({ redisUrl: redis.url, onError });
  });
  afterAll(async () => {
    await cache.close();
    await redis.stop();
  });

  const isBack = (): Promise<boolean> =>
    cache.ping().then(
      () => true,
      () => false,
    );

  test('a killed Redis makes every call fail at once', async () => {
    await cache.set('kept', 'value', 60);
    await redis.kill();
    const outcomes = await Promise.allSettled([
      cache.get('kept'),
      cache.set('kept', 'value', 60),
      cache.delete('kept'),
      cache.lock('lock', 'me', 1_000),
      cache.extend('lock', 'me', 1_000),
      cache.unlock('lock', 'me'),
      cache.publish('channel', 'message'),
      cache.subscribe('channel', () => undefined),
      cache.governor.tryEnter('organisation', noonMs, limits),
      cache.governor.leave('organisation', 'slot', noonMs),
      cache.governor.usage('organisation', noonMs),
      cache.ping(),
    ]);
    for (const outcome of outcomes) expect(outcome).toEqual({ status: 'rejected', reason: unavailable });
    expect(heard).not.toEqual([]);
  });

  test('a load runs on its own while Redis is unavailable', async () => {
    const flight = { read: () => cache.get('figures'), load: async () => 'loaded' };
    expect(await buildSingleFlight(cache)('figures', flight)).toBe('loaded');
  });

  test('calls, scripts and earlier listeners work again after a restart', async () => {
    await redis.start();
    await waitUntil(isBack, 'Redis to be back');
    const channel = randomUUID();
    const messages: string[] = [];
    await cache.subscribe(channel, (message) => messages.push(message));

    await redis.kill();
    await redis.start();
    await waitUntil(isBack, 'Redis to be back again');

    expect(await cache.get('kept')).toBeUndefined();
    // The new Redis knows no scripts.
    expect(await cache.governor.tryEnter(randomUUID(), noonMs, limits)).toMatchObject({ isAdmitted: true });
    await cache.publish(channel, 'after');
    await waitUntil(() => messages.length > 0, 'the message');
    expect(messages).toEqual(['after']);
  });

  test('a load in progress still returns when Redis dies', async () => {
    const flight = {
      read: () => cache.get('figures'),
      load: async () => {
        await redis.kill();
        return 'loaded';
      },
    };
    expect(await buildSingleFlight(cache)('figures', flight)).toBe('loaded');
    await redis.start();
    await waitUntil(isBack, 'Redis to be back');
  });

  test('the cache reports a Redis that is missing at the start', async () => {
    const opened = openCache({ redisUrl: 'redis://:secret@127.0.0.1:1', onError });
    await expect(opened).rejects.toEqual(unavailable);
    await expect(opened).rejects.toThrow(/^Redis could not be reached: .*ECONNREFUSED/);
    await expect(opened).rejects.not.toThrow(/secret/);
  });
});
