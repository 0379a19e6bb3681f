import { readDate } from '#server/xero/answers/read-answer.ts';
import { getInvoices } from '#server/xero/endpoints/invoices.ts';
import { idsPerCall, longestPage } from '#server/xero/endpoints/limits.ts';
import { getQuotes, quotesPerPage } from '#server/xero/endpoints/quotes.ts';
import type { LoadedDocuments, XeroCaller } from '#server/xero/gateway.ts';
import type { XeroDeps } from '#server/xero/xero-deps.ts';
import { openInvoiceStatuses, openQuoteStatuses, parseInvoices, parseQuotes } from '../parse-documents.ts';
import { isWhole, noteUnreadable, type Page, readPages, toChunks, toLoaded } from './read-pages.ts';

export async function listOpenInvoices(
  deps: XeroDeps,
  caller: XeroCaller,
  contactIds: readonly string[],
): Promise<LoadedDocuments> {
  const ids = [...new Set(contactIds.map((id) => id.toLowerCase()))];
  const loads = await Promise.all(toChunks(ids, idsPerCall).map((chunk) => listInvoicesOf(deps, caller, chunk)));
  return toLoaded(deps, loads.flat(), { contactIds: ids });
}

/** Rows that change during paging shift other rows. If Xero's count does not match, everything is read once more. */
async function listInvoicesOf(deps: XeroDeps, caller: XeroCaller, contactIds: string[]): Promise<Page[]> {
  const readPage = (page: number) => askForInvoices(deps, caller, contactIds, page);
  const pages = await readPages(readPage, { pageSize: longestPage });
  if (isWhole(pages)) return pages;
  deps.log.info({ organisationId: caller.organisationId }, 'Invoices changed while they were read; reading again');
  const again = await readPages(readPage, { pageSize: longestPage });
  if (!isWhole(again))
    deps.log.warn({ organisationId: caller.organisationId }, 'Xero sent a different number of invoices than it counts');
  return again;
}

async function askForInvoices(deps: XeroDeps, caller: XeroCaller, contactIds: string[], page: number): Promise<Page> {
  // An invoice's InvoiceID never changes, so the order is stable.
  const filter = { contactIds, statuses: openInvoiceStatuses, order: 'InvoiceID ASC' };
  const answer = await deps.ask(caller, getInvoices({ ...filter, summaryOnly: true, page, pageSize: longestPage }));
  const parsed = parseInvoices(answer);
  noteUnreadable(deps, 'invoices', parsed);
  return { ...parsed, asOf: readDate(answer, deps.clock.now()) };
}

export async function listQuotes(deps: XeroDeps, caller: XeroCaller, contactId: string): Promise<LoadedDocuments> {
  // Xero takes one status per call, so this reads all statuses in one.
  const pages = await readQuotePages(deps, caller, { contactId });
  return toLoaded(deps, pages, { contactIds: [contactId.toLowerCase()] });
}

/** Reads every open quote of the organisation and drops those of other contacts. */
export async function listOrganisationQuotes(
  deps: XeroDeps,
  caller: XeroCaller,
  contactIds: readonly string[],
): Promise<LoadedDocuments> {
  const pages: Page[] = [];
  // One status after the other, in the order in which quotes progress, so that a quote that moves meanwhile is met
  // again.
  for (const status of openQuoteStatuses) pages.push(...(await readQuotePages(deps, caller, { status })));
  const ids = contactIds.map((id) => id.toLowerCase());
  return toLoaded(deps, pages, { contactIds: ids, hasStrangers: true });
}

type QuoteFilter = { contactId?: string; status?: string; statuses?: readonly string[]; order?: string };

export function readQuotePages(
  deps: XeroDeps,
  caller: XeroCaller,
  { contactId, status, statuses, order = 'QuoteNumber ASC' }: QuoteFilter,
  mostPages?: number,
): Promise<Page[]> {
  const readPage = async (page: number): Promise<Page> => {
    const answer = await deps.ask(caller, getQuotes({ contactId, status, order, page }));
    const parsed = parseQuotes(answer, statuses);
    noteUnreadable(deps, 'quotes', parsed);
    return { ...parsed, asOf: readDate(answer, deps.clock.now()) };
  };
  return readPages(readPage, { pageSize: quotesPerPage, mostPages });
}
