import { compareDecimals, type Decimal, multiplyDecimals, roundDecimal, subtractDecimals } from '#shared/money.ts';

type Priced = { quantity: Decimal; unitAmount: Decimal; discount: Decimal };

/**
 * Bills have no discounts in Xero (Xero's OpenAPI, LineItem), so the price carries it. Undefined where the lower price
 * has more than four decimals and the line would come to another amount.
 */
export function toDiscountedPrice({ quantity, unitAmount, discount }: Priced): Decimal | undefined {
  const price = multiplyDecimals([unitAmount, subtractDecimals('100', discount), '0.01']);
  const sent = roundDecimal(price, 4);
  const amount = roundDecimal(multiplyDecimals([quantity, price]), 2);
  return compareDecimals(roundDecimal(multiplyDecimals([quantity, sent]), 2), amount) === 0 ? sent : undefined;
}
