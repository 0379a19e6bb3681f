import { describe, expect, test } from 'vitest';
import { XeroFault } from './errors.ts';
import { createLimits } from './limits.ts';

function start(at = Date.parse('2026-11-10T03:35:49Z')) {
  const time = { now: at };
  return { time, limits: createLimits(() => time.now, ['a', 'b']) };
}

function refusalOf(act: () => unknown): Record<string, string> | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof XeroFault && error.status === 429) return error.headers;
    throw error;
  }
  return undefined;
}

function spend(limits: ReturnType<typeof createLimits>, calls: number, tenant = 'a') {
  for (let call = 0; call < calls; call += 1) limits.admit(tenant)();
}

describe('limits', () => {
  test('after sixty calls, the next waits until the first is a minute old', () => {
    const { time, limits } = start();
    spend(limits, 1);
    time.now += 20_000;
    spend(limits, 59);
    expect(refusalOf(() => limits.admit('a'))).toEqual({ 'x-rate-limit-problem': 'minute', 'retry-after': '40' });
    time.now += 39_999;
    expect(refusalOf(() => limits.admit('a'))?.['retry-after']).toBe('1');
    time.now += 1;
    expect(refusalOf(() => limits.admit('a'))).toBeUndefined();
    expect(refusalOf(() => limits.admit('a'))?.['x-rate-limit-problem']).toBe('minute');
  });

  test('when one organisation is at its limit, then another is not', () => {
    const { limits } = start();
    spend(limits, 60);
    expect(refusalOf(() => limits.admit('b'))).toBeUndefined();
  });

  test('a sixth call in flight is refused without a Retry-After', () => {
    const { limits } = start();
    const leave = limits.admit('a');
    for (let call = 0; call < 4; call += 1) limits.admit('a');
    expect(refusalOf(() => limits.admit('a'))).toEqual({ 'x-rate-limit-problem': 'concurrent' });
    leave();
    leave();
    limits.admit('a');
    expect(refusalOf(() => limits.admit('a'))).toBeDefined();
    expect(limits.peak()).toEqual({ inFlight: 5, refused: 2 });
  });

  test('a used-up day ends at midnight UTC', () => {
    const { time, limits } = start();
    limits.change({ dayRemaining: 1 });
    expect(limits.headers('b')['x-daylimit-remaining']).toBe('1');
    spend(limits, 1);
    expect(refusalOf(() => limits.admit('a'))).toEqual({ 'x-rate-limit-problem': 'day', 'retry-after': '73451' });
    time.now += 73_451_000;
    expect(limits.headers('a')['x-daylimit-remaining']).toBe('1000');
  });

  test('when the app is at its limit, then every organisation is refused', () => {
    const { limits } = start();
    limits.change({ appMinute: 2 });
    spend(limits, 1);
    spend(limits, 1, 'b');
    expect(refusalOf(() => limits.admit('b'))?.['x-rate-limit-problem']).toBe('appminute');
    expect(limits.headers('b')).toEqual({
      'x-daylimit-remaining': '999',
      'x-minlimit-remaining': '59',
      'x-appminlimit-remaining': '0',
    });
  });
});
