import type { LineAmountTypes } from '#shared/contract/document.ts';
import {
  addDecimals,
  type Decimal,
  divideDecimals,
  multiplyDecimals,
  roundDecimal,
  subtractDecimals,
} from './money.ts';

/** One component of a tax rate, in percent. A compound component also applies to the others' tax. */
export type TaxComponent = { rate: Decimal; isCompound: boolean };

export type TotalsLine = {
  quantity: Decimal;
  unitAmount: Decimal;
  /** Percent, 0 to 100. */
  discount?: Decimal;
  /** Off the whole line, in the document's currency. If set, `discount` is ignored. */
  discountAmount?: Decimal;
  /** Xero's `EffectiveRate` of the line's tax type, in percent. */
  taxRate: Decimal;
  /** If set and not empty, these replace `taxRate`. */
  taxComponents?: readonly TaxComponent[];
};

export type TotalsInput = {
  /** Has no effect: Xero stores every amount with two decimals, whatever the currency. */
  currency: string;
  lineAmountTypes: LineAmountTypes;
  lines: readonly TotalsLine[];
  /** 4 (the default) when the document is written with `unitdp=4`, otherwise 2. Quotes have no `unitdp`. */
  unitAmountDecimals?: 2 | 4;
};

/** `lineAmount` includes tax when the document is inclusive. Both amounts have two decimals. */
export type LineTotals = { lineAmount: Decimal; taxAmount: Decimal };

export type DocumentTotals = { lines: LineTotals[]; subTotal: Decimal; totalTax: Decimal; total: Decimal };

/** How many decimals Xero stores of a line's numbers. More decimals are rounded before multiplying. */
export const lineDecimals = { quantity: 4, unitAmount: 4, discount: 2 } as const;

const amountDecimals = 2;

/**
 * A document's totals to the cent, as Xero computes them. Sources:
 * - tax is rounded to two decimals on each line and then added, and every amount has two decimals (Xero's guide
 *   "Rounding in Xero"; 2.165 becomes 2.17 and 2.164 becomes 2.16, its developer community, discussion 66891);
 * - line amount = quantity * unit amount * ((100 - discount rate) / 100), or quantity * unit amount - discount amount,
 *   tax a percentage of it (Xero's OpenAPI, `LineItem`); the
 *   discounted amount is rounded, never the discount: 22.50 less 15 % is 19.13 (discussion 89760256), and tax is
 *   computed from the rounded line amount;
 * - unit amounts have two decimals, or four with `unitdp=4`, quantities four, and are rounded first (the guide and
 *   discussion 66891); discount rates have two (third parties);
 * - a line's tax is computed with the effective rate of all its components (Xero's help, "Add a tax rate").
 */
export function computeTotals(document: TotalsInput): DocumentTotals {
  const lines = document.lines.map((line) => computeLine(line, document));
  const lineAmounts = toAmount(addDecimals(lines.map((line) => line.lineAmount)));
  const totalTax = toAmount(addDecimals(lines.map((line) => line.taxAmount)));
  return document.lineAmountTypes === 'inclusive'
    ? { lines, subTotal: toAmount(subtractDecimals(lineAmounts, totalTax)), totalTax, total: lineAmounts }
    : { lines, subTotal: lineAmounts, totalTax, total: toAmount(addDecimals([lineAmounts, totalTax])) };
}

function computeLine(line: TotalsLine, document: TotalsInput): LineTotals {
  const lineAmount = computeLineAmount(line, document.unitAmountDecimals ?? lineDecimals.unitAmount);
  return { lineAmount, taxAmount: computeTax(lineAmount, effectiveRate(line), document.lineAmountTypes) };
}

function computeLineAmount(line: TotalsLine, unitAmountDecimals: number): Decimal {
  const quantity = roundDecimal(line.quantity, lineDecimals.quantity);
  const unitAmount = roundDecimal(line.unitAmount, unitAmountDecimals);
  if (line.discountAmount !== undefined) {
    return toAmount(subtractDecimals(multiplyDecimals([quantity, unitAmount]), line.discountAmount));
  }
  const keptPercent = subtractDecimals('100', roundDecimal(line.discount ?? '0', lineDecimals.discount));
  return toAmount(multiplyDecimals([quantity, unitAmount, keptPercent, '0.01']));
}

function computeTax(lineAmount: Decimal, rate: Decimal, lineAmountTypes: LineAmountTypes): Decimal {
  switch (lineAmountTypes) {
    case 'exclusive':
      return toAmount(multiplyDecimals([lineAmount, rate, '0.01']));
    case 'inclusive':
      return toAmount(divideDecimals(multiplyDecimals([lineAmount, rate]), addDecimals(['100', rate])));
    case 'none':
      return toAmount('0');
  }
}

/** Four decimals, like Xero's `EffectiveRate`, so that components and their combined rate give the same tax. */
function effectiveRate({ taxRate, taxComponents = [] }: TotalsLine): Decimal {
  if (taxComponents.length === 0) return taxRate;
  const sumOf = (isCompound: boolean) =>
    addDecimals(taxComponents.filter((component) => component.isCompound === isCompound).map(({ rate }) => rate));
  const simple = sumOf(false);
  const onTop = multiplyDecimals([sumOf(true), addDecimals(['100', simple]), '0.01']);
  return roundDecimal(addDecimals([simple, onTop]), 4);
}

function toAmount(amount: Decimal): Decimal {
  return roundDecimal(amount, amountDecimals);
}
