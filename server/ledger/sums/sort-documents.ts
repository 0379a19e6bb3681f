import type { DocumentHeader } from '#server/xero/documents/document-header.ts';
import type { CalendarDate } from '#shared/calendar.ts';
import type { DocumentSort, DocumentStatusFilter } from '#shared/contract/documents.ts';
import { daysLate, isOverdue } from './summary.ts';

export type DocumentFilter = { search?: string | undefined; status?: DocumentStatusFilter | undefined };

/** Keeps documents whose number or reference contains the text, ignoring case, and that have the given status. */
export function filterDocuments<T extends DocumentHeader>(
  documents: readonly T[],
  { search, status }: DocumentFilter,
  today: CalendarDate,
): T[] {
  const term = normalise(search ?? '');
  return documents.filter(
    (document) =>
      (status === undefined || hasState(document, status, today)) &&
      (term === '' || [document.number, document.reference].some((text) => normalise(text ?? '').includes(term))),
  );
}

function normalise(text: string): string {
  return text.normalize('NFC').trim().toLowerCase();
}

function hasState(document: DocumentHeader, status: DocumentStatusFilter, today: CalendarDate): boolean {
  if (status === 'overdue') return isOverdue(document, today);
  if (status === 'expired') return isExpired(document, today);
  return document.status === status;
}

/** Whether this is an open quote whose expiry date has passed. */
export function isExpired(document: DocumentHeader, today: CalendarDate): boolean {
  const { kind, status } = document;
  return kind === 'quote' && (status === 'DRAFT' || status === 'SENT') && daysLate(document, today) > 0;
}

/**
 * Most overdue first, then newest, or in the given order. Ties are sorted by number and id, so that pages never
 * overlap.
 */
export function sortDocuments<T extends DocumentHeader>(
  documents: readonly T[],
  sort: DocumentSort,
  today: CalendarDate,
): T[] {
  const rows = documents.map((document) => ({
    document,
    overdueSince: overdueSince(document, today),
    size: Number(document.total),
  }));
  const compare = comparers[sort];
  return rows.sort((a, b) => compare(a, b) || byNumberAndId(a, b)).map(({ document }) => document);
}

/**
 * `overdueSince` sorts documents that are not overdue after all that are. `size` is a float used only for comparison:
 * exact comparisons of 5,000 amounts are slow, and Xero's amounts are short enough for a float to tell apart.
 */
type Row = { document: DocumentHeader; overdueSince: string; size: number };
type Compare = (a: Row, b: Row) => number;

const endOfTime = '9999-12-31';

function overdueSince(document: DocumentHeader, today: CalendarDate): string {
  return isOverdue(document, today) ? (document.dueDate ?? endOfTime) : endOfTime;
}

function byText(a: string, b: string) {
  return a < b ? -1 : Number(a > b);
}
const newest: Compare = (a, b) => byText(b.document.date ?? '', a.document.date ?? '');
const byNumberAndId: Compare = (a, b) =>
  byText(b.document.number ?? '', a.document.number ?? '') || byText(a.document.id, b.document.id);

const comparers: Readonly<Record<DocumentSort, Compare>> = {
  overdue: (a, b) => byText(a.overdueSince, b.overdueSince) || newest(a, b),
  newest,
  oldest: (a, b) => newest(b, a),
  due: (a, b) => byText(a.document.dueDate ?? endOfTime, b.document.dueDate ?? endOfTime),
  amount: (a, b) => b.size - a.size,
  number: (a, b) => byText(a.document.number ?? '', b.document.number ?? ''),
};
