import { isDeepStrictEqual } from 'node:util';
import type { Organisation } from '../organisation.ts';
import type { LineAmountTypes, Quote } from '../types.ts';
import type { LineSetting } from './complete-line.ts';
import { isSilent, sentContactProblems } from './contact-of-document.ts';
import { writeLines } from './document-lines.ts';
import { documentProblems, tooLong } from './document-problems.ts';
import { lineProblems } from './line-problems.ts';
import type { Problems } from './problems.ts';
import { quoteStateProblems } from './quote-states.ts';
import type { SentQuote } from './sent.ts';

export type QuoteWrite = {
  organisation: Organisation;
  sent: SentQuote;
  /** The quote to update. */
  known: Quote | undefined;
  now: number;
};

/** Why Xero would refuse this quote. */
export function quoteProblems(write: QuoteWrite): Problems {
  const { organisation, sent, known } = write;
  const contact = sent.Contact;
  const rules = { ...quoteSettingOf(sent), needsDescription: true, needsAccount: false };
  return {
    document: [
      ...quoteStateProblems(sent.Status, known),
      ...(known || contact ? [] : ['A Contact must be specified for this type of transaction']),
      ...(known ? unsaidProblems(sent) : []),
      ...(known || sent.LineItems?.length ? [] : ['One or more line items must be specified']),
      ...documentProblems(organisation, sent),
      ...lengthProblems(sent),
      ...numberProblems(write),
      ...lockedLineProblems(write),
    ],
    contact: contact && (!isSilent(contact) || !known) ? sentContactProblems(organisation.books(), contact) : [],
    lines: (sent.LineItems ?? []).map((line) => lineProblems(organisation.books(), line, rules)),
  };
}

const types: Record<NonNullable<SentQuote['LineAmountTypes']>, LineAmountTypes> = {
  EXCLUSIVE: 'Exclusive',
  INCLUSIVE: 'Inclusive',
  NOTAX: 'NoTax',
};

/**
 * Every update must repeat contact and date, even if it changes only the status. Others observed this on the service.
 */
function unsaidProblems({ Contact, Date: date }: SentQuote): string[] {
  return [
    ...(Contact?.ContactID ? [] : ['Contact requires a valid ContactId']),
    ...(date ? [] : ['Date cannot be empty']),
  ];
}

/** "Status based editable fields" in Xero's documentation: lines can be edited only in these two statuses. */
const editable = ['DRAFT', 'SENT'];

/** Lines that are repeated unchanged change nothing. Xero does not document whether it accepts them. */
function lockedLineProblems({ organisation, sent, known }: QuoteWrite): string[] {
  if (!known || editable.includes(known.Status) || !sent.LineItems?.length) return [];
  const { LineItems: lines } = writeLines(organisation, sent, known, quoteSettingOf(sent));
  const isSame = isDeepStrictEqual(lines, known.LineItems);
  return isSame ? [] : [`The line items of a quote that is ${known.Status} cannot be changed`];
}

/** Always four decimals. A write without a tax type means exclusive, even in an update. */
export function quoteSettingOf(sent: SentQuote): LineSetting {
  return {
    side: 'sales',
    isQuote: true,
    types: types[sent.LineAmountTypes ?? 'EXCLUSIVE'],
    unitDecimals: 4,
  };
}

/** From Xero's OpenAPI. */
function lengthProblems(sent: SentQuote): string[] {
  return tooLong({
    QuoteNumber: [sent.QuoteNumber, 255],
    Reference: [sent.Reference, 4000],
    Title: [sent.Title, 100],
    Summary: [sent.Summary, 3000],
    Terms: [sent.Terms, 4000],
  });
}

function numberProblems({ organisation, sent, known }: QuoteWrite): string[] {
  const number = sent.QuoteNumber?.toLowerCase();
  if (!number) return [];
  const isTaken = [...organisation.books().quotes.values()].some(
    (one) => one !== known && one.Status !== 'DELETED' && one.QuoteNumber.toLowerCase() === number,
  );
  return isTaken ? ['Quote number must be unique'] : [];
}
