import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDecimals, compareDecimals, roundToCurrency, toBaseAmount } from './money.ts';

/** Amounts in cents, as bigint: exact without the code under test. */
const cents = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });

function fromCents(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(3, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

describe('addDecimals', () => {
  test('adding amounts in cents equals adding whole numbers', () => {
    fc.assert(
      fc.property(fc.array(cents), (values) => {
        const sum = values.reduce((a, b) => a + b, 0n);
        expect(roundToCurrency(addDecimals(values.map(fromCents)), 'AUD')).toBe(fromCents(sum));
      }),
    );
  });

  test('when floats would be off by a cent, then decimals are not', () => {
    expect(addDecimals(['0.1', '0.2'])).toBe('0.3');
    expect(addDecimals(Array.from({ length: 1000 }, () => '0.07'))).toBe('70');
  });
});

describe('roundToCurrency', () => {
  test.each([
    ['12480', 'AUD', '12480.00'],
    ['0.005', 'AUD', '0.01'],
    ['-0.005', 'AUD', '-0.01'],
    ['-0.004', 'AUD', '0.00'],
    ['1234.5', 'JPY', '1235'],
    ['-0.4', 'JPY', '0'],
    ['-10', 'JPY', '-10'],
    ['1.2345', 'KWD', '1.235'],
  ])('when %s is rounded in %s, then it is %s', (amount, currency, expected) => {
    expect(roundToCurrency(amount, currency)).toBe(expected);
  });
});

describe('toBaseAmount', () => {
  test('converted sums are within a rounding of the exact fraction', () => {
    const rate = fc.integer({ min: 1, max: 10_000_000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(cents, rate), { maxLength: 40 }), (rows) => {
        const sum = addDecimals(rows.map(([amount, r]) => toBaseAmount(fromCents(amount), toRate(String(r)))));
        // The exact sum as a fraction over the product of the rates, with halves rounded away from zero.
        const denominator = rows.reduce((product, [, r]) => product * BigInt(r), 1n);
        const numerator = rows.reduce((total, [a, r]) => total + a * 10_000n * (denominator / BigInt(r)), 0n);
        expect(roundToCurrency(sum, 'AUD')).toBe(fromCents(divideHalfAway(numerator, denominator)));
      }),
    );
  });
});

test('when two decimals are compared, then trailing zeros do not matter', () => {
  expect(compareDecimals('1.10', '1.1')).toBe(0);
  expect(compareDecimals('0.01', '0')).toBe(1);
});

function toRate(tenThousandths: string): string {
  const padded = tenThousandths.padStart(5, '0');
  return `${padded.slice(0, -4)}.${padded.slice(-4)}`;
}

function divideHalfAway(numerator: bigint, denominator: bigint): bigint {
  const absolute = numerator < 0n ? -numerator : numerator;
  const quotient = (2n * absolute + denominator) / (2n * denominator);
  return numerator < 0n ? -quotient : quotient;
}
