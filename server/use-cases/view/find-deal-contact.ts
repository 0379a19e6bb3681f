import type { LinkRow } from '#server/store/store.ts';
import type { RecordRef } from '#shared/contract/record.ts';
import type { ContactRef } from '#shared/contract/xero-contact.ts';
import { findContactUrl, type Viewing } from './figures.ts';

/**
 * Whom documents of this session's deal are for: the Xero contact of its primary contact, else that of its company,
 * else the only one there is. With several a person has to say, on the contact's own page.
 */
export async function findDealContact(viewing: Viewing, records: readonly RecordRef[]): Promise<ContactRef | null> {
  const { deps, connection, actor } = viewing;
  const { claims } = actor.session;
  const links = await deps.store.links.list(connection.workspaceId, connection.organisationId, [...records]);
  const primary = 'contacts' in claims ? claims.contacts.find(({ role }) => role === 'primary') : undefined;
  const ids = new Set(links.map(({ contactId }) => contactId));
  const link =
    links.find(({ record }) => record.type === 'contact' && record.id === primary?.id) ??
    links.find(({ record }) => record.type === 'company') ??
    (ids.size === 1 ? links[0] : undefined);
  return link ? toContactRef(viewing, link) : null;
}

function toContactRef(viewing: Viewing, { contactId, contactName }: LinkRow): ContactRef {
  return { id: contactId, name: contactName, url: findContactUrl(viewing, contactId) };
}
