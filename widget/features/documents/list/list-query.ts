import type { DocumentKind } from '#shared/contract/document.ts';
import type { DocumentSort, DocumentStatusFilter } from '#shared/contract/documents.ts';
import { documentKinds } from '#shared/document-kinds.ts';
import { statusWords } from '#widget/ui/documents/document-words.ts';
import { filterWords, sortWords } from '../words.ts';

/** What the list asks the server for. The server searches, filters, sorts and pages. */
export type ListQuery = {
  kind: DocumentKind;
  search: string;
  status: DocumentStatusFilter | '';
  isClosed: boolean;
  sort: DocumentSort;
  /** One Xero contact, or all of them when empty. */
  contactId: string;
  /** Counts from 1. */
  page: number;
};

/** The first query of every list, which the tab's count uses too. */
export function startQuery(kind: DocumentKind): ListQuery {
  return { kind, search: '', status: '', isClosed: false, sort: 'overdue', contactId: '', page: 1 };
}

export function isFiltered({ search, status, isClosed, contactId }: ListQuery): boolean {
  return search.trim() !== '' || status !== '' || isClosed || contactId !== '';
}

/** The query string. Empty values are left out. */
export function toParameters({ kind, search, status, isClosed, sort, contactId, page }: ListQuery) {
  return {
    kind,
    search: search.trim() || undefined,
    status: status || undefined,
    sort: sort === 'overdue' ? undefined : sort,
    page: page > 1 ? page : undefined,
    closed: isClosed ? ('true' as const) : undefined,
    contactId: contactId || undefined,
  };
}

export type Choice = { value: string; label: string; part: Partial<ListQuery> };

/** Open and closed documents are two lists in Xero. One select offers the statuses of both. */
export function statusChoices(kind: DocumentKind): { label: string; choices: Choice[] }[] {
  const open = openStatuses[kind];
  const closed = documentKinds[kind].closedStatuses;
  const choice = (isClosed: boolean) => (status: DocumentStatusFilter | '') => ({
    value: `${isClosed}:${status}`,
    label: labelOf(status, isClosed),
    part: { status, isClosed, page: 1 },
  });
  return [
    { label: filterWords.open, choices: ['' as const, ...open].map(choice(false)) },
    { label: filterWords.closed, choices: ['' as const, ...closed].map(choice(true)) },
  ];
}

export function statusValue({ status, isClosed }: ListQuery): string {
  return `${isClosed}:${status}`;
}

function labelOf(status: DocumentStatusFilter | '', isClosed: boolean): string {
  if (status === '') return isClosed ? filterWords.allClosed : filterWords.allOpen;
  return status === 'overdue' || status === 'expired' ? filterWords[status] : statusWords(status);
}

const owed = ['overdue', 'AUTHORISED', 'SUBMITTED', 'DRAFT'] as const;
const openStatuses = {
  quote: ['SENT', 'DRAFT', 'ACCEPTED', 'expired'],
  invoice: owed,
  bill: owed,
} as const satisfies Record<DocumentKind, readonly DocumentStatusFilter[]>;

/** Every list starts with `overdue`. Where nothing can be overdue, that means newest first. */
export function sortChoices({ kind, isClosed }: ListQuery): { value: DocumentSort; label: string }[] {
  const words = { ...sortWords, due: documentKinds[kind].isOwed ? sortWords.due : sortWords.expiry };
  const canBeLate = documentKinds[kind].isOwed && !isClosed;
  if (canBeLate) return orders.map((value) => ({ value, label: words[value] }));
  const others = orders.filter((value) => value !== 'newest');
  return others.map((value) => ({ value, label: value === 'overdue' ? words.newest : words[value] }));
}

const orders = ['overdue', 'newest', 'oldest', 'due', 'amount', 'number'] as const;
