import type { Choices, TaxRateChoice } from '#shared/contract/choices.ts';
import { documentKinds } from '#shared/document-kinds.ts';
import { computeTotals } from '#shared/document-totals.ts';
import { addDecimals, type Decimal, roundDecimal } from '#shared/money.ts';
import { type DocumentDraft, isEmptyLine, type LineDraft } from './draft.ts';
import type { Typing } from './typing.ts';

export type Preview = {
  /** Line id → amount. A line whose numbers cannot be read has none. */
  amounts: Readonly<Record<string, Decimal>>;
  subTotal: Decimal;
  /** In order of first appearance. */
  taxes: { name: string; amount: Decimal }[];
  total: Decimal;
  /** False while a line's numbers cannot be read. */
  isComplete: boolean;
  /** False if Xero chooses the tax of a line, or only Xero can compute it. */
  isTaxKnown: boolean;
};

type KnownRate = TaxRateChoice & { rate: Decimal };
type Readable = { line: LineDraft; quantity: Decimal; unitAmount: Decimal; discount: Decimal; rate?: KnownRate };

/** Computes the totals that Xero will compute for this form. */
export function previewDraft(draft: DocumentDraft, choices: Choices, typing: Typing): Preview {
  const lines = draft.lines.filter((line) => !isEmptyLine(line));
  const readable = lines.flatMap((line) => readLine(line, draft, choices, typing));
  const totals = computeTotals({
    currency: draft.currency,
    lineAmountTypes: draft.lineAmountTypes,
    // Quotes have no `unitdp` in Xero.
    unitAmountDecimals: documentKinds[draft.kind].priceDecimals,
    lines: readable.map(({ rate, ...line }) => ({
      ...line,
      taxRate: rate?.rate ?? '0',
      taxComponents: rate?.components,
    })),
  });
  const taxOf = (index: number) => totals.lines[index]?.taxAmount ?? '0';
  const amounts = readable.map(({ line }, index) => [line.id, totals.lines[index]?.lineAmount ?? '0'] as const);
  return {
    amounts: Object.fromEntries(amounts),
    subTotal: totals.subTotal,
    taxes: draft.lineAmountTypes === 'none' ? [] : sumByRate(readable, taxOf),
    total: totals.total,
    isComplete: readable.length === lines.length,
    isTaxKnown: draft.lineAmountTypes === 'none' || readable.every(({ rate }) => rate !== undefined),
  };
}

function readLine(line: LineDraft, { kind, currency }: DocumentDraft, choices: Choices, typing: Typing): Readable[] {
  const quantity = typing.readNumber(line.quantity);
  const unitAmount = typing.readPrice(line.unitAmount, currency);
  const discount =
    line.discount.trim() === '' || !documentKinds[kind].hasDiscounts ? '0' : readPercent(line.discount, typing);
  if (quantity === null || unitAmount === null || discount === null) return [];
  const account = choices.accounts.find(({ code }) => code === line.accountCode);
  const taxType = line.taxType ?? account?.taxType;
  return [{ line, quantity, unitAmount, discount, rate: findKnownRate(choices, taxType) }];
}

function findKnownRate({ taxRates }: Choices, taxType: string | null | undefined): KnownRate | undefined {
  const found = taxRates.find((one) => one.taxType === taxType);
  return found && found.rate !== null ? { ...found, rate: found.rate } : undefined;
}

/** A percentage from 0 to 100, with or without its sign, or else null. */
export function readPercent(text: string, typing: Typing): Decimal | null {
  const percent = typing.readNumber(text.replace(/^\s*[%٪％]|[%٪％]\s*$/, ''));
  return percent !== null && /^(100|\d{1,2}(\.\d{1,2})?)$/.test(percent) ? percent : null;
}

function sumByRate(lines: readonly Readable[], taxOf: (index: number) => Decimal): Preview['taxes'] {
  const sums = new Map<string, Decimal>();
  for (const [index, { rate }] of lines.entries())
    if (rate) sums.set(rate.name, addDecimals([sums.get(rate.name) ?? '0', taxOf(index)]));
  return [...sums].map(([name, amount]) => ({ name, amount: roundDecimal(amount, 2) }));
}
