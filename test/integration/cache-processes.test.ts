import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ChildScript, startScript } from '#test/support/child-script.ts';
import { startRedis, type TestRedis } from '#test/support/redis.ts';
import { noonMs } from './cache-suites/governor.ts';

const processCount = 4;

describe('governor over several processes', () => {
  let redis: TestRedis;
  let scripts: ChildScript[];

  beforeAll(async () => {
    redis = await startRedis();
    scripts = Array.from({ length: processCount }, () =>
      startScript('test/integration/scripts/enter-governor.ts', [redis.url]),
    );
    for (const script of scripts) expect(await script.read()).toBe('started');
  });
  afterAll(async () => {
    await Promise.all(scripts.map((script) => script.kill()));
    await redis.stop();
  });

  const admitOver = async (
    limits: { inFlight: number; perMinute: number; perDay: number },
    nowMs: number,
    organisationId: string,
  ) => {
    for (const script of scripts) script.tell({ organisationId, calls: 50, nowMs, limits });
    const admitted = await Promise.all(scripts.map((script) => script.read()));
    return admitted.reduce<number>((total, count) => total + Number(count), 0);
  };

  test('when 200 calls come at once from four processes, then exactly five go in', async () => {
    const limits = { inFlight: 5, perMinute: 60, perDay: 1_000 };
    expect(await admitOver(limits, noonMs, randomUUID())).toBe(5);
  });

  test('when nothing but the minute holds them, then exactly sixty go in, and sixty more after it', async () => {
    const organisationId = randomUUID();
    const limits = { inFlight: 1_000, perMinute: 60, perDay: 1_000 };
    expect(await admitOver(limits, noonMs, organisationId)).toBe(60);
    expect(await admitOver(limits, noonMs + 60_000, organisationId)).toBe(0);
    expect(await admitOver(limits, noonMs + 61_000, organisationId)).toBe(60);
  });

  test('when only the day holds them, then exactly as many go in', async () => {
    const limits = { inFlight: 1_000, perMinute: 1_000, perDay: 123 };
    expect(await admitOver(limits, noonMs, randomUUID())).toBe(123);
  });
});
