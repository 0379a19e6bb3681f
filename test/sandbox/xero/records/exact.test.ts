import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dividedBy, exact, less, plus, rounded, times } from './exact.ts';

describe('exact decimals', () => {
  test.each([
    [1.005, 2, 1.01],
    [-1.005, 2, -1.01],
    [2.675, 2, 2.68],
    [1e-7, 2, 0],
    [1e21, 2, 1e21],
    [-0.004, 2, 0],
  ])('when %d is rounded to %d decimals, then it is %d', (value, decimals, expected) => {
    expect(rounded(exact(value), decimals)).toBe(expected);
  });

  test('arithmetic with cents loses nothing', () => {
    const cents = fc.integer({ min: -10_000_000, max: 10_000_000 });
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        const [left, right] = [exact(a / 100), exact(b / 100)];
        expect(rounded(plus(left, right), 2)).toBe((a + b) / 100);
        expect(rounded(less(left, right), 2)).toBe((a - b) / 100);
        if (b !== 0) expect(rounded(dividedBy(times(left, right), right), 2)).toBe(a / 100);
      }),
    );
  });

  test('when it is no decimal, then it says so', () => {
    expect(() => exact(Number.NaN)).toThrow('not a decimal');
    expect(() => dividedBy(exact(1), exact(0))).toThrow('division by zero');
  });
});
