import type { XeroCaller, XeroGateway } from '#server/xero/gateway.ts';
import type { LedgerDocument } from './document.ts';

/**
 * Open invoices, bills and quotes of these contacts, straight from Xero. One Invoices call for both types, and the
 * quotes beside it, as both only wait. `asOf` is the earlier of Xero's clocks, so that nothing is called newer than
 * it is.
 */
export async function loadFromXero(
  xero: Pick<XeroGateway, 'listOpenInvoices' | 'listQuotes'>,
  caller: XeroCaller,
  contactIds: readonly string[],
): Promise<{ byContact: Map<string, LedgerDocument[]>; asOf: string }> {
  const loads = await Promise.all([
    xero.listOpenInvoices(caller, contactIds),
    ...contactIds.map((contactId) => xero.listQuotes(caller, contactId)),
  ]);
  const byContact = new Map<string, LedgerDocument[]>(contactIds.map((id) => [id, []]));
  for (const document of loads.flatMap(({ documents }) => documents)) byContact.get(document.contactId)?.push(document);
  const asOf = loads.map((load) => load.asOf).reduce((first, next) => (next < first ? next : first));
  return { byContact, asOf };
}
