import { afterEach, expect, test, vi } from 'vitest';
import { everyRealMs } from './every-real-ms.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('runs at its interval until it is stopped', () => {
  vi.useFakeTimers();
  const work = vi.fn();
  const stop = everyRealMs(1_000, work);
  vi.advanceTimersByTime(999);
  expect(work).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1_001);
  expect(work).toHaveBeenCalledTimes(2);
  stop();
  vi.advanceTimersByTime(10_000);
  expect(work).toHaveBeenCalledTimes(2);
  expect(vi.getTimerCount()).toBe(0);
});
