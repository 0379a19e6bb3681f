import type { LedgerDocument } from '#server/ledger/document.ts';
import type { Ask } from './ask.ts';
import type { LoadedDocuments, XeroCaller } from './gateway.ts';
import { type DocumentPage, openInvoiceStatuses, parseInvoices, parseQuotes } from './parse-documents.ts';
import { readDate } from './read-answer.ts';
import type { XeroLog } from './xero-config.ts';

type Deps = { ask: Ask; log: XeroLog; now: () => Date };
type Page = DocumentPage & { asOf: string };

/** More than about 50 ids overrun Xero's limit for addresses and answer a misleading 404 (source: xero.md). */
const idsPerCall = 40;
const invoicesPerPage = 1000;
const quotesPerPage = 100;

export async function listOpenInvoices(
  deps: Deps,
  caller: XeroCaller,
  contactIds: readonly string[],
): Promise<LoadedDocuments> {
  const ids = [...new Set(contactIds.map((id) => id.toLowerCase()))];
  const chunks = Array.from({ length: Math.ceil(ids.length / idsPerCall) }, (_, index) =>
    ids.slice(index * idsPerCall, (index + 1) * idsPerCall),
  );
  const loads = await Promise.all(chunks.map((chunk) => listInvoicesOf(deps, caller, chunk)));
  return toLoaded(deps, loads.flat(), ids);
}

/** Rows that change while pages are read shift the others: when Xero's count does not fit, all is read once more. */
async function listInvoicesOf(deps: Deps, caller: XeroCaller, contactIds: string[]): Promise<Page[]> {
  const readPage = (page: number) => askForInvoices(deps, caller, contactIds, page);
  const pages = await readPages(readPage, invoicesPerPage);
  if (isWhole(pages)) return pages;
  deps.log.info({ organisationId: caller.organisationId }, 'Invoices changed while they were read; reading again');
  const again = await readPages(readPage, invoicesPerPage);
  if (!isWhole(again))
    deps.log.warn({ organisationId: caller.organisationId }, 'Xero counts other invoices than it sent');
  return again;
}

async function askForInvoices(deps: Deps, caller: XeroCaller, contactIds: string[], page: number): Promise<Page> {
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
  return { ...parseInvoices(answer), asOf: readDate(answer, deps.now()) };
}

export async function listQuotes(deps: Deps, caller: XeroCaller, contactId: string): Promise<LoadedDocuments> {
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
          undefined, // status: one a call, so all of them
          page,
          'QuoteNumber ASC',
        ),
    });
    return { ...parseQuotes(answer), asOf: readDate(answer, deps.now()) };
  };
  return toLoaded(deps, await readPages(readPage, quotesPerPage), [contactId.toLowerCase()]);
}

/** The pages Xero says there are, side by side; where it does not say, until one is not full. */
async function readPages(readPage: (page: number) => Promise<Page>, pageSize: number): Promise<Page[]> {
  const pages = [await readPage(1)];
  const pageCount = pages[0]?.pagination?.pageCount;
  if (pageCount !== undefined) {
    const numbers = Array.from({ length: Math.max(0, pageCount - 1) }, (_, index) => index + 2);
    return [...pages, ...(await Promise.all(numbers.map(readPage)))];
  }
  while ((pages.at(-1)?.rowCount ?? 0) >= pageSize) pages.push(await readPage(pages.length + 1));
  return pages;
}

function isWhole(pages: readonly Page[]): boolean {
  const rowCount = pages.reduce((sum, page) => sum + page.rowCount, 0);
  return pages.every(({ pagination }) => !pagination || pagination.itemCount === rowCount);
}

/** A document of a contact that nobody asked for is dropped: to show it would be somebody else's figures. */
function toLoaded(deps: Deps, pages: readonly Page[], contactIds: readonly string[]): LoadedDocuments {
  const asked = new Set(contactIds);
  const received = pages.flatMap(({ documents }) => documents);
  const documents = new Map<string, LedgerDocument>();
  for (const document of received) if (asked.has(document.contactId)) documents.set(document.id, document);
  const strangers = received.filter(({ contactId }) => !asked.has(contactId)).length;
  if (strangers > 0) deps.log.warn({ strangers }, 'Xero sent documents of contacts that were not asked for');
  const [first, ...others] = pages.map(({ asOf }) => asOf);
  const asOf = others.reduce(
    (earliest, next) => (next < earliest ? next : earliest),
    first ?? deps.now().toISOString(),
  );
  return { documents: [...documents.values()], asOf };
}
