import type { LedgerDocument } from '#server/ledger/document.ts';
import type { Ask } from './ask.ts';
import type { LoadedDocuments } from './gateway.ts';
import type { DocumentPage } from './parse-documents.ts';
import type { XeroLog } from './xero-config.ts';

export type ListDeps = { ask: Ask; log: XeroLog; now: () => Date };
export type Page = DocumentPage & { asOf: string };

/** The pages Xero says there are, side by side; where it does not say, until one is not full. */
export async function readPages(
  readPage: (page: number) => Promise<Page>,
  { pageSize, mostPages = Number.POSITIVE_INFINITY }: { pageSize: number; mostPages?: number },
): Promise<Page[]> {
  const pages = [await readPage(1)];
  const pageCount = pages[0]?.pagination?.pageCount;
  if (pageCount !== undefined) {
    const numbers = Array.from({ length: Math.max(0, pageCount - 1) }, (_, index) => index + 2);
    return [...pages, ...(await Promise.all(numbers.map(readPage)))];
  }
  while ((pages.at(-1)?.rowCount ?? 0) >= pageSize && pages.length < mostPages)
    pages.push(await readPage(pages.length + 1));
  return pages;
}

export function isWhole(pages: readonly Page[]): boolean {
  const rowCount = pages.reduce((sum, page) => sum + page.rowCount, 0);
  return pages.every(({ pagination }) => !pagination || pagination.itemCount === rowCount);
}

/**
 * A document of a contact that nobody asked for is dropped: to show it would be somebody else's figures.
 * `hasStrangers`: the question could not name contacts, so that others are no surprise.
 */
export function toLoaded(
  deps: ListDeps,
  pages: readonly Page[],
  { contactIds, hasStrangers = false }: { contactIds: readonly string[]; hasStrangers?: boolean },
): LoadedDocuments {
  const asked = new Set(contactIds);
  const received = pages.flatMap(({ documents }) => documents);
  const documents = new Map<string, LedgerDocument>();
  for (const document of received) if (asked.has(document.contactId)) documents.set(document.id, document);
  const strangers = received.filter(({ contactId }) => !asked.has(contactId)).length;
  if (strangers > 0 && !hasStrangers)
    deps.log.warn({ strangers }, 'Xero sent documents of contacts that were not asked for');
  return { documents: [...documents.values()], asOf: earliestOf(deps, pages) };
}

export function earliestOf(deps: ListDeps, answers: readonly { asOf: string }[]): string {
  const [first, ...others] = answers.map(({ asOf }) => asOf);
  return others.reduce((earliest, next) => (next < earliest ? next : earliest), first ?? deps.now().toISOString());
}

export function toChunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
