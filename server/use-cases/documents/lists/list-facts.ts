import { findShownRecord } from '#server/identity/session.ts';
import { isExpired } from '#server/ledger/sums/sort-documents.ts';
import { daysLate, isOverdue } from '#server/ledger/sums/summary.ts';
import type { PersonActing } from '#server/use-cases/acting/acting.ts';
import { getOrganisation, todayOf } from '#server/use-cases/acting/organisation.ts';
import { isChosen, listChosen, listLinks } from '#server/use-cases/acting/reach.ts';
import { findContactUrl, findDocumentUrl, toXeroPages, type XeroPages } from '#server/use-cases/acting/xero-pages.ts';
import type { DocumentHeader } from '#server/xero/documents/document-header.ts';
import { AppError } from '#shared/app-error.ts';
import type { CalendarDate } from '#shared/calendar.ts';
import type { ListedDocument } from '#shared/contract/documents.ts';
import type { DocumentRef } from '#shared/document-kinds.ts';
import { roundToCurrency } from '#shared/money.ts';
import { documentRefusals } from '../words.ts';

/** What a list of documents depends on: its Xero contacts, and for a deal the chosen documents. */
export type ListFacts = {
  today: CalendarDate;
  /** Contact names by id, from the links of this session's records. */
  contacts: ReadonlyMap<string, string>;
  /** Null when the record is not a deal. */
  chosen: readonly DocumentRef[] | null;
  pages: XeroPages;
};

/** A person shows their own documents. A company or deal also shows those of its people. */
export async function readListFacts(acting: PersonActing): Promise<ListFacts> {
  const { deps, principal, connection, caller } = acting;
  const { organisationId } = caller;
  const { session } = principal;
  if (!findShownRecord(session)) throw new AppError('not_found', { detail: documentRefusals.noDocuments });
  const [organisation, links, chosen] = await Promise.all([
    getOrganisation(deps, connection, caller, { isFresh: false }),
    listLinks(deps, session, { organisationId, scope: 'shown' }),
    listChosen(deps, session, organisationId),
  ]);
  const contacts = new Map(links.map(({ contactId, contactName }) => [contactId, contactName]));
  return { today: todayOf(organisation, deps), contacts, chosen, pages: toXeroPages(acting) };
}

export function toListedDocument(
  { today, contacts, chosen, pages }: ListFacts,
  document: DocumentHeader,
): ListedDocument {
  const { id, kind, number, reference, status, date, dueDate, currency, total, amountDue, contactId } = document;
  const isOfDeal = isChosen(chosen, document);
  return {
    ...{ id, kind, number, reference, status, date, dueDate, currency },
    total: roundToCurrency(total, currency),
    amountDue: roundToCurrency(amountDue, currency),
    daysLate: isOverdue(document, today) ? daysLate(document, today) : null,
    isExpired: isExpired(document, today),
    url: findDocumentUrl(pages, document),
    contact: { id: contactId, name: contacts.get(contactId) ?? '', url: findContactUrl(pages, contactId) },
    ...(chosen && { isChosen: isOfDeal, isSuggested: !isOfDeal && contacts.has(contactId) }),
  };
}
