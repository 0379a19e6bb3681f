import { dividedBy, exact, rounded } from './exact.ts';

/** Units per US dollar: the sandbox's rate on every day. */
const perDollar: Record<string, number> = {
  USD: 1,
  AUD: 1.5442,
  EUR: 0.8621,
  GBP: 0.7468,
  JPY: 150.26,
  NZD: 1.7013,
};

/** Units of one currency per unit of another, for a document without a rate; six decimals. */
export function dayRate(code: string, base: string): number {
  return rounded(dividedBy(exact(perDollar[code] ?? 1), exact(perDollar[base] ?? 1)), 6);
}
