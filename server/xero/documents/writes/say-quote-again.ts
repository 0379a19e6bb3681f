import { z } from 'zod';
import { optionalDateSchema } from '#server/xero/answers/fields.ts';
import { invalidAnswer } from '#server/xero/answers/read-answer.ts';
import { type ExactJson, formatExactJson, parseWritableJson } from '#server/xero/bytes/exact-json.ts';
import { addDecimals, compareDecimals } from '#shared/money.ts';
import type { XeroDocument } from '../document.ts';
import { pickDiscount } from '../line-discount.ts';

type Members = { readonly [name: string]: ExactJson };

/**
 * Builds the bytes that change only a quote's status. Xero's Quotes API replaces the whole quote: a member that is left
 * out is emptied (reference, title, summary, terms, expiry date), gets a new number, or is taken as exclusive of tax.
 * So everything that Xero returned for the quote (`answerText`) is sent back, including members that we do not know.
 */
export function formatQuoteAgain(answerText: string, status: string, { hasLines }: { hasLines: boolean }): string {
  const quote = readQuote(answerText);
  const said = Object.entries(quote).filter(([name, value]) => !workedOut.has(name) && !isEmpty(value));
  return formatExactJson({
    Quotes: [
      {
        ...Object.fromEntries(said),
        // Of the contact only its id, because any other member would overwrite the contact.
        Contact: { ContactID: toMembers(quote.Contact).ContactID },
        Date: toDay(quote.Date),
        ExpiryDate: toDay(quote.ExpiryDate),
        Status: status,
        LineItems: hasLines ? toList(quote.LineItems).map(sayLineAgain) : undefined,
      },
    ],
  });
}

/**
 * Whether the lines, as Xero returned them, add up to the quote's totals. Only then do they mean the same when sent
 * back. A user once saw a quote with tax-inclusive amounts returned with amounts less tax; sent back, tax was deducted
 * twice. Lines that are left out stay as they are (Xero's own example of updating a quote).
 */
export function canSayLinesAgain({ lines, lineAmountTypes, subTotal, total }: XeroDocument): boolean {
  const amounts = lines.map(({ lineAmount }) => lineAmount).filter((amount) => amount !== null);
  if (lines.length === 0 || amounts.length < lines.length) return false;
  return compareDecimals(addDecimals(amounts), lineAmountTypes === 'exclusive' ? subTotal : total) === 0;
}

/** Members that Xero computes, or repeats in another member. */
const workedOut = new Set([
  'SubTotal',
  'TotalTax',
  'Total',
  'TotalDiscount',
  'DateString',
  'ExpiryDateString',
  'UpdatedDateUTC',
  'StatusAttributeString',
  'HasErrors',
  'HasAttachments',
  'ValidationErrors',
  'Warnings',
]);
const workedOutOfLine = new Set(['Item', 'DiscountEnteredAsPercent', 'TaxBreakdown', 'ValidationErrors', 'Warnings']);

function sayLineAgain(line: ExactJson): ExactJson {
  const members = toMembers(line);
  const said = Object.entries(members).filter(([name, value]) => !workedOutOfLine.has(name) && !isEmpty(value));
  const tracking = toList(members.Tracking);
  const { discountAmount } = pickDiscount({
    rate: toDecimal(members.DiscountRate),
    amount: toDecimal(members.DiscountAmount),
    isAmount: members.DiscountEnteredAsPercent === false,
  });
  return {
    ...Object.fromEntries(said),
    // The code names the same account.
    ...(members.AccountCode ? { AccountID: undefined } : {}),
    [discountAmount === null ? 'DiscountAmount' : 'DiscountRate']: undefined,
    ...(tracking.length > 0 && { Tracking: tracking.map(sayTrackingAgain) }),
  };
}

/** Quotes accept tracking only by option id (Xero's documentation of Quotes). */
function sayTrackingAgain(tracking: ExactJson): ExactJson {
  const { TrackingOptionID } = toMembers(tracking);
  return TrackingOptionID ? { TrackingOptionID } : tracking;
}

const quotesSchema = z.object({ Quotes: z.tuple([z.custom<Members>((value) => isMembers(value))]) });

function readQuote(answerText: string): Members {
  const parsed = quotesSchema.safeParse(parseWritableJson(answerText));
  if (!parsed.success) throw invalidAnswer('not exactly one quote');
  return parsed.data.Quotes[0];
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toMembers(value: ExactJson): Members {
  return isMembers(value) ? value : {};
}

function toList(value: ExactJson): readonly ExactJson[] {
  return Array.isArray(value) ? value : [];
}

/** Empty members are left out, because Xero would look up an empty code. */
function isEmpty(value: ExactJson): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Dates are sent as calendar days. */
function toDay(value: ExactJson): string | undefined {
  return optionalDateSchema.parse(value) ?? undefined;
}

function toDecimal(value: ExactJson): string | null {
  const { exactDecimal } = toMembers(value);
  return typeof exactDecimal === 'string' ? exactDecimal : null;
}
