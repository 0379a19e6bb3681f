import { expect, test } from 'vitest';
import { isSince } from './clock-tolerance.ts';

const noonMs = Date.UTC(2026, 10, 22, 12);
function at(seconds: number) {
  return new Date(noonMs + seconds * 1000).toISOString();
}

test('a load serves earlier callers, unless its time is in the future', () => {
  const answers = (loadedAt: string | undefined) => isSince(loadedAt, at(0), noonMs + 30_000);
  expect([answers(undefined), answers(at(-1)), answers(at(0)), answers(at(30))]).toEqual([false, false, true, true]);
  // Another process's clock may be ten seconds ahead.
  expect([answers(at(40)), answers(at(41)), answers(at(3600))]).toEqual([true, false, false]);
});
