import { afterEach, expect, test } from 'vitest';
import { buildMemoryCache } from '#server/cache/memory/cache.ts';
import { AppError } from '#shared/app-error.ts';
import { buildMovingClock } from '#test/support/world/moving-clock.ts';
import { buildClaim } from './claim-interval.ts';

const interval = { name: 'bring', everyMs: 60_000, work: async () => undefined };
const cache = buildMemoryCache(() => undefined);
const clock = buildMovingClock();
const [first, second] = ['first', 'second'].map((processId) => buildClaim({ clock, cache, processId }));

afterEach(() => {
  // Whatever a test has claimed was long ago.
  clock.advanceSeconds(3600);
});

async function isClaimed(claim: typeof first): Promise<boolean> {
  const claimed = await claim?.(interval);
  await claimed?.release();
  return claimed !== undefined;
}

test('one process claims each time, and the next may be another one', async () => {
  expect([await isClaimed(first), await isClaimed(second)]).toEqual([true, false]);
  clock.advanceSeconds(50);
  expect([await isClaimed(second), await isClaimed(first)]).toEqual([false, false]);
  // Timers of processes differ a little.
  clock.advanceSeconds(6);
  expect([await isClaimed(second), await isClaimed(first)]).toEqual([true, false]);
});

test('a run that lasts longer than the interval is not overlapped', async () => {
  const slow = await first?.(interval);
  clock.advanceSeconds(600);
  expect(await isClaimed(second)).toBe(false);
  await slow?.release();
  expect(await isClaimed(second)).toBe(true);
});

test('a clock that is set back does not stop the interval', async () => {
  expect(await isClaimed(first)).toBe(true);
  clock.advanceSeconds(-5 * 3600);
  expect(await isClaimed(second)).toBe(true);
});

test('without the cache every process claims', async () => {
  const refuse = () => Promise.reject(new AppError('unavailable'));
  const away = { get: refuse, set: refuse, lock: refuse, extend: refuse, unlock: refuse };
  const claims = ['first', 'second'].map((processId) => buildClaim({ clock, cache: away, processId }));
  expect(await Promise.all(claims.map(isClaimed))).toEqual([true, true]);
});
