import type { Deps } from '#server/deps.ts';
import { listNamedRecords } from '#server/identity/session.ts';
import { toPlaceKey } from '#server/ledger/entries/kept-documents.ts';
import { isExpired } from '#server/ledger/sums/sort-documents.ts';
import { daysLate, isOverdue } from '#server/ledger/sums/summary.ts';
import type { DealDocumentRow } from '#server/store/store.ts';
import { type Actor, requireRight } from '#server/use-cases/acting/actor.ts';
import { getConnected, getOrganisation } from '#server/use-cases/acting/organisation.ts';
import { findContactUrl, findDocumentUrl, todayOf, type Viewing } from '#server/use-cases/view/figures.ts';
import type { DocumentHeader } from '#server/xero/documents/ledger-document.ts';
import type { XeroOrganisation } from '#server/xero/gateway.ts';
import { AppError } from '#shared/app-error.ts';
import type { CalendarDate } from '#shared/calendar.ts';
import type { DocumentKind } from '#shared/contract/document.ts';
import type { ListedDocument } from '#shared/contract/documents.ts';
import type { RecordKey } from '#shared/contract/record.ts';
import { roundToCurrency } from '#shared/money.ts';

/** One look at documents: of which Xero contacts, and on a deal which are chosen. */
export type Listing = Viewing & {
  organisation: XeroOrganisation;
  today: CalendarDate;
  /** Names by id, as the links of this session's records say them. */
  contacts: Map<string, string>;
  /** Null where the record is no deal. */
  chosen: DealDocumentRow[] | null;
};

export function requireDocumentView(actor: Actor, kind: DocumentKind): void {
  requireRight(actor, 'view');
  if (kind === 'bill') requireRight(actor, 'viewBills');
}

export async function startListing(deps: Deps, actor: Actor): Promise<Listing> {
  const connection = await getConnected(deps, actor.session.workspaceId);
  const { workspaceId, organisationId } = connection;
  const caller = { workspaceId, organisationId, priority: 'person' as const };
  const { record } = actor.session.claims;
  const [organisation, links, chosen] = await Promise.all([
    getOrganisation(deps, connection, caller, { isFresh: false }),
    deps.store.links.list(workspaceId, organisationId, listRecords(actor)),
    record.type === 'deal' ? deps.store.dealDocuments.list(workspaceId, organisationId, record.id) : null,
  ]);
  const contacts = new Map(links.map(({ contactId, contactName }) => [contactId, contactName]));
  const today = todayOf(organisation, deps);
  return { deps, actor, connection, caller, isFresh: false, organisation, today, contacts, chosen };
}

/** A person's documents are their own; a company's and a deal's are also those of their people. */
function listRecords({ session }: Actor): RecordKey[] {
  const { record } = session.claims;
  if (record.type === 'settings') throw new AppError('not_found', { detail: 'Settings have no documents' });
  return record.type === 'contact' ? [{ type: 'contact', id: record.id }] : listNamedRecords(session);
}

export function toListedDocument(listing: Listing, document: DocumentHeader): ListedDocument {
  const { today, contacts, chosen } = listing;
  const { id, kind, number, reference, status, date, dueDate, currency, total, amountDue, contactId } = document;
  const isChosen = chosen?.some((row) => toPlaceKey({ kind: row.kind, id: row.documentId }) === toPlaceKey(document));
  return {
    ...{ id, kind, number, reference, status, date, dueDate, currency },
    total: roundToCurrency(total, currency),
    amountDue: roundToCurrency(amountDue, currency),
    daysLate: isOverdue(document, today) ? daysLate(document, today) : null,
    isExpired: isExpired(document, today),
    url: findDocumentUrl(listing, document),
    contact: { id: contactId, name: contacts.get(contactId) ?? '', url: findContactUrl(listing, contactId) },
    ...(isChosen !== undefined && { isChosen, isSuggested: !isChosen && contacts.has(contactId) }),
  };
}
