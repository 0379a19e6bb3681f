import type { NewXeroLine } from '#server/xero/bytes/format-document.ts';
import type { XeroDocument, XeroLine } from '#server/xero/documents/document.ts';
import { AppError, type FieldError } from '#shared/app-error.ts';
import type { LineAmountTypes } from '#shared/contract/document.ts';
import { lineDecimals } from '#shared/document-totals.ts';
import { addDecimals, compareDecimals, type Decimal, roundDecimal } from '#shared/money.ts';
import { toFieldError } from '#shared/words/field-error-words.ts';
import type { TaxChoices } from '../document-form.ts';
import { type CarriedTax, carryTax, findTaxAmount } from './carry-tax.ts';
import { computeLine, toQuantity } from './compute-line.ts';

export type CarriedLines = { lineAmountTypes: LineAmountTypes; lines: NewXeroLine[] };

/**
 * Converts a quote's lines to invoice lines, exact to the cent. Rejects with preflight_failed, naming line and member,
 * if something cannot be carried over: nothing that a customer accepted may be lost.
 */
export function carryLines(quote: XeroDocument, choices: TaxChoices): CarriedLines {
  const lineAmountTypes = findMeaning(quote);
  const carried = quote.lines.map((line) => ({ line, tax: carryTax(line, lineAmountTypes ?? 'none', choices) }));
  const errors = [
    ...carried.flatMap(({ line, tax }, place) => listLineErrors(line, tax, place)),
    ...(lineAmountTypes !== null && isTaxWhole(quote, lineAmountTypes, choices)
      ? []
      : [toFieldError('lines', 'quote_total_differs')]),
  ];
  if (lineAmountTypes === null || errors.length > 0) throw new AppError('preflight_failed', { errors });
  return { lineAmountTypes, lines: carried.map(({ line, tax }) => carryLine(line, tax)) };
}

/**
 * Finds out how the lines' amounts are meant, from what they add up to. A user once saw an inclusive quote returned
 * with amounts less tax; carried over as inclusive, tax would be deducted twice. Null: they match no total of the
 * quote.
 */
function findMeaning({ lines, lineAmountTypes, subTotal, total }: XeroDocument): LineAmountTypes | null {
  const sum = addDecimals(lines.map((line) => line.lineAmount ?? computeLine(line).lineAmount));
  const isSum = (amount: Decimal) => compareDecimals(sum, amount) === 0;
  if (isSum(lineAmountTypes === 'exclusive' ? subTotal : total)) return lineAmountTypes;
  return lineAmountTypes === 'inclusive' && isSum(subTotal) ? 'exclusive' : null;
}

/** Whether the lines' tax adds up to the quote's. It may have been set by hand, although Xero does not return it. */
function isTaxWhole({ lines, totalTax }: XeroDocument, lineAmountTypes: LineAmountTypes, choices: TaxChoices): boolean {
  const taxes = lines
    .map((line) => line.taxAmount ?? findTaxAmount(line, lineAmountTypes, choices))
    .filter((amount) => amount !== null);
  return taxes.length < lines.length || compareDecimals(addDecimals(taxes), totalTax) === 0;
}

function listLineErrors(line: XeroLine, tax: CarriedTax | null, place: number): FieldError[] {
  const pathOf = (member: string) => `lines.${place}.${member}`;
  const number = { line: String(place + 1) };
  const tooFine = (['quantity', 'unitAmount'] as const).filter((member) =>
    isTooFine(line[member], lineDecimals[member]),
  );
  const isTracked = line.tracking.every(({ name, option, optionId }) => optionId !== null || (name && option));
  const errors = [
    ...line.unknown.map((member) => toFieldError(pathOf(member), 'quote_line_unknown_member', { ...number, member })),
    ...tooFine.map((member) => toFieldError(pathOf(member), 'quote_line_too_fine', number)),
    ...(isTracked ? [] : [toFieldError(pathOf('tracking'), 'quote_line_option_missing', number)]),
    ...(tax ? [] : [toFieldError(pathOf('taxType'), 'quote_line_tax_missing', number)]),
  ];
  // The computed amount must equal Xero's; otherwise one of the numbers is misunderstood.
  const isWhole = line.lineAmount === null || compareDecimals(computeLine(line).lineAmount, line.lineAmount) === 0;
  if (errors.length > 0 || isWhole) return errors;
  return [toFieldError(pathOf('lineAmount'), 'quote_line_amount_differs', number)];
}

function isTooFine(decimal: Decimal | null, decimals: number): boolean {
  return decimal !== null && compareDecimals(roundDecimal(decimal, decimals), decimal) !== 0;
}

function carryLine(line: XeroLine, tax: CarriedTax | null): NewXeroLine {
  return {
    ...tax,
    description: line.description ?? undefined,
    quantity: toQuantity(line),
    unitAmount: line.unitAmount ?? undefined,
    accountCode: line.accountCode ?? undefined,
    accountId: line.accountCode === null ? (line.accountId ?? undefined) : undefined,
    taxability: line.taxability ?? undefined,
    salesTaxCodeId: line.salesTaxCodeId ?? undefined,
    itemCode: line.itemCode ?? undefined,
    discount: line.discount ?? undefined,
    discountAmount: line.discountAmount ?? undefined,
    tracking: line.tracking,
  };
}
