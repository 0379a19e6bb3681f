import type { CalendarDate } from '#shared/calendar.ts';
import type { Choices } from '#shared/contract/choices.ts';
import type {
  createBillRoute,
  createInvoiceRoute,
  createQuoteRoute,
  Finish,
  NewLine,
} from '#shared/contract/document.ts';
import type { RouteBody } from '#shared/contract/route.ts';
import { documentKinds } from '#shared/document-kinds.ts';
import type { Decimal } from '#shared/money.ts';
import { taxSuitsAccount } from '#shared/tax-suits-account.ts';
import { sayFieldError } from '#shared/words/field-error-words.ts';
import { dateProblem } from '#widget/ui/fields/date-words.ts';
import { problemWords } from '../words.ts';
import { type DocumentDraft, type FieldErrors, isEmptyLine, type LineDraft, lineField } from './draft.ts';
import { readPercent } from './preview.ts';
import type { Typing } from './typing.ts';

export type QuoteBody = RouteBody<typeof createQuoteRoute>;
export type InvoiceBody = RouteBody<typeof createInvoiceRoute>;
export type BillBody = RouteBody<typeof createBillRoute>;
export type DocumentRequest =
  | { kind: 'quote'; body: QuoteBody }
  | { kind: 'invoice'; body: InvoiceBody }
  | { kind: 'bill'; body: BillBody };

/** `lineIds`: the form's line for each line of the body, so that later errors find their line. */
export type DraftReading =
  | { isGood: true; request: DocumentRequest; lineIds: string[] }
  | { isGood: false; errors: FieldErrors };

type Place = { contactId: string; choices: Choices; typing: Typing; finish: Finish };

/** Returns the request's body, or the errors by field. */
export function readDraft(draft: DocumentDraft, place: Place): DraftReading {
  const errors: Record<string, string> = {};
  const filled = draft.lines.filter((line) => !isEmptyLine(line));
  const first = draft.lines[0];
  if (filled.length === 0 && first) errors[lineField(first, 'description')] = problemWords.noLines;
  const dates = readDates(draft, place, errors);
  if (place.choices.contact?.isArchived) errors.contactId = sayFieldError('contact_archived');
  const lines = filled.map((line) => readLine(line, draft, place, errors));
  if (Object.keys(errors).length > 0) return { isGood: false, errors };
  const request = toRequest(draft, place, { ...dates, lines: lines.filter((line) => line !== null) });
  return { isGood: true, request, lineIds: filled.map(({ id }) => id) };
}

function readDates(draft: DocumentDraft, { choices, typing }: Place, errors: Record<string, string>) {
  const date = typing.readDate(draft.date);
  const dueDate = draft.dueDate.trim() === '' ? undefined : typing.readDate(draft.dueDate);
  const { lockDate } = choices.organisation;
  if (date === null) errors.date = dateProblem(typing, choices.organisation.today);
  else if (lockDate !== null && date <= lockDate && draft.kind !== 'quote')
    errors.date = sayFieldError('date_locked', { date: typing.writeDate(lockDate) });
  if (dueDate === null) errors.dueDate = dateProblem(typing, choices.organisation.today);
  else if (draft.kind === 'quote' && dueDate && date && dueDate < date)
    errors.dueDate = sayFieldError('expiry_too_early');
  return { date: date ?? '', dueDate: dueDate ?? undefined };
}

type Read = { date: CalendarDate; dueDate: CalendarDate | undefined; lines: NewLine[] };

function toRequest(
  draft: DocumentDraft,
  { contactId, finish }: Place,
  { date, dueDate, lines }: Read,
): DocumentRequest {
  const { kind, currency, lineAmountTypes } = draft;
  const text = (field: 'title' | 'summary' | 'terms' | 'reference' | 'number') => draft[field].trim() || undefined;
  const dealLines = draft.lines.flatMap(({ dealLine }) => (dealLine === null ? [] : [dealLine]));
  const fromDealLines = dealLines.length > 0 ? dealLines : undefined;
  const common = { contactId, date, currency, lineAmountTypes, lines, fromDealLines };
  const reference = text('reference');
  const brandingThemeId = draft.brandingThemeId ?? undefined;
  if (kind === 'bill') {
    const billFinish = finish === 'approve_and_email' ? 'approve' : finish;
    return { kind, body: { ...common, number: text('number'), dueDate, finish: billFinish } };
  }
  if (kind === 'invoice') return { kind, body: { ...common, reference, dueDate, brandingThemeId, finish } };
  const [title, summary, terms] = [text('title'), text('summary'), text('terms')];
  return { kind, body: { ...common, reference, expiryDate: dueDate, title, summary, terms, brandingThemeId } };
}

