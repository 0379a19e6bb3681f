import { type Money, roundDecimal } from '#shared/money.ts';

/** A document's total with two decimals, as Xero keeps it. */
export function totalOf({ currency, total }: { currency: string; total: string }): Money {
  return { currency, amount: roundDecimal(total, 2) };
}
