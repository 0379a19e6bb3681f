import Big from 'big.js';
import { computeTotals, type TotalsInput, type TotalsLine } from './document-totals.ts';
import { compareDecimals, type Decimal } from './money.ts';

/** A way to compute a total that differs from Xero's. */
export type TotalRule = keyof typeof totalRules;

type Rule = (document: TotalsInput) => Decimal;

/** The likeliest rule that gives this total; undefined where none does. The document's own total is not explained. */
export function explainTotal(document: TotalsInput, total: Decimal): TotalRule | undefined {
  const found = listRules().find(([, rule]) => compareDecimals(rule(document), total) === 0);
  return found?.[0];
}

const Exact = Big();
Exact.DP = 40;
Exact.RM = Big.roundHalfUp;

/** How a total is computed. Xero rounds the price to four decimals, the line to two, and the tax of each line to two. */
type Way = {
  priceDecimals?: number;
  areLinesRounded?: boolean;
  /** What the tax is rounded for. */
  taxOf?: 'line' | 'unit' | 'document';
  taxRounding?: Big.RoundingMode;
};

const totalRules = {
  tax_left_out: (document) => computeTotals({ ...document, lineAmountTypes: 'none' }).total,
  prices_exclude_tax: (document) => computeTotals({ ...document, lineAmountTypes: 'exclusive' }).total,
  tax_of_document: (document) => computeBy(document, { taxOf: 'document' }),
  lines_unrounded: (document) => computeBy(document, { areLinesRounded: false, taxOf: 'document' }),
  prices_of_two_decimals: (document) => computeBy(document, { priceDecimals: 2 }),
  tax_of_unit: (document) => computeBy(document, { taxOf: 'unit' }),
  tax_rounded_down: (document) => computeBy(document, { taxRounding: Big.roundDown }),
  tax_rounded_to_even: (document) => computeBy(document, { taxRounding: Big.roundHalfEven }),
} as const satisfies Record<string, Rule>;

function listRules(): [TotalRule, Rule][] {
  return (Object.keys(totalRules) as TotalRule[]).map((name) => [name, totalRules[name]]);
}

function computeBy({ lines, lineAmountTypes }: TotalsInput, way: Way): Decimal {
  const amounts = lines.map((line) => amountOf(line, way));
  const sum = amounts.reduce((all, amount) => all.plus(amount), new Exact(0));
  if (lineAmountTypes !== 'exclusive') return sum.round(2).toFixed();
  const taxes = lines.map((line, place) => taxOf(line, amounts[place] ?? new Exact(0), way));
  const tax = taxes.reduce((all, one) => all.plus(one), new Exact(0));
  return sum
    .plus(way.taxOf === 'document' ? tax.round(2) : tax)
    .round(2)
    .toFixed();
}

function amountOf(line: TotalsLine, { priceDecimals = 4, areLinesRounded = true }: Way): Big {
  const price = new Exact(line.unitAmount).round(priceDecimals);
  const amount = price
    .times(line.quantity)
    .times(new Exact(100).minus(line.discount ?? '0'))
    .div(100);
  return areLinesRounded ? amount.round(2) : amount;
}

function taxOf(line: TotalsLine, amount: Big, { taxOf: part = 'line', taxRounding = Big.roundHalfUp }: Way): Big {
  const rate = new Exact(computeRate(line)).div(100);
  if (part === 'document') return amount.times(rate);
  if (part === 'line') return amount.times(rate).round(2, taxRounding);
  return new Exact(line.unitAmount).times(rate).round(2, taxRounding).times(line.quantity);
}

/** The effective rate of all components, as the totals have it: the tax of 100.00. */
function computeRate(line: TotalsLine): Decimal {
  const whole = { quantity: '1', unitAmount: '10000', taxRate: line.taxRate, taxComponents: line.taxComponents };
  const { totalTax } = computeTotals({ currency: '', lineAmountTypes: 'exclusive', lines: [whole] });
  return new Exact(totalTax).div(100).toFixed();
}