/** The contract limits digits and decimals. */
function readLine(line: LineDraft, draft: DocumentDraft, place: Place, errors: Record<string, string>): NewLine | null {
  const { choices, typing, finish } = place;
  const fail = (field: string, words: string) => {
    errors[lineField(line, field)] = words;
  };
  const description = line.description.trim();
  const quantity = matching(typing.readNumber(line.quantity), /^-?\d{1,9}(\.\d{1,4})?$/);
  const unitAmount = matching(typing.readPrice(line.unitAmount, draft.currency), /^-?\d{1,11}(\.\d{1,4})?$/);
  const hasDiscount = line.discount.trim() !== '' && documentKinds[draft.kind].hasDiscounts;
  const discount = hasDiscount ? readPercent(line.discount, typing) : undefined;
  const account = choices.accounts.find(({ code }) => code === line.accountCode);
  const rate = choices.taxRates.find(({ taxType }) => taxType === line.taxType);
  if (description === '') fail('description', problemWords.description);
  if (quantity === null) fail('quantity', problemWords.number);
  if (unitAmount === null) fail('unitAmount', line.unitAmount.trim() === '' ? problemWords.price : problemWords.number);
  if (documentKinds[draft.kind].priceDecimals === 2 && unitAmount !== null && /\.\d{3}/.test(unitAmount))
    fail('unitAmount', sayFieldError('quote_price_too_fine'));
  if (discount === null) fail('discount', problemWords.discount);
  if (finish !== 'draft' && !account) fail('accountCode', sayFieldError('account_missing'));
  if (rate && account && draft.lineAmountTypes !== 'none' && !taxSuitsAccount(rate, account))
    fail('taxType', sayFieldError('tax_unsuited', { tax: rate.name, account: `${account.code} ${account.name}` }));
  if (quantity === null || unitAmount === null || discount === null) return null;
  return { description, quantity, unitAmount, discount, ...readPicks(line, draft) };
}

function readPicks(line: LineDraft, { lineAmountTypes }: DocumentDraft) {
  const tracking = Object.entries(line.tracking).map(([categoryId, optionId]) => ({ categoryId, optionId }));
  return {
    itemCode: line.itemCode ?? undefined,
    accountCode: line.accountCode ?? undefined,
    taxType: lineAmountTypes === 'none' ? undefined : (line.taxType ?? undefined),
    tracking: tracking.length > 0 ? tracking : undefined,
  };
}

function matching(number: Decimal | null, pattern: RegExp): Decimal | null {
  return number !== null && pattern.test(number) ? number : null;
}

/** The form's lines in the order they were sent. `dealLineIds`: those that came from the deal. */
export type SentLines = { lineIds: readonly string[]; dealLineIds: readonly string[] };

/** Assigns the server's errors to the form's fields. `other`: errors that fit no visible field. */
export function placeErrors(
  refused: readonly { path: string; message: string }[],
  sent: SentLines,
): { errors: FieldErrors; other: string[] } {
  const errors: Record<string, string> = {};
  const other: string[] = [];
  for (const { path, message } of refused) {
    const field = toField(path, sent);
    if (field === null) other.push(message);
    // Xero repeats some errors for the line and for the document.
    else if (!errors[field]?.includes(message)) errors[field] = errors[field] ? `${errors[field]} ${message}` : message;
  }
  return { errors, other: [...new Set(other)] };
}

/** Paths come as `body/lines/0/quantity` or `lines.0.quantity`. */
function toField(path: string, { lineIds, dealLineIds }: SentLines): string | null {
  const [first = '', index = '', field = 'description'] = path.replace(/^\/?body[/.]|^\//, '').split(/[/.]/);
  if (first === 'dueDate' || first === 'expiryDate') return 'dueDate';
  const ids = first === 'lines' ? lineIds : first === 'fromDealLines' ? dealLineIds : null;
  if (!ids) return ownFields.has(first) ? first : null;
  const id = ids[Number(index)];
  return id === undefined || index === '' ? null : lineField({ id }, lineFields.has(field) ? field : 'description');
}

const ownFields = new Set(['date', 'title', 'summary', 'terms', 'reference', 'number', 'currency', 'brandingThemeId']);
const lineFields = new Set(['description', 'quantity', 'unitAmount', 'discount', 'accountCode', 'taxType', 'tracking']);
