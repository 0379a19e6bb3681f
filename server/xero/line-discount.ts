import { compareDecimals, type Decimal } from '#shared/money.ts';

export type LineDiscount = {
  /** Percent. */
  discount: Decimal | null;
  /** In the document's currency, off the whole line. */
  discountAmount: Decimal | null;
};

type Told = { rate: Decimal | null; amount: Decimal | null; isPercent: boolean | null };

/**
 * The one that counts of what Xero tells of a line's discount. Answers were seen that hold, beside a percentage, also
 * what it is worth (`DiscountRate: 20, DiscountAmount: 2000, DiscountEnteredAsPercent: true`): not a second discount.
 */
export function pickDiscount({ rate, amount, isPercent }: Told): LineDiscount {
  const isRate = hasValue(rate) && !(isPercent === false && hasValue(amount));
  if (isRate || !hasValue(amount)) return { discount: rate, discountAmount: null };
  return { discount: null, discountAmount: amount };
}

function hasValue(decimal: Decimal | null): boolean {
  return decimal !== null && compareDecimals(decimal, '0') !== 0;
}
