import { expect, test } from 'vitest';
import { buildMovingClock } from '#test/support/world/moving-clock.ts';
import { startSchedule } from './schedule.ts';

const minute = 60_000;

function start(work: () => Promise<unknown>, { isDueAtStart = false } = {}) {
  const clock = buildMovingClock();
  const warned: unknown[] = [];
  const log = { warn: (...told: unknown[]) => void warned.push(told[0]) };
  const stop = startSchedule({ clock, log }, [{ name: 'count', everyMs: minute, isDueAtStart, work }]);
  const pass = async (seconds: number) => {
    clock.advanceSeconds(seconds);
    // Earlier sleepers have run by then.
    await clock.sleep(1);
    await clock.sleep(1);
  };
  return { stop, pass, warned };
}

test.each([
  [false, 0],
  [true, 1],
])('a job runs when it is due; at the start where it says so: %s', async (isDueAtStart, atStart) => {
  let runs = 0;
  const count = async () => {
    runs += 1;
  };
  const { stop, pass } = start(count, { isDueAtStart });
  await pass(0);
  await pass(59);
  expect(runs).toBe(atStart);
  await pass(1);
  expect(runs).toBe(atStart + 1);
  await stop();
  await pass(3600);
  expect(runs).toBe(atStart + 1);
});

test('a failed job is logged by name and runs again when next due', async () => {
  const error = new Error('away');
  const { stop, pass, warned } = start(() => Promise.reject(error));
  await pass(60);
  await pass(60);
  expect(warned).toEqual([
    { err: error, job: 'count' },
    { err: error, job: 'count' },
  ]);
  await stop();
});

test('a job never runs twice at once, and stopping waits for it', async () => {
  const ends: (() => void)[] = [];
  const { stop, pass } = start(() => new Promise<void>((resolve) => ends.push(resolve)));
  await pass(60);
  await pass(600);
  expect(ends).toHaveLength(1);
  let isStopped = false;
  const stopping = stop().then(() => {
    isStopped = true;
  });
  await pass(0);
  expect(isStopped).toBe(false);
  ends[0]?.();
  await stopping;
  expect(isStopped).toBe(true);
});
