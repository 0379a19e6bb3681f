import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ChildScript, startScript } from '#test/support/programs/child-script.ts';
import { startRedis, type TestRedis } from '#test/support/programs/redis.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { noonMs } from './suites/governor.ts';

const processCount = 4;
/** Processes that a test ends. */
const otherCount = 3;

describe('governor over several processes', () => {
  let redis: TestRedis;
  let scripts: ChildScript[];

  beforeAll(async () => {
    redis = await startRedis();
    scripts = Array.from({ length: processCount + otherCount }, () =>
      startScript('test/integration/cache/scripts/enter-governor.ts', [redis.url]),
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

  test('exactly five of 200 calls from four processes enter at once', async () => {
    const limits = { inFlight: 5, perMinute: 60, perDay: 1_000 };
    expect(await admitOver(limits, noonMs, randomUUID())).toBe(5);
  });

  test('a killed process’s slots expire within 25 seconds, others stay', async () => {
    const [dying, living, late] = scripts.splice(-3);
    if (!dying || !living || !late) throw new Error('too few processes');
    const organisationId = randomUUID();
    const limits = { inFlight: 5, perMinute: 1_000_000, perDay: 1_000_000 };
    const enter = async (script: ChildScript, calls: number) => {
      script.tell({ organisationId, calls, nowMs: noonMs, limits });
      return script.read();
    };
    expect([await enter(dying, 2), await enter(living, 5)]).toEqual([2, 3]);
    await dying.kill();
    const killedMs = performance.now();
    let entered = 0;
    await waitUntil(async () => {
      entered += Number(await enter(late, 1));
      return entered === 2;
    }, 'both places to be free');
    expect((performance.now() - killedMs) / 1000).toBeLessThan(25);
    // By now, slots without a heartbeat would have expired.
    expect(await enter(late, 3)).toBe(0);
    await Promise.all([living.kill(), late.kill()]);
  }, 60_000);

  test('exactly sixty enter in a minute, and sixty more after it', async () => {
    const organisationId = randomUUID();
    const limits = { inFlight: 1_000, perMinute: 60, perDay: 1_000 };
    expect(await admitOver(limits, noonMs, organisationId)).toBe(60);
    expect(await admitOver(limits, noonMs + 60_000, organisationId)).toBe(0);
    expect(await admitOver(limits, noonMs + 61_000, organisationId)).toBe(60);
  });

  test('exactly as many calls enter as the day allows', async () => {
    const limits = { inFlight: 1_000, perMinute: 1_000, perDay: 123 };
    expect(await admitOver(limits, noonMs, randomUUID())).toBe(123);
  });
});
