import type { Credit } from '#server/xero/documents/credit.ts';
import type { DocumentHeader } from '#server/xero/documents/document-header.ts';
import { type CalendarDate, daysBetween } from '#shared/calendar.ts';
import type { Ageing, AgeingBucket, Summary } from '#shared/contract/summary.ts';
import { compareDecimals } from '#shared/money.ts';
import { buildFigure } from './figure.ts';

export type SummaryOptions = {
  /** Today in the organisation's time zone. Overdue is decided when figures are read. */
  today: CalendarDate;
  baseCurrency: string;
  /** When false, bills are left out of the answer. */
  canViewBills: boolean;
  /** Credits of the same contacts; null until they are loaded, undefined where they do not apply. */
  credits?: readonly Credit[] | null;
};

/** Adds up documents by the money rules. A document counts once, however many records and contacts lead to it. */
export function buildSummary(documents: readonly DocumentHeader[], options: SummaryOptions): Summary {
  const distinct = [...new Map(documents.map((document) => [document.id, document])).values()];
  const quotes = distinct.filter(({ kind }) => kind === 'quote');
  const invoices = distinct.filter(({ kind }) => kind === 'invoice');
  const bills = options.canViewBills ? distinct.filter(({ kind }) => kind === 'bill') : null;
  const outstanding = invoices.filter(isOutstanding);
  return {
    ...summariseQuotes(quotes, options),
    ...summariseOwed(invoices, bills, options),
    credit: summariseCredits(options),
    mostDaysLate: maximum(outstanding.map((document) => daysLate(document, options.today)).filter((days) => days > 0)),
    nextDueDate: minimum(outstanding.filter((d) => daysLate(d, options.today) <= 0).flatMap((d) => d.dueDate ?? [])),
  };
}

export function isOutstanding(document: DocumentHeader): boolean {
  return document.status === 'AUTHORISED' && compareDecimals(document.amountDue, '0') > 0;
}

export function isOverdue(document: DocumentHeader, today: CalendarDate): boolean {
  return isOutstanding(document) && daysLate(document, today) > 0;
}

function summariseQuotes(quotes: readonly DocumentHeader[], { today, baseCurrency }: SummaryOptions) {
  const open = quotes.filter(({ status }) => status === 'DRAFT' || status === 'SENT');
  const figure = (documents: readonly DocumentHeader[]) => buildFigure(documents, 'total', baseCurrency);
  return {
    openQuotes: figure(open),
    expiredQuotes: figure(open.filter((quote) => daysLate(quote, today) > 0)),
    acceptedQuotes: figure(quotes.filter(({ status }) => status === 'ACCEPTED')),
  };
}

function summariseOwed(
  invoices: readonly DocumentHeader[],
  bills: readonly DocumentHeader[] | null,
  { today, baseCurrency }: SummaryOptions,
) {
  const due = (documents: readonly DocumentHeader[]) => buildFigure(documents, 'amountDue', baseCurrency);
  const drafts = (documents: readonly DocumentHeader[]) =>
    buildFigure(documents.filter(isDraft), 'total', baseCurrency);
  const overdue = (document: DocumentHeader) => isOverdue(document, today);
  const ageing = (documents: readonly DocumentHeader[]) => buildAgeing(documents, today, baseCurrency);
  return {
    outstandingInvoices: due(invoices.filter(isOutstanding)),
    overdueInvoices: due(invoices.filter(overdue)),
    ...(bills && { outstandingBills: due(bills.filter(isOutstanding)), overdueBills: due(bills.filter(overdue)) }),
    drafts: { invoices: drafts(invoices), ...(bills && { bills: drafts(bills) }) },
    ageing: { invoices: ageing(invoices), ...(bills && { bills: ageing(bills) }) },
  };
}

function summariseCredits({ credits = null, canViewBills, baseCurrency }: SummaryOptions): Summary['credit'] {
  if (credits === null) return null;
  const distinct = [...new Map(credits.map((credit) => [credit.id, credit])).values()];
  const unused = (side: Credit['side']) => {
    const amounts = distinct
      .filter((credit) => credit.side === side)
      .map(({ currency, rate, remaining }) => ({ currency, rate, amountDue: remaining, total: remaining }));
    return buildFigure(amounts, 'amountDue', baseCurrency);
  };
  return { invoices: unused('invoice'), ...(canViewBills && { bills: unused('bill') }) };
}

/** The last day overdue that belongs to each bucket. */
const buckets: readonly { bucket: AgeingBucket; toDays: number }[] = [
  { bucket: 'not_due', toDays: 0 },
  { bucket: '1_30', toDays: 30 },
  { bucket: '31_60', toDays: 60 },
  { bucket: '61_90', toDays: 90 },
  { bucket: 'over_90', toDays: Number.POSITIVE_INFINITY },
];

function buildAgeing(documents: readonly DocumentHeader[], today: CalendarDate, baseCurrency: string): Ageing {
  const byBucket = new Map<AgeingBucket, DocumentHeader[]>(buckets.map(({ bucket }) => [bucket, []]));
  for (const document of documents.filter(isOutstanding)) {
    const days = daysLate(document, today);
    const found = buckets.find(({ toDays }) => days <= toDays);
    if (found) byBucket.get(found.bucket)?.push(document);
  }
  return [...byBucket].map(([bucket, inBucket]) => ({ bucket, ...buildFigure(inBucket, 'amountDue', baseCurrency) }));
}

function isDraft({ status }: DocumentHeader): boolean {
  return status === 'DRAFT' || status === 'SUBMITTED';
}

/** Days since the due or expiry date. A document without one is never overdue. */
export function daysLate({ dueDate }: DocumentHeader, today: CalendarDate): number {
  return dueDate === null ? 0 : daysBetween(dueDate, today);
}

function maximum(numbers: readonly number[]): number | null {
  return numbers.toSorted((a, b) => b - a)[0] ?? null;
}

function minimum(dates: readonly CalendarDate[]): CalendarDate | null {
  return dates.toSorted()[0] ?? null;
}
