import type { Deps } from '#server/deps.ts';
import { type PersonActing, startActing } from '#server/use-cases/acting/acting.ts';
import { requireSee } from '#server/use-cases/acting/kind-rights.ts';
import type { Person } from '#server/use-cases/acting/principal.ts';
import { requireContact } from '#server/use-cases/acting/reach.ts';
import { findUnreadableFailure } from '#server/use-cases/acting/unreadable.ts';
import { toViewError } from '#server/use-cases/acting/view-error.ts';
import { AppError } from '#shared/app-error.ts';
import { type DocumentList, documentsPerPage } from '#shared/contract/documents.ts';
import { listClosed } from './list-closed.ts';
import { type ListFacts, readListFacts, toListedDocument } from './list-facts.ts';
import { type DocumentPage, type DocumentsQuery, toPage } from './page.ts';
import { readOpen } from './read-open.ts';

/**
 * Lists documents of the session's record, one page at a time. Open ones come from the ledger without a call to Xero.
 */
export async function listDocuments(deps: Deps, person: Person, query: DocumentsQuery): Promise<DocumentList> {
  requireSee(person, query.kind);
  const acting = await startActing(deps, person);
  const facts = narrow(await readListFacts(acting), query.contactId);
  const found = await (query.closed === 'true' ? listClosed : listOpen)(acting, facts, query);
  const { connection } = acting;
  const failure = found.failure ?? (connection.status === 'running' ? null : new AppError('reconnect_needed'));
  const error = failure ?? findUnreadableFailure(person, found.unreadable);
  return {
    documents: found.documents.map((document) => toListedDocument(facts, document)),
    page: query.page,
    pageCount: Math.max(1, Math.ceil(found.total / documentsPerPage)),
    total: found.total,
    ...(found.partialUntil && { partialUntil: found.partialUntil }),
    asOf: found.asOf,
    stale: found.isStale || failure !== null,
    ...(error && { error: toViewError(error, person.requestId) }),
  };
}

/** Narrows to one of the Xero contacts whose documents the page shows. */
function narrow(facts: ListFacts, contactId: string | undefined): ListFacts {
  if (contactId === undefined) return facts;
  const id = requireContact([...facts.contacts.keys()], contactId);
  return { ...facts, contacts: new Map([...facts.contacts].filter(([known]) => known === id)) };
}

async function listOpen(acting: PersonActing, facts: ListFacts, query: DocumentsQuery): Promise<DocumentPage> {
  const isNarrowed = query.contactId !== undefined;
  const { documents, ...known } = await readOpen(acting, facts, query.kind);
  const ofContact = isNarrowed ? documents.filter(({ contactId }) => facts.contacts.has(contactId)) : documents;
  return { ...known, ...toPage(ofContact, query, facts) };
}
