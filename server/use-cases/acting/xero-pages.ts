import type { Deps } from '#server/deps.ts';
import type { ConnectionRow } from '#server/store/store.ts';
import { contactUrl, documentUrl } from '#server/xero/deep-links.ts';
import type { DocumentRef } from '#shared/document-kinds.ts';
import { findOrganisation } from './organisation.ts';

/** Where the organisation's pages in Xero are, for "View in Xero". Without a short code there are no links. */
export type XeroPages = { appUrl: string; shortCode: string | null };

export function toXeroPages({
  deps,
  connection,
}: {
  deps: Pick<Deps, 'config'>;
  connection: ConnectionRow | undefined;
}): XeroPages {
  return { appUrl: deps.config.xero.appUrl, shortCode: findOrganisation(connection)?.shortCode ?? null };
}

export function findContactUrl({ appUrl, shortCode }: XeroPages, contactId: string): string | null {
  return contactUrl(appUrl, shortCode, contactId);
}

export function findDocumentUrl({ appUrl, shortCode }: XeroPages, document: DocumentRef): string | null {
  return documentUrl(appUrl, shortCode, document);
}
