import { dividedBy, type Exact, exact, less, plus, rounded, times } from './exact.ts';
import type { TaxRate } from './organisation.ts';
import type { Line, LineAmountTypes, Tracking } from './types.ts';

export type LineDraft = {
  LineItemID?: string | undefined;
  Description?: string | undefined;
  Quantity?: number | undefined;
  UnitAmount?: number | undefined;
  TaxType?: string | undefined;
  /** Replaces the tax computed from the rate. */
  TaxAmount?: number | undefined;
  AccountCode?: string | undefined;
  ItemCode?: string | undefined;
  /** Percent. */
  DiscountRate?: number | undefined;
  DiscountAmount?: number | undefined;
  Tracking?: Tracking[] | undefined;
  others?: Record<string, unknown> | undefined;
};

export type Totals = { LineItems: Line[]; SubTotal: number; TotalTax: number; Total: number; TotalDiscount?: number };

const none = exact(0);
const hundred = exact(100);

/** As Xero documents, tax is rounded per line to two decimals and then added. */
export function toTotals(request: {
  lines: LineDraft[];
  types: LineAmountTypes;
  taxRates: TaxRate[];
  lineId: (index: number) => string;
}): Totals {
  const { types, taxRates } = request;
  const lines = request.lines.map((draft, index) => toLine(draft, types, taxRates, request.lineId(index)));
  const amounts = total(lines.map((line) => line.LineAmount));
  const tax = total(lines.map((line) => line.TaxAmount));
  const net = types === 'Inclusive' ? less(amounts, tax) : amounts;
  const discount = rounded(total(lines.map((line) => discountOf(line))), 2);
  return {
    LineItems: lines,
    SubTotal: rounded(net, 2),
    TotalTax: rounded(tax, 2),
    Total: rounded(plus(net, tax), 2),
    ...(discount > 0 ? { TotalDiscount: discount } : {}),
  };
}

function total(amounts: number[]): Exact {
  return amounts.reduce((sum, amount) => plus(sum, exact(amount)), none);
}

function toLine(draft: LineDraft, types: LineAmountTypes, taxRates: TaxRate[], id: string): Line {
  const Quantity = draft.Quantity ?? 1;
  const UnitAmount = draft.UnitAmount ?? 0;
  const LineAmount = lineAmountOf({ ...draft, Quantity, UnitAmount });
  const rate = taxRates.find(({ TaxType }) => TaxType === draft.TaxType)?.rate ?? 0;
  const { Tracking = [], LineItemID = id, Description = '' } = draft;
  const tax = draft.TaxAmount ?? taxOf(LineAmount, rate, types);
  return {
    LineItemID,
    Description,
    Quantity,
    UnitAmount,
    LineAmount,
    TaxAmount: types === 'NoTax' ? 0 : rounded(exact(tax), 2),
    ...(draft.TaxType === undefined ? {} : { TaxType: draft.TaxType }),
    ...(draft.AccountCode === undefined ? {} : { AccountCode: draft.AccountCode }),
    ...(draft.ItemCode === undefined ? {} : { ItemCode: draft.ItemCode }),
    ...(draft.DiscountRate === undefined ? {} : { DiscountRate: draft.DiscountRate }),
    ...(draft.DiscountAmount === undefined ? {} : { DiscountAmount: draft.DiscountAmount }),
    Tracking,
    ...(draft.others === undefined ? {} : { others: draft.others }),
  };
}

type Priced = Pick<LineDraft, 'DiscountRate' | 'DiscountAmount'> & { Quantity: number; UnitAmount: number };

/** Quantity × unit amount less the discount, to two decimals. */
export function lineAmountOf({ Quantity, UnitAmount, DiscountRate, DiscountAmount }: Priced): number {
  const gross = times(exact(Quantity), exact(UnitAmount));
  if (DiscountAmount !== undefined) return rounded(less(gross, exact(DiscountAmount)), 2);
  const kept = dividedBy(less(hundred, exact(DiscountRate ?? 0)), hundred);
  return rounded(times(gross, kept), 2);
}

function taxOf(lineAmount: number, rate: number, types: LineAmountTypes): number {
  const base = types === 'Inclusive' ? plus(hundred, exact(rate)) : hundred;
  return rounded(dividedBy(times(exact(lineAmount), exact(rate)), base), 2);
}

function discountOf(line: Line): number {
  return line.DiscountRate || line.DiscountAmount
    ? rounded(less(times(exact(line.Quantity), exact(line.UnitAmount)), exact(line.LineAmount)), 2)
    : 0;
}
