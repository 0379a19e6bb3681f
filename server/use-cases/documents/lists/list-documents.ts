import type { Deps } from '#server/deps.ts';
import type { Actor } from '#server/use-cases/acting/actor.ts';
import { toViewError } from '#server/use-cases/view/figures.ts';
import { findUnreadableFailure } from '#server/use-cases/view/unreadable.ts';
import { AppError } from '#shared/app-error.ts';
import { type DocumentList, documentsPerPage } from '#shared/contract/documents.ts';
import { listClosed } from './list-closed.ts';
import { type Listing, requireDocumentView, startListing, toListedDocument } from './listing.ts';
import { type DocumentPage, type DocumentsQuery, toPage } from './page.ts';
import { readOpen } from './read-open.ts';

/** Documents of the session's record, a page at a time; open ones come from the ledger without a call to Xero. */
export async function listDocuments(deps: Deps, actor: Actor, query: DocumentsQuery): Promise<DocumentList> {
  requireDocumentView(actor, query.kind);
  const listing = narrow(await startListing(deps, actor), query.contactId);
  const found = query.closed === 'true' ? await listClosed(listing, query) : await listOpen(listing, query);
  const { connection } = listing;
  const failure = found.failure ?? (connection.status === 'running' ? null : new AppError('reconnect_needed'));
  const error = failure ?? findUnreadableFailure(actor, found.unreadable);
  return {
    documents: found.documents.map((document) => toListedDocument(listing, document)),
    page: query.page,
    pageCount: Math.max(1, Math.ceil(found.total / documentsPerPage)),
    total: found.total,
    ...(found.partialUntil && { partialUntil: found.partialUntil }),
    asOf: found.asOf,
    stale: found.isStale || failure !== null,
    ...(error && { error: toViewError(error, actor) }),
  };
}

/** To one of the session's Xero contacts; another does not exist for it. */
function narrow(listing: Listing, contactId: string | undefined): Listing {
  if (contactId === undefined) return listing;
  const id = contactId.toLowerCase();
  const name = listing.contacts.get(id);
  if (name === undefined) throw new AppError('not_found', { detail: 'No such Xero contact in this session' });
  return { ...listing, contacts: new Map([[id, name]]) };
}

async function listOpen(listing: Listing, query: DocumentsQuery): Promise<DocumentPage> {
  const isNarrowed = query.contactId !== undefined;
  const { documents, ...known } = await readOpen(listing, query.kind);
  const ofContact = isNarrowed ? documents.filter(({ contactId }) => listing.contacts.has(contactId)) : documents;
  return { ...known, ...toPage(ofContact, query, listing) };
}
