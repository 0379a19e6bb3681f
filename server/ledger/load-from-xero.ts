import type { XeroReads } from '#server/xero/document-reads.ts';
import type { LoadedDocuments, XeroCaller, XeroGateway } from '#server/xero/gateway.ts';
import type { LedgerDocument } from './document.ts';

export type LedgerGateway = Pick<XeroGateway, 'listOpenInvoices' | 'listQuotes'> &
  Pick<XeroReads, 'listOrganisationQuotes' | 'listDocumentsById' | 'listCredits'>;

/** Up to here a call for each contact's quotes; beyond, the organisation's open ones cost less. */
const fewContacts = 5;

/**
 * Open invoices, bills and quotes of these contacts, straight from Xero. One Invoices call for both types and 40
 * contacts, and the quotes beside it, as both only wait. `asOf` is the earlier of Xero's clocks, so that nothing is
 * called newer than it is.
 */
export async function loadFromXero(
  xero: LedgerGateway,
  caller: XeroCaller,
  contactIds: readonly string[],
): Promise<{ byContact: Map<string, LedgerDocument[]>; asOf: string }> {
  const loads = await Promise.all([xero.listOpenInvoices(caller, contactIds), ...loadQuotes(xero, caller, contactIds)]);
  const byContact = new Map<string, LedgerDocument[]>(contactIds.map((id) => [id, []]));
  for (const document of loads.flatMap(({ documents }) => documents)) byContact.get(document.contactId)?.push(document);
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
