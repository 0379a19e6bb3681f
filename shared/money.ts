import Big from 'big.js';
import { currencyDecimals } from './currency.ts';

/** An exact decimal as text, such as `12480.00`; never a float. */
export type Decimal = string;

export type Money = { currency: string; amount: Decimal };

/** Division keeps 40 decimals, because conversions are added up unrounded and rounded once. */
const Exact = Big();
Exact.DP = 40;
Exact.RM = Big.roundHalfUp;

export function addDecimals(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((sum, amount) => sum.plus(amount), new Exact(0)).toFixed();
}

export function subtractDecimals(from: Decimal, amount: Decimal): Decimal {
  return new Exact(from).minus(amount).toFixed();
}

export function multiplyDecimals(factors: readonly Decimal[]): Decimal {
  return factors.reduce((product, factor) => product.times(factor), new Exact(1)).toFixed();
}

/** To 40 decimals. Throws when `by` is zero. */
export function divideDecimals(amount: Decimal, by: Decimal): Decimal {
  return new Exact(amount).div(by).toFixed();
}

/** -1, 0 or 1, as `a` is less than, equal to or greater than `b`. */
export function compareDecimals(a: Decimal, b: Decimal): -1 | 0 | 1 {
  return new Exact(a).cmp(b);
}

/** Rounds to exactly this many decimals, halves away from zero. Zero has no sign. */
export function roundDecimal(amount: Decimal, decimals: number): Decimal {
  const rounded = new Exact(amount).toFixed(decimals);
  return /^-0(\.0+)?$/.test(rounded) ? rounded.slice(1) : rounded;
}

/** Rounds to the currency's own decimals, halves away from zero. */
export function roundToCurrency(amount: Decimal, currency: string): Decimal {
  return roundDecimal(amount, currencyDecimals(currency));
}

/**
 * The amount in the organisation's currency, unrounded. Xero's `CurrencyRate` is foreign units per unit of the base
 * currency, so base = amount / rate (source: the example documents in Xero's OpenAPI file).
 */
export function toBaseAmount(amount: Decimal, rate: Decimal): Decimal {
  return divideDecimals(amount, rate);
}
