import { compareDecimals, type Decimal } from '#shared/money.ts';

export type LineDiscount = {
  /** A percentage. */
  discount: Decimal | null;
  /** In the document's currency, off the whole line. */
  discountAmount: Decimal | null;
};

/** `isAmount`: Xero says that it was not entered as a percentage. */
type Told = { rate: Decimal | null; amount: Decimal | null; isAmount: boolean };

/**
 * Picks the discount that counts. Xero has been seen to return a percentage together with its value (`DiscountRate: 20,
 * DiscountAmount: 2000, DiscountEnteredAsPercent: true`), which is not a second discount.
 */
export function pickDiscount({ rate, amount, isAmount }: Told): LineDiscount {
  const counts = hasValue(amount) && (isAmount || !hasValue(rate));
  return counts ? { discount: null, discountAmount: amount } : { discount: rate, discountAmount: null };
}

function hasValue(decimal: Decimal | null): boolean {
  return decimal !== null && compareDecimals(decimal, '0') !== 0;
}
