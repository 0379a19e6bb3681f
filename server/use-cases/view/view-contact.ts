import type { View } from '#shared/contract/view.ts';
import { findContactUrl, readFigures, type Viewing } from './figures.ts';
import { viewUnlinked } from './view-unlinked.ts';

/** A person of the CRM: the figures of the Xero contact linked to it, or whom it may be. */
export async function viewContact(viewing: Viewing, record: { type: 'contact'; id: string }): Promise<View> {
  const { deps, connection } = viewing;
  const link = await deps.store.links.find(connection.workspaceId, connection.organisationId, record);
  if (!link) return viewUnlinked(viewing);
  const { figures, read } = await readFigures(viewing, [link.contactId]);
  const contact = {
    id: link.contactId,
    name: link.contactName,
    url: findContactUrl(viewing, link.contactId),
    ...(link.isArchived && { isArchived: true }),
  };
  return { status: 'linked', contact, ...figures, summary: read.entries.size > 0 ? figures.summary : null };
}
