import { isFull, type Pagination } from '#server/xero/answers/pagination.ts';
import { invalidAnswer } from '#server/xero/answers/read-answer.ts';
import type { XeroList } from '#server/xero/answers/read-rows.ts';
import type { LoadedDocuments } from '#server/xero/gateway.ts';
import type { XeroDeps } from '#server/xero/xero-deps.ts';
import type { DocumentHeader, UnreadableDocument } from '../document-header.ts';
import type { DocumentPage } from '../parse-documents.ts';

/** What reading a list needs. */
/** A page of any list. `rowKeys` identify every row that Xero sent. */
export type CountedPage = { rowKeys: string[]; pagination: Pagination | null };
export type Page = DocumentPage & { asOf: string };

/** Most pages read for one question: 100,000 invoices or 10,000 quotes. */
const mostPagesOfAll = 100;
const pagesAtOnce = 4;

type Paging = {
  /** The page size asked of Xero. */
  pageSize: number;
  /** Read at most this many pages and stop. Without it, a list that exceeds the general limit is an error. */
  mostPages?: number;
};

/**
 * Reads the pages of a list, in parallel when Xero gives the number of rows. Its count is never trusted beyond the rows
 * received: an empty page ends the list, and so does one without a new row. A repeated page is an error, because the
 * rows of the others cannot be known. Rejects with xero_invalid_answer.
 */
export async function readPages<P extends CountedPage>(
  readPage: (page: number) => Promise<P>,
  { pageSize, mostPages }: Paging,
): Promise<P[]> {
  const first = await readPage(1);
  const pages = [first];
  const isNew = buildIsNew(first);
  const most = mostPages ?? mostPagesOfAll;
  for (;;) {
    const wanted = countNext(pages, pageSize);
    const count = Math.min(wanted, most - pages.length);
    if (wanted > 0 && count <= 0 && mostPages === undefined) throw invalidAnswer('more pages than are read');
    if (count <= 0) return pages;
    const numbers = Array.from({ length: count }, (_, index) => pages.length + index + 1);
    for (const page of await Promise.all(numbers.map(readPage))) {
      if (!isNew(page)) return pages;
      pages.push(page);
    }
  }
}

/** Returns false when the page ends the list. Throws when it repeats an earlier page. */
function buildIsNew(first: CountedPage): (page: CountedPage) => boolean {
  const seen = new Set(first.rowKeys);
  const whole = new Set([first.rowKeys.join()]);
  return ({ rowKeys }) => {
    if (rowKeys.length === 0) return false;
    if (whole.has(rowKeys.join())) throw invalidAnswer('a page that was there before');
    whole.add(rowKeys.join());
    const before = seen.size;
    for (const key of rowKeys) seen.add(key);
    return seen.size > before;
  };
}

/** How many pages to ask for next; one when it is uncertain whether another exists. */
function countNext(pages: readonly CountedPage[], pageSize: number): number {
  const [first, last] = [pages[0], pages.at(-1)];
  if (!first || !last || last.rowKeys.length === 0) return 0;
  const { pagination } = first;
  const isLastFull = isFull({ rowCount: last.rowKeys.length, pagination }, pageSize);
  if (!pagination) return isLastFull ? 1 : 0;
  const { itemCount, pageCount } = pagination;
  const rowCount = countRows(pages);
  // A count smaller than the rows received must count something else.
  if (itemCount !== null && itemCount < rowCount) return isLastFull ? 1 : 0;
  const pagesLeft =
    itemCount === null ? (pageCount ?? 0) - pages.length : Math.ceil((itemCount - rowCount) / first.rowKeys.length);
  return Math.max(0, Math.min(pagesLeft, isLastFull ? pagesAtOnce : 1));
}

function countRows(pages: readonly CountedPage[]): number {
  return pages.reduce((sum, { rowKeys }) => sum + rowKeys.length, 0);
}

/** Whether as many rows arrived as Xero counts, if it does. */
export function isWhole(pages: readonly CountedPage[]): boolean {
  const rowCount = countRows(pages);
  return pages.every(({ pagination }) => (pagination?.itemCount ?? rowCount) === rowCount);
}

/**
 * Drops documents of contacts that were not asked for, because showing them would show another customer's figures.
 * `hasStrangers`: the question could not name contacts, so other contacts are expected, and a document whose contact
 * cannot be parsed may belong to anybody.
 */
export function toLoaded(
  deps: XeroDeps,
  pages: readonly Page[],
  { contactIds, hasStrangers = false }: { contactIds: readonly string[]; hasStrangers?: boolean },
): LoadedDocuments {
  const asked = new Set(contactIds);
  const rows = pages.flatMap((page) => page.rows);
  const documents = new Map<string, DocumentHeader>();
  for (const { document } of rows) if (document && asked.has(document.contactId)) documents.set(document.id, document);
  const strangers = rows.filter(({ document }) => document && !asked.has(document.contactId)).length;
  if (strangers > 0 && !hasStrangers)
    deps.log.warn({ strangers }, 'Xero sent documents of contacts that were not asked for');
  const unreadable = rows.flatMap((row) => {
    const { contactId = null, id = null } = row.unreadable ?? {};
    const isOurs = contactId === null ? !hasStrangers : asked.has(contactId);
    return row.unreadable && isOurs && !documents.has(id ?? '') ? [row.unreadable] : [];
  });
  return { documents: [...documents.values()], unreadable: toDistinct(unreadable), asOf: earliestOf(deps, pages) };
}

/** Each document once. Those without an id are identified by everything else that is known of them. */
function toDistinct(unreadable: readonly UnreadableDocument[]): UnreadableDocument[] {
  return [...new Map(unreadable.map((one) => [one.id ?? JSON.stringify(one), one])).values()];
}

/** Records a page's unreadable rows once the page has arrived. */
export function noteUnreadable({ noteSetAside }: Pick<XeroDeps, 'noteSetAside'>, list: XeroList, page: DocumentPage) {
  noteSetAside(
    list,
    page.rows.flatMap((row) => (row.unreadable ? [row.fault] : [])),
  );
}

export function earliestOf(deps: Pick<XeroDeps, 'clock'>, answers: readonly { asOf: string }[]): string {
  const [first, ...others] = answers.map(({ asOf }) => asOf);
  return others.reduce(
    (earliest, next) => (next < earliest ? next : earliest),
    first ?? deps.clock.now().toISOString(),
  );
}

export function toChunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
