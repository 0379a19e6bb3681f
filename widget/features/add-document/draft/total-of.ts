import { type Money, roundDecimal } from '#shared/money.ts';

/** A document's total with the two decimals that Xero keeps, however few were sent. */
export function totalOf({ currency, total }: { currency: string; total: string }): Money {
  return { currency, amount: roundDecimal(total, 2) };
}
