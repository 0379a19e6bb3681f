import type { LedgerDocument } from '#server/ledger/document.ts';
import type { XeroCaller } from './gateway.ts';
import { idsPerCall, readQuotePages } from './list-documents.ts';
import { closedInvoiceStatuses, closedQuoteStatuses, parseInvoices } from './parse-documents.ts';
import { readDate } from './read-answer.ts';
import { earliestOf, type ListDeps, type Page, toChunks } from './read-pages.ts';

export type ClosedQuestion = {
  kind: 'invoice' | 'bill';
  contactIds: readonly string[];
  statuses: readonly string[];
  /** Xero looks in number, reference and contact name. */
  search: string | undefined;
  order: ClosedOrder;
  page: number;
  pageSize: number;
};
export type ClosedOrder = 'newest' | 'oldest' | 'due' | 'amount' | 'number';
export type ClosedPage = { documents: LedgerDocument[]; total: number; asOf: string };

/** The id behind each, so that equal ones keep their place from page to page. */
const orders: Readonly<Record<ClosedOrder, string>> = {
  newest: 'Date DESC, InvoiceID ASC',
  oldest: 'Date ASC, InvoiceID ASC',
  due: 'DueDate ASC, InvoiceID ASC',
  amount: 'Total DESC, InvoiceID ASC',
  number: 'InvoiceNumber ASC, InvoiceID ASC',
};
const mostRows = 1000;

/**
 * One page of paid and voided invoices or bills, paged by Xero: one call. Beyond 40 contacts there is a call for each
 * 40, which brings all rows up to this page (at most 1,000), and they are merged here.
 */
export async function listClosedInvoices(
  deps: ListDeps,
  caller: XeroCaller,
  question: ClosedQuestion,
): Promise<ClosedPage> {
  const chunks = toChunks([...new Set(question.contactIds.map((id) => id.toLowerCase()))], idsPerCall);
  const [only, ...more] = chunks;
  if (only !== undefined && more.length === 0) {
    const page = await ask(deps, caller, { ...question, contactIds: only });
    return { documents: page.documents, total: countOf(page), asOf: page.asOf };
  }
  const { page, pageSize, order } = question;
  const whole = { ...question, page: 1, pageSize: Math.min(mostRows, page * pageSize) };
  const pages = await Promise.all(chunks.map((contactIds) => ask(deps, caller, { ...whole, contactIds })));
  const documents = pages.flatMap((one) => one.documents).sort(comparers[order]);
  const total = pages.reduce((sum, one) => sum + countOf(one), 0);
  return { documents: documents.slice((page - 1) * pageSize, page * pageSize), total, asOf: earliestOf(deps, pages) };
}

function countOf({ pagination, documents }: Page): number {
  return pagination?.itemCount ?? documents.length;
}

async function ask(deps: ListDeps, caller: XeroCaller, question: ClosedQuestion): Promise<Page> {
  const { kind, contactIds, statuses, search, order, page, pageSize } = question;
  const answer = await deps.ask(caller, {
    name: 'GET /Invoices',
    send: (api, tenantId) =>
      api.getInvoices(
        tenantId,
        undefined, // ifModifiedSince
        `Type=="${kind === 'invoice' ? 'ACCREC' : 'ACCPAY'}"`, // indexed
        orders[order],
        undefined, // iDs
        undefined, // invoiceNumbers
        [...contactIds],
        [...statuses],
        page,
        undefined, // includeArchived
        undefined, // createdByMyApp
        undefined, // unitdp
        true, // summaryOnly
        pageSize,
        search,
      ),
  });
  const parsed = parseInvoices(answer, closedInvoiceStatuses);
  const asked = new Set(contactIds);
  const documents = parsed.documents.filter((one) => one.kind === kind && asked.has(one.contactId));
  return { ...parsed, documents, asOf: readDate(answer, deps.now()) };
}

type Compare = (a: LedgerDocument, b: LedgerDocument) => number;
const text = (a: string | null, b: string | null) => ((a ?? '') < (b ?? '') ? -1 : (a ?? '') > (b ?? '') ? 1 : 0);
const byId: Compare = (a, b) => text(a.id, b.id);

const comparers: Readonly<Record<ClosedOrder, Compare>> = {
  newest: (a, b) => text(b.date, a.date) || byId(a, b),
  oldest: (a, b) => text(a.date, b.date) || byId(a, b),
  due: (a, b) => text(a.dueDate, b.dueDate) || byId(a, b),
  // Only where rows of several calls meet; both were sorted by Xero as numbers before.
  amount: (a, b) => Number(b.total) - Number(a.total) || byId(a, b),
  number: (a, b) => text(a.number, b.number) || byId(a, b),
};

/** A contact each up to here; beyond, the newest of the whole organisation. */
const fewContacts = 10;
const mostQuotePages = 10;

/** Declined and invoiced quotes, which Xero can page for one contact or one status only. */
export async function listClosedQuotes(
  deps: ListDeps,
  caller: XeroCaller,
  contactIds: readonly string[],
): Promise<{ documents: LedgerDocument[]; asOf: string }> {
  const ids = [...new Set(contactIds.map((id) => id.toLowerCase()))];
  const common = { statuses: closedQuoteStatuses, order: 'Date DESC' };
  const filters =
    ids.length <= fewContacts
      ? ids.map((contactId) => ({ contactId }))
      : closedQuoteStatuses.map((status) => ({ status }));
  const loads = await Promise.all(
    filters.map((filter) => readQuotePages(deps, caller, { ...common, ...filter }, mostQuotePages)),
  );
  const pages = loads.flat();
  const asked = new Set(ids);
  const documents = pages.flatMap((page) => page.documents).filter(({ contactId }) => asked.has(contactId));
  return { documents: [...new Map(documents.map((one) => [one.id, one])).values()], asOf: earliestOf(deps, pages) };
}
