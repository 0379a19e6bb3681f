import { isExpired } from '#server/ledger/sums/sort-documents.ts';
import { daysLate, isOverdue } from '#server/ledger/sums/summary.ts';
import type { DealDocumentRow } from '#server/store/store.ts';
import type { PersonActing } from '#server/use-cases/acting/acting.ts';
import { getOrganisation, todayOf } from '#server/use-cases/acting/organisation.ts';
import { listLinks } from '#server/use-cases/acting/reach.ts';
import { findContactUrl, findDocumentUrl, toXeroPages, type XeroPages } from '#server/use-cases/acting/xero-pages.ts';
import type { DocumentHeader } from '#server/xero/documents/document-header.ts';
import { AppError } from '#shared/app-error.ts';
import type { CalendarDate } from '#shared/calendar.ts';
import type { ListedDocument } from '#shared/contract/documents.ts';
import { toRefKey } from '#shared/document-kinds.ts';
import { roundToCurrency } from '#shared/money.ts';

/** What a list of documents is made of: of which Xero contacts, and on a deal which documents are chosen. */
export type ListFacts = {
  today: CalendarDate;
  /** Names by id, as the links of this session's records say them. */
  contacts: ReadonlyMap<string, string>;
  /** Null where the record is no deal. */
  chosen: readonly DealDocumentRow[] | null;
  pages: XeroPages;
};

/** A person's documents are their own; a company's and a deal's are also those of their people. */
export async function readListFacts(acting: PersonActing): Promise<ListFacts> {
  const { deps, principal, connection, caller } = acting;
  const { workspaceId, organisationId } = caller;
  const { record } = principal.session.claims;
  if (record.type === 'settings') throw new AppError('not_found', { detail: 'Settings have no documents' });
  const [organisation, links, chosen] = await Promise.all([
    getOrganisation(deps, connection, caller, { isFresh: false }),
    listLinks(deps, principal.session, { organisationId, scope: 'shown' }),
    record.type === 'deal' ? deps.store.dealDocuments.list(workspaceId, organisationId, record.id) : null,
  ]);
  const contacts = new Map(links.map(({ contactId, contactName }) => [contactId, contactName]));
  return { today: todayOf(organisation, deps), contacts, chosen, pages: toXeroPages(acting) };
}

export function toListedDocument(
  { today, contacts, chosen, pages }: ListFacts,
  document: DocumentHeader,
): ListedDocument {
  const { id, kind, number, reference, status, date, dueDate, currency, total, amountDue, contactId } = document;
  const isChosen = chosen?.some((row) => toRefKey({ kind: row.kind, id: row.documentId }) === toRefKey(document));
  return {
    ...{ id, kind, number, reference, status, date, dueDate, currency },
    total: roundToCurrency(total, currency),
    amountDue: roundToCurrency(amountDue, currency),
    daysLate: isOverdue(document, today) ? daysLate(document, today) : null,
    isExpired: isExpired(document, today),
    url: findDocumentUrl(pages, document),
    contact: { id: contactId, name: contacts.get(contactId) ?? '', url: findContactUrl(pages, contactId) },
    ...(isChosen !== undefined && { isChosen, isSuggested: !isChosen && contacts.has(contactId) }),
  };
}
