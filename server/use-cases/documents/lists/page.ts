import { filterDocuments, sortDocuments } from '#server/ledger/sums/sort-documents.ts';
import type { DocumentHeader, UnreadableDocument } from '#server/xero/documents/document-header.ts';
import type { AppError } from '#shared/app-error.ts';
import type { CalendarDate } from '#shared/calendar.ts';
import type { DocumentKind } from '#shared/contract/document.ts';
import { type DocumentSort, type DocumentStatusFilter, documentsPerPage } from '#shared/contract/documents.ts';
import type { ListFacts } from './list-facts.ts';

export type DocumentsQuery = {
  kind: DocumentKind;
  search?: string | undefined;
  status?: DocumentStatusFilter | undefined;
  sort?: DocumentSort | undefined;
  page: number;
  closed?: 'true' | 'false' | undefined;
  contactId?: string | undefined;
};

/** The rows of one page, the number of all rows, and how current they are. */
export type DocumentPage = {
  documents: DocumentHeader[];
  total: number;
  asOf: string | null;
  isStale: boolean;
  failure: AppError | null;
  /** Documents that could not be parsed and therefore have no row. */
  unreadable: readonly Pick<UnreadableDocument, 'kind'>[];
  /** Documents of this day and earlier may be incomplete. */
  partialUntil?: CalendarDate | null;
};

export function toPage(
  documents: readonly DocumentHeader[],
  query: DocumentsQuery,
  { today }: Pick<ListFacts, 'today'>,
) {
  const wanted = sortDocuments(filterDocuments(documents, query, today), query.sort ?? 'overdue', today);
  const first = (query.page - 1) * documentsPerPage;
  return { documents: wanted.slice(first, first + documentsPerPage), total: wanted.length };
}
