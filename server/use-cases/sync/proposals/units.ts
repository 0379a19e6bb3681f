import { currencyDecimals } from '#shared/currency.ts';
import { type Decimal, divideDecimals, multiplyDecimals, roundDecimal, roundToCurrency } from '#shared/money.ts';

/** No currency of ISO 4217 has more decimals. Sums are whole numbers of this unit, so that they are exact. */
const decimals = 4;

/** Ten-thousandths of the currency. More decimals than four are rounded: Xero has none in amounts of documents. */
export function toUnits(amount: Decimal): bigint {
  return BigInt(roundDecimal(amount, decimals).replace('.', ''));
}

/** With the currency's own decimals, or more where the amount has them. */
export function toAmount(units: bigint, currency: string): Decimal {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
  const amount = `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  const short = roundToCurrency(amount, currency);
  return toUnits(short) === units ? short : amount;
}

/** The smallest amount of the currency, in units. */
export function stepOf(currency: string): bigint {
  return 10n ** BigInt(decimals - currencyDecimals(currency));
}

/** An amount of one currency in another, rounded to it. Both rates are for one unit of the organisation's currency. */
export function convert(amount: Decimal, from: { rate: Decimal }, to: { rate: Decimal; currency: string }): bigint {
  const exact = divideDecimals(multiplyDecimals([amount, to.rate]), from.rate);
  return toUnits(roundToCurrency(exact, to.currency));
}
