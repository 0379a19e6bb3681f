import type { ExactDecimal, ExactJson } from '#server/xero/bytes/exact-json.ts';
import type { LineAmountTypes } from '#shared/contract/document.ts';
import type { RecordProblem } from '#shared/contract/sync/record.ts';
import { compareDecimals } from '#shared/money.ts';
import { computeDueDate } from '#shared/payment-terms.ts';
import { fieldWords } from '../../words/field-words.ts';
import { invalidAt } from '../check-fields.ts';
import type { KindFacts, KindMark, KindTwin, XeroElement } from '../kind.ts';
import { readTerm } from '../read-row.ts';
import { findLive, toStatusMember } from './statuses.ts';

type Header = {
  contact: KindTwin;
  date: string;
  currency: string;
  exchangeRate?: string | undefined;
  types: LineAmountTypes;
};

/** Members of every document. Of the contact only the id is sent, because any other member would overwrite it. */
export function toHeader({ contact, date, currency, exchangeRate, types }: Header, facts: KindFacts) {
  return {
    Contact: { ContactID: contact.id },
    Date: date,
    CurrencyCode: currency,
    CurrencyRate: toRate(exchangeRate, currency, facts),
    LineAmountTypes: { exclusive: 'Exclusive', inclusive: 'Inclusive', none: 'NoTax' }[types],
  } satisfies Record<string, ExactJson>;
}

/** Units of the document's currency for one of the organisation's, in Xero too. Absent: Xero's rate of the day. */
function toRate(rate: string | undefined, currency: string, { organisation }: KindFacts): ExactDecimal | undefined {
  return rate === undefined || currency === organisation.baseCurrency ? undefined : { exactDecimal: rate };
}

/** Xero's OpenAPI: above zero, with twelve digits before the point and six after it. */
export function checkRate(rate: string | undefined): RecordProblem | undefined {
  const isTaken = rate === undefined || (/^0*\d{1,12}(\.\d{1,6}0*)?$/.test(rate) && compareDecimals(rate, '0') > 0);
  return isTaken ? undefined : invalidAt('exchangeRate', fieldWords.notARate);
}

export function toBillStatus({ rules, twin }: Pick<KindFacts, 'rules' | 'twin'>): string | undefined {
  const wanted = { draft: 'DRAFT', submitted: 'SUBMITTED', approved: 'AUTHORISED' }[rules.billStatus];
  return toStatusMember(wanted, { twin });
}

/** The supplier's own terms, else the bill's date. Terms "of the current month" may give a day before it. */
export function findBillDueDate(date: string, supplier: KindTwin): string {
  const term = readTerm(supplier, 'Bills');
  const due = term && computeDueDate(date, term);
  return due && due > date ? due : date;
}

/** An update empties a text that the CRM no longer has. */
export function toText(text: string | undefined, facts: Pick<KindFacts, 'twin'>): string | undefined {
  return text || (findLive(facts) ? '' : undefined);
}

/** The page behind Xero's "Go to …". */
export function toPage(url: string | undefined, { origins }: Pick<KindFacts, 'origins'>): string | undefined {
  return url ?? origins[0];
}

/**
 * The write's id in the document's Url. It is in the fragment, which servers do not receive, unless the CRM uses
 * fragments for its own pages.
 */
export const urlMark: KindMark = {
  by: 'mark',
  toMark: (writeId) => writeId,
  put: (element, mark) => (typeof element.Url === 'string' ? { ...element, Url: markUrl(element.Url, mark) } : element),
};

function markUrl(text: string, mark: string): string {
  const url = new URL(text);
  if (url.hash === '') url.hash = `ledgerside=${mark}`;
  else url.searchParams.set('ledgerside', mark);
  return url.href;
}

/** An update names the document by its id. */
export function withId(name: string, facts: Pick<KindFacts, 'twin'>): XeroElement {
  const live = findLive(facts);
  return live ? { [name]: live.id } : {};
}
