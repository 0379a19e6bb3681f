import { dayToMs } from '../../dates.ts';
import { notFound } from '../../errors.ts';
import type { Quote } from '../../records/types.ts';
import { answerQuotePdf } from '../documents/document-pdf.ts';
import { pdfOrJson, wantsPdf } from '../documents/pdf.ts';
import { answerElements, answerPage } from '../envelope.ts';
import { type Listing, listRows } from '../listing.ts';
import type { ApiCall, ApiRoute } from '../route.ts';
import { quoteToWire } from './quote-wire.ts';
import { writeQuotes } from './write-quotes.ts';

const scopes = ['accounting.invoices'];

export const quoteRoutes: ApiRoute[] = [
  { method: 'GET', path: '/Quotes', scopes, run: (call) => listQuotes(call) },
  { method: 'GET', path: '/Quotes/:id', scopes, accepts: pdfOrJson, run: (call) => answerOne(call) },
  { method: 'PUT', path: '/Quotes', scopes, run: (call) => writeQuotes(call, 'create') },
  { method: 'POST', path: '/Quotes', scopes, run: (call) => writeQuotes(call, 'create or update') },
  { method: 'POST', path: '/Quotes/:id', scopes, run: (call) => writeQuotes(call, 'update') },
];

const listing: Listing<Quote> = {
  id: ({ QuoteID }) => QuoteID,
  updatedAt: (quote) => quote.updatedAt,
  fixedPageSize: 100,
  table: {
    $type: 'Quote',
    QuoteNumber: { type: 'String', get: (quote) => quote.QuoteNumber },
    Status: { type: 'String', get: (quote) => quote.Status },
    Date: { type: 'DateTime', get: (quote) => dayToMs(quote.Date) },
    ExpiryDate: {
      type: 'DateTime',
      get: ({ ExpiryDate }) => (ExpiryDate === undefined ? undefined : dayToMs(ExpiryDate)),
    },
    Total: { type: 'Number', get: (quote) => quote.Total },
    UpdatedDateUTC: { type: 'DateTime', get: (quote) => quote.updatedAt },
  },
};

/** Quotes ignore `where`, `summaryOnly` and `pageSize`. */
function listQuotes(call: ApiCall) {
  const { where, ...query } = call.query;
  const rows = [...call.books.quotes.values()].filter(toFilter(query));
  const page = listRows({ ...call, query }, rows, listing);
  return answerPage(call, 'Quotes', page, (quote) => quoteToWire(call.books, quote));
}

function toFilter(query: Record<string, string>) {
  const contactId = query.contactid?.toLowerCase();
  const status = query.status?.toUpperCase();
  return (quote: Quote): boolean =>
    (!contactId || quote.contactId === contactId) &&
    (!status || quote.Status === status) &&
    (!query.quotenumber || quote.QuoteNumber === query.quotenumber) &&
    isWithin(quote.Date, query.datefrom, query.dateto) &&
    isWithin(quote.ExpiryDate, query.expirydatefrom, query.expirydateto);
}

function isWithin(day: string | undefined, from: string | undefined, to: string | undefined): boolean {
  return (
    (!from || (day !== undefined && day >= from.slice(0, 10))) && (!to || (day !== undefined && day <= to.slice(0, 10)))
  );
}

function answerOne(call: ApiCall) {
  const quote = call.books.quotes.get((call.params.id ?? '').toLowerCase());
  if (!quote) throw notFound();
  if (wantsPdf(call)) return answerQuotePdf(call.books, quote);
  return answerElements(call, 'Quotes', [quoteToWire(call.books, quote)]);
}
