import { afterEach, beforeEach, expect, test } from 'vitest';
import { startRedis, type TestRedis } from '#test/support/programs/redis.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { type OpenJobs, open } from './suites/backends.ts';
import { newPlace, startRuns } from './suites/runs.ts';

let redis: TestRedis;
let opened: OpenJobs;

beforeEach(async () => {
  redis = await startRedis();
  opened = await open({ redisUrl: redis.url });
});
afterEach(async () => {
  await opened.close();
  await redis.stop();
});

/** How long the call itself took. */
function measureWake(place: ReturnType<typeof newPlace>): number {
  const startMs = performance.now();
  opened.jobs.wake(place);
  return performance.now() - startMs;
}

test('while Redis is gone, a wake-up neither waits nor throws, and runs here; intervals go on', async () => {
  const sweeps: number[] = [];
  const work = async () => void sweeps.push(1);
  const runs = startRuns(opened, [{ name: 'sweep', everyMs: 60_000, work }]);
  await runs.untilIdle();
  await redis.kill();
  await waitUntil(() => opened.errors.length > 0, 'the loss to be noticed');
  for (const place of [newPlace(), newPlace()]) {
    expect(measureWake(place)).toBeLessThan(100);
    await runs.untilBegun(place, 1);
  }
  opened.clock.advanceSeconds(60);
  await waitUntil(() => sweeps.length === 1, 'the sweep');
  // One outage is one line of the log.
  expect(opened.warned).toHaveLength(1);
});

test('while Redis hangs, a wake-up does not wait for it, and runs here when no answer comes', async () => {
  const runs = startRuns(opened);
  await runs.untilIdle();
  redis.hang();
  const place = newPlace();
  for (let n = 0; n < 50; n += 1) expect(measureWake(place)).toBeLessThan(100);
  await runs.untilBegun(place, 1);
  redis.goOn();
});

test('after an hour without Redis and an empty new one, wake-ups go through it again', async () => {
  const runs = startRuns(opened);
  await runs.untilIdle();
  await redis.kill();
  await waitUntil(() => opened.errors.length > 0, 'the loss to be noticed');
  opened.clock.advanceSeconds(3600);
  await redis.start();
  // From a process that does not work, so that only Redis can carry it.
  const web = await open({ redisUrl: redis.url, isWorker: false });
  const place = newPlace();
  web.jobs.wake(place);
  await runs.untilBegun(place, 1);
  await web.close();
});

test('a run in progress when Redis dies goes on, and a wake-up during it runs once more', async () => {
  const runs = startRuns(opened);
  const place = newPlace();
  const held = runs.hold(place);
  opened.jobs.wake(place);
  await runs.untilBegun(place, 1);
  await redis.kill();
  await waitUntil(() => opened.errors.length > 0, 'the loss to be noticed');
  opened.jobs.wake(place);
  await opened.clock.sleep(200);
  expect(runs.countOf(place)).toBe(1);
  expect(held.signal()?.aborted).toBe(false);
  held.letGo();
  await runs.untilBegun(place, 2);
  expect(runs.mostAtOnce()).toBe(1);
});

test('a stop ends while Redis is gone, and while it hangs', async () => {
  const hanging = await startRedis();
  const other = await open({ redisUrl: hanging.url });
  const runs = [startRuns(opened), startRuns(other)];
  await Promise.all(runs.map((each) => each.untilIdle()));
  await redis.kill();
  hanging.hang();
  expect(measureWake(newPlace())).toBeLessThan(100);
  other.jobs.wake(newPlace());
  await Promise.all([opened.jobs.stop(), other.jobs.stop()]);
  hanging.goOn();
  await other.close();
  await hanging.stop();
});
