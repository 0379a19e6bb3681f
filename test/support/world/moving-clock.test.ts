import { expect, test } from 'vitest';
import { buildMovingClock } from './moving-clock.ts';

test('wakes exactly the sleepers that are due when the clock moves', async () => {
  const clock = buildMovingClock();
  const woken: string[] = [];
  const ending = new AbortController();
  const late = clock.sleep(120_000, ending.signal).then(
    () => woken.push('late'),
    () => woken.push('ended'),
  );
  const early = clock.sleep(60_000).then(() => woken.push('early'));
  clock.advanceSeconds(61);
  await early;
  expect(woken).toEqual(['early']);
  ending.abort();
  await late;
  expect(woken).toEqual(['early', 'ended']);
});

test('when the clock is moved in steps, then a sleep of their sum ends', async () => {
  const clock = buildMovingClock();
  const before = clock.now().getTime();
  const slept = clock.sleep(90_000);
  clock.advanceSeconds(60);
  clock.advanceSeconds(31);
  await slept;
  expect(clock.now().getTime() - before).toBeGreaterThanOrEqual(91_000);
});

test('an aborted signal ends a sleep at once', async () => {
  await expect(buildMovingClock().sleep(60_000, AbortSignal.abort(new Error('over')))).rejects.toThrow('over');
});

test('setting the time of day back does not delay sleepers', async () => {
  const clock = buildMovingClock();
  const [dayMs, steadyMs] = [clock.now().getTime(), clock.steadyMs()];
  const slept = clock.sleep(90_000);
  clock.advanceSeconds(-3600);
  expect(clock.now().getTime()).toBeLessThan(dayMs - 3_500_000);
  expect(clock.steadyMs()).toBeGreaterThanOrEqual(steadyMs);
  clock.advanceSeconds(91);
  await slept;
});
