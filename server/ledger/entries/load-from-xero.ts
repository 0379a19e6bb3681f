import type { DocumentHeader, UnreadableDocument } from '#server/xero/documents/document-header.ts';
import type { XeroReads } from '#server/xero/documents/lists/document-reads.ts';
import type { LoadedDocuments, XeroCaller, XeroGateway } from '#server/xero/gateway.ts';

export type LedgerGateway = Pick<XeroGateway, 'listOpenInvoices' | 'listQuotes'> &
  Pick<XeroReads, 'listOrganisationQuotes' | 'listDocumentsById' | 'listCredits'>;

/** Up to this many contacts, ask for each contact's quotes. Beyond it, asking for all open quotes costs fewer calls. */
const fewContacts = 5;

export type ContactLoad = { documents: DocumentHeader[]; unreadable: UnreadableDocument[] };

/**
 * Loads the open invoices, bills and quotes of these contacts from Xero. One Invoices call covers both types and 40
 * contacts; quotes are asked for at the same time. `asOf` is the earlier of the two Xero clocks, so that nothing is
 * called newer than it is.
 */
export async function loadFromXero(
  xero: LedgerGateway,
  caller: XeroCaller,
  contactIds: readonly string[],
): Promise<{ byContact: Map<string, ContactLoad>; asOf: string }> {
  const loads = await Promise.all([xero.listOpenInvoices(caller, contactIds), ...loadQuotes(xero, caller, contactIds)]);
  const byContact = new Map<string, ContactLoad>(contactIds.map((id) => [id, { documents: [], unreadable: [] }]));
  for (const { documents, unreadable } of loads) {
    for (const document of documents) byContact.get(document.contactId)?.documents.push(document);
    for (const one of unreadable) {
      // A document whose contact could not be parsed may belong to any of these contacts.
      for (const id of one.contactId === null ? contactIds : [one.contactId]) byContact.get(id)?.unreadable.push(one);
    }
  }
  const asOf = loads.map((load) => load.asOf).reduce((first, next) => (next < first ? next : first));
  return { byContact, asOf };
}

function loadQuotes(
  xero: LedgerGateway,
  caller: XeroCaller,
  contactIds: readonly string[],
): Promise<LoadedDocuments>[] {
  if (contactIds.length > fewContacts) return [xero.listOrganisationQuotes(caller, contactIds)];
  return contactIds.map((contactId) => xero.listQuotes(caller, contactId));
}
