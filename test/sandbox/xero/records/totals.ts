import Big from 'big.js';
import { roundTo } from '../money.ts';
import type { TaxRate } from './organisation.ts';
import type { Line, LineAmountTypes } from './types.ts';

export type LineDraft = {
  Description?: string;
  Quantity?: number;
  UnitAmount?: number;
  TaxType?: string;
  AccountCode?: string;
  ItemCode?: string;
  DiscountRate?: number;
};

export type Totals = { LineItems: Line[]; SubTotal: number; TotalTax: number; Total: number; TotalDiscount?: number };

/** Tax is rounded per line to two decimals and then added, as Xero documents it. */
export const toTotals = (request: {
  lines: LineDraft[];
  types: LineAmountTypes;
  taxRates: TaxRate[];
  lineId: (index: number) => string;
}): Totals => {
  const { types, taxRates } = request;
  const lines = request.lines.map((draft, index) => toLine(draft, types, taxRates, request.lineId(index)));
  const amounts = total(lines.map((line) => line.LineAmount));
  const tax = total(lines.map((line) => line.TaxAmount));
  const net = types === 'Inclusive' ? amounts.minus(tax) : amounts;
  const discount = total(lines.map((line) => discountOf(line)));
  return {
    LineItems: lines,
    SubTotal: net.toNumber(),
    TotalTax: tax.toNumber(),
    Total: net.plus(tax).toNumber(),
    ...(discount.gt(0) ? { TotalDiscount: discount.toNumber() } : {}),
  };
};

const total = (amounts: number[]): Big => amounts.reduce((sum, amount) => sum.plus(amount), Big(0));

const toLine = (draft: LineDraft, types: LineAmountTypes, taxRates: TaxRate[], id: string): Line => {
  const Quantity = draft.Quantity ?? 1;
  const UnitAmount = draft.UnitAmount ?? 0;
  const kept = Big(100)
    .minus(draft.DiscountRate ?? 0)
    .div(100);
  const LineAmount = roundTo(Big(Quantity).times(UnitAmount).times(kept), 2);
  const rate = types === 'NoTax' ? 0 : (taxRates.find(({ TaxType }) => TaxType === draft.TaxType)?.rate ?? 0);
  return {
    LineItemID: id,
    Description: draft.Description ?? '',
    Quantity,
    UnitAmount,
    LineAmount,
    TaxAmount: taxOf(LineAmount, rate, types),
    ...(draft.TaxType === undefined ? {} : { TaxType: draft.TaxType }),
    ...(draft.AccountCode === undefined ? {} : { AccountCode: draft.AccountCode }),
    ...(draft.ItemCode === undefined ? {} : { ItemCode: draft.ItemCode }),
    ...(draft.DiscountRate === undefined ? {} : { DiscountRate: draft.DiscountRate }),
    Tracking: [],
  };
};

const taxOf = (lineAmount: number, rate: number, types: LineAmountTypes): number =>
  types === 'Inclusive'
    ? roundTo(Big(lineAmount).times(rate).div(Big(100).plus(rate)), 2)
    : roundTo(Big(lineAmount).times(rate).div(100), 2);

const discountOf = (line: Line): number =>
  line.DiscountRate ? roundTo(Big(line.Quantity).times(line.UnitAmount).minus(line.LineAmount), 2) : 0;
