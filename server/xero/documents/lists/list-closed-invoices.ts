import { isFull } from '#server/xero/answers/pagination.ts';
import { readDate } from '#server/xero/answers/read-answer.ts';
import { getInvoices } from '#server/xero/endpoints/invoices.ts';
import { idsPerCall } from '#server/xero/endpoints/limits.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { XeroDeps } from '#server/xero/xero-deps.ts';
import { documentKinds } from '#shared/document-kinds.ts';
import type { DocumentHeader, UnreadableDocument } from '../document-header.ts';
import { type DocumentPage, parseInvoices } from '../parse-documents.ts';
import { mergeBlocks } from './merge-blocks.ts';
import { earliestOf, noteUnreadable, toChunks, toLoaded } from './read-pages.ts';

export type ClosedQuestion = {
  kind: 'invoice' | 'bill';
  contactIds: readonly string[];
  statuses: readonly string[];
  /** Xero searches number, reference and contact name. */
  search: string | undefined;
  order: ClosedOrder;
  page: number;
  pageSize: number;
};
export type ClosedOrder = 'newest' | 'oldest' | 'due' | 'amount' | 'number';
export type ClosedPage = {
  documents: DocumentHeader[];
  /** Unreadable documents met on the way to this page. */
  unreadable: UnreadableDocument[];
  total: number;
  /** No page follows. */
  isLast: boolean;
  asOf: string;
};

/** Sorted by id at the end, so that equal rows keep their order from page to page. */
const orders: Readonly<Record<ClosedOrder, string>> = {
  newest: 'Date DESC, InvoiceID ASC',
  oldest: 'Date ASC, InvoiceID ASC',
  due: 'DueDate ASC, InvoiceID ASC',
  amount: 'Total DESC, InvoiceID ASC',
  number: 'InvoiceNumber ASC, InvoiceID ASC',
};
/** How many rows are read at once when pages are merged here: five pages per call for each 40 contacts. */
const blockSize = 250;

/** Returns a cached answer to the same question, or asks. */
export type KeepBlock = (question: ClosedQuestion, ask: () => Promise<ClosedPage>) => Promise<ClosedPage>;

/**
 * Reads one page of paid and voided invoices or bills. Up to 40 contacts, Xero pages them: one call. Beyond that, there
 * is one list per 40 contacts; the lists are merged here and read only as far as the page needs.
 */
export async function listClosedInvoices(
  deps: XeroDeps,
  caller: XeroCaller,
  question: ClosedQuestion,
  keep: KeepBlock,
): Promise<ClosedPage> {
  const lists = toChunks([...new Set(question.contactIds.map((id) => id.toLowerCase()))].sort(), idsPerCall);
  const read = (part: ClosedQuestion) => keep(part, () => ask(deps, caller, part));
  const [only = [], ...more] = lists;
  if (more.length === 0) return read({ ...question, contactIds: only });
  const { page, pageSize, order } = question;
  const blocks: ClosedPage[] = [];
  const { rows, total } = await mergeBlocks({
    listCount: lists.length,
    compare: comparers[order],
    readBlock: async (list, block) => {
      const contactIds = lists[list] ?? [];
      const one = await read({ ...question, contactIds, page: block, pageSize: blockSize });
      blocks.push(one);
      return { rows: one.documents, total: one.total, isLast: one.isLast };
    },
    keyOf: ({ id }) => id,
    from: (page - 1) * pageSize,
    to: page * pageSize,
  });
  const unreadable = blocks.flatMap((block) => block.unreadable);
  return { documents: [...rows], unreadable, total, isLast: page * pageSize >= total, asOf: earliestOf(deps, blocks) };
}

async function ask(deps: XeroDeps, caller: XeroCaller, question: ClosedQuestion): Promise<ClosedPage> {
  const { kind, contactIds, statuses, search: searchTerm, order, page, pageSize } = question;
  const where = `Type=="${documentKinds[kind].xeroType}"`;
  const filter = { where, contactIds, statuses, searchTerm, order: orders[order] };
  const answer = await deps.ask(caller, getInvoices({ ...filter, summaryOnly: true, page, pageSize }));
  const parsed = parseInvoices(answer, documentKinds.invoice.closedStatuses);
  noteUnreadable(deps, 'invoices', parsed);
  const loaded = toLoaded(deps, [{ ...parsed, asOf: readDate(answer, deps.clock.now()) }], { contactIds });
  return {
    ...loaded,
    documents: loaded.documents.filter((one) => one.kind === kind),
    unreadable: loaded.unreadable.filter((one) => one.kind === kind || one.kind === null),
    ...toCounts(parsed, question),
  };
}

/**
 * How many documents there are, by Xero's count, but never more than can be read: a page that is not full is the last.
 * If Xero does not count, at least one more is assumed after a full page.
 */
function toCounts({ rowKeys, pagination }: DocumentPage, { page, pageSize }: ClosedQuestion) {
  const rowCount = rowKeys.length;
  const reached = (page - 1) * pageSize + rowCount;
  const told = pagination?.itemCount ?? null;
  // A count smaller than the rows received must count something else.
  const counted = told !== null && (rowCount === 0 || told >= reached) ? told : null;
  const isLast = counted === reached || !isFull({ rowCount, pagination }, pageSize);
  if (!isLast) return { isLast, total: counted ?? reached + 1 };
  return { isLast, total: rowCount === 0 ? Math.min(counted ?? reached, reached) : reached };
}

type Compare = (a: DocumentHeader, b: DocumentHeader) => number;
function text(a: string | null, b: string | null) {
  return (a ?? '') < (b ?? '') ? -1 : (a ?? '') > (b ?? '') ? 1 : 0;
}
const byId: Compare = (a, b) => text(a.id, b.id);

const comparers: Readonly<Record<ClosedOrder, Compare>> = {
  newest: (a, b) => text(b.date, a.date) || byId(a, b),
  oldest: (a, b) => text(a.date, b.date) || byId(a, b),
  due: (a, b) => text(a.dueDate, b.dueDate) || byId(a, b),
  // Used only to merge rows of several calls. Xero already sorted each list by number.
  amount: (a, b) => Number(b.total) - Number(a.total) || byId(a, b),
  number: (a, b) => text(a.number, b.number) || byId(a, b),
};
