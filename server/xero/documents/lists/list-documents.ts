import { readDate } from '#server/xero/answers/read-answer.ts';
import type { LoadedDocuments, XeroCaller } from '#server/xero/gateway.ts';
import { openInvoiceStatuses, openQuoteStatuses, parseInvoices, parseQuotes } from '../parse-documents.ts';
import { isWhole, type ListDeps, noteUnreadable, type Page, readPages, toChunks, toLoaded } from './read-pages.ts';

/** Above about 50 ids a URL is too long for Xero, which then answers a misleading 404 (observed by users of its API). */
export const idsPerCall = 40;
const invoicesPerPage = 1000;
export const quotesPerPage = 100;

export async function listOpenInvoices(
  deps: ListDeps,
  caller: XeroCaller,
  contactIds: readonly string[],
): Promise<LoadedDocuments> {
  const ids = [...new Set(contactIds.map((id) => id.toLowerCase()))];
  const loads = await Promise.all(toChunks(ids, idsPerCall).map((chunk) => listInvoicesOf(deps, caller, chunk)));
  return toLoaded(deps, loads.flat(), { contactIds: ids });
}

/** Rows that change while pages are read shift the others: when Xero's count does not fit, all is read once more. */
async function listInvoicesOf(deps: ListDeps, caller: XeroCaller, contactIds: string[]): Promise<Page[]> {
  const readPage = (page: number) => askForInvoices(deps, caller, contactIds, page);
  const pages = await readPages(readPage, { pageSize: invoicesPerPage });
  if (isWhole(pages)) return pages;
  deps.log.info({ organisationId: caller.organisationId }, 'Invoices changed while they were read; reading again');
  const again = await readPages(readPage, { pageSize: invoicesPerPage });
  if (!isWhole(again))
    deps.log.warn({ organisationId: caller.organisationId }, 'Xero counts other invoices than it sent');
  return again;
}

async function askForInvoices(deps: ListDeps, caller: XeroCaller, contactIds: string[], page: number): Promise<Page> {
  const answer = await deps.ask(caller, {
    name: 'GET /Invoices',
    send: (api, tenantId) =>
      api.getInvoices(
        tenantId,
        undefined, // ifModifiedSince
        undefined, // where
        'InvoiceID ASC', // never moves when an invoice changes
        undefined, // iDs
        undefined, // invoiceNumbers
        contactIds,
        [...openInvoiceStatuses],
        page,
        undefined, // includeArchived
        undefined, // createdByMyApp
        undefined, // unitdp
        true, // summaryOnly
        invoicesPerPage,
      ),
  });
  const parsed = parseInvoices(answer);
  noteUnreadable(deps, 'invoices', parsed);
  return { ...parsed, asOf: readDate(answer, deps.now()) };
}

export async function listQuotes(deps: ListDeps, caller: XeroCaller, contactId: string): Promise<LoadedDocuments> {
  // One status a call, so all of them.
  const pages = await readQuotePages(deps, caller, { contactId });
  return toLoaded(deps, pages, { contactIds: [contactId.toLowerCase()] });
}

/** Every open quote of the organisation; those of other contacts are dropped. */
export async function listOrganisationQuotes(
  deps: ListDeps,
  caller: XeroCaller,
  contactIds: readonly string[],
): Promise<LoadedDocuments> {
  const pages: Page[] = [];
  // One after the other and in the order quotes move, so that one which moves meanwhile is met again.
  for (const status of openQuoteStatuses) pages.push(...(await readQuotePages(deps, caller, { status })));
  const ids = contactIds.map((id) => id.toLowerCase());
  return toLoaded(deps, pages, { contactIds: ids, hasStrangers: true });
}

type QuoteFilter = { contactId?: string; status?: string; statuses?: readonly string[]; order?: string };

export function readQuotePages(
  deps: ListDeps,
  caller: XeroCaller,
  { contactId, status, statuses, order = 'QuoteNumber ASC' }: QuoteFilter,
  mostPages?: number,
): Promise<Page[]> {
  const readPage = async (page: number): Promise<Page> => {
    const answer = await deps.ask(caller, {
      name: 'GET /Quotes',
      send: (api, tenantId) =>
        api.getQuotes(
          tenantId,
          undefined, // ifModifiedSince
          undefined, // dateFrom
          undefined, // dateTo
          undefined, // expiryDateFrom
          undefined, // expiryDateTo
          contactId,
          status,
          page,
          order,
        ),
    });
    const parsed = parseQuotes(answer, statuses);
    noteUnreadable(deps, 'quotes', parsed);
    return { ...parsed, asOf: readDate(answer, deps.now()) };
  };
  return readPages(readPage, { pageSize: quotesPerPage, mostPages });
}
