import type { Figure } from '#shared/contract/summary.ts';
import type { Money } from '#shared/money.ts';

/**
 * Eighths of a cent of the organisation's AUD for a cent of each currency, so that every rate here is a whole factor.
 */
const eighthsPerCent = { AUD: 8, USD: 16, EUR: 4, NZD: 10 } as const;
export const rates = { AUD: null, USD: '0.5', EUR: '2', NZD: '0.8' } as const;
export type Currency = keyof typeof rates;
export const currencies: readonly Currency[] = ['AUD', 'USD', 'EUR', 'NZD'];

export type Amount = { currency: Currency; cents: number };

export function toDecimal(cents: number): string {
  return (cents / 100).toFixed(2);
}

export function toMoney({ currency, cents }: Amount): Money {
  return { currency, amount: toDecimal(cents) };
}

/** The expected figure for these amounts, in whole cents and eighths of a cent, without the product's arithmetic. */
export function expectedFigure(amounts: readonly Amount[]): Figure {
  const used = currencies.filter((currency) => amounts.some((one) => one.currency === currency));
  const sorted = used.toSorted((a, b) => Number(b === 'AUD') - Number(a === 'AUD') || (a < b ? -1 : 1));
  const totals = sorted.map((currency) => toMoney({ currency, cents: sumIn(amounts, currency) }));
  const eighths = amounts.reduce((sum, { currency, cents }) => sum + cents * eighthsPerCent[currency], 0);
  const base = { currency: 'AUD', amount: toDecimal(Math.floor((eighths + 4) / 8)) };
  return { count: amounts.length, totals, ...(used.some((one) => one !== 'AUD') && { base }) };
}

export function sumIn(amounts: readonly Amount[], currency: Currency): number {
  return amounts.reduce((sum, one) => sum + (one.currency === currency ? one.cents : 0), 0);
}
