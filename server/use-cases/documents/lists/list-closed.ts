import { createHash } from 'node:crypto';
import type { PersonActing } from '#server/use-cases/acting/acting.ts';
import type { ClosedPage } from '#server/xero/documents/lists/list-closed-invoices.ts';
import type { ClosedQuotes } from '#server/xero/documents/lists/list-closed-quotes.ts';
import { documentsPerPage } from '#shared/contract/documents.ts';
import { documentKinds } from '#shared/document-kinds.ts';
import type { ListFacts } from './list-facts.ts';
import { type DocumentPage, type DocumentsQuery, toPage } from './page.ts';

/** Closed documents rarely change. Our own changes show at once, because the ledger's version is part of the key. */
const keepSeconds = 120;

/**
 * Lists closed documents, on request. Xero searches, sorts and pages invoices and bills. It cannot do that for quotes,
 * so all quotes of the contacts are read and paged here.
 */
export async function listClosed(acting: PersonActing, facts: ListFacts, query: DocumentsQuery): Promise<DocumentPage> {
  const { kind, status } = query;
  const statuses = documentKinds[kind].closedStatuses.filter((one) => status === undefined || one === status);
  const known = { isStale: false, failure: null };
  if (statuses.length === 0 || facts.contacts.size === 0)
    return { documents: [], unreadable: [], total: 0, asOf: null, ...known };
  if (kind === 'quote') return { ...(await listQuotes(acting, facts, query)), ...known };
  return { ...(await listOwed(acting, facts, { ...query, kind, statuses })), ...known };
}

async function listQuotes(acting: PersonActing, facts: ListFacts, query: DocumentsQuery) {
  const keep = await buildKeep(acting, facts);
  const contactIds = [...facts.contacts.keys()].sort();
  const { documents, unreadable, asOf, partialUntil } = await keep(
    ['quote', contactIds],
    (): Promise<ClosedQuotes> => acting.deps.xero.listClosedQuotes(acting.caller, contactIds),
  );
  return { ...toPage(documents, { ...query, sort: toOrder(query) }, facts), unreadable, asOf, partialUntil };
}

async function listOwed(
  acting: PersonActing,
  facts: ListFacts,
  query: DocumentsQuery & { kind: 'invoice' | 'bill'; statuses: readonly string[] },
): Promise<ClosedPage> {
  const { kind, page, statuses } = query;
  const keep = await buildKeep(acting, facts);
  const question = {
    ...{ kind, statuses, page, search: query.search || undefined, order: toOrder(query) },
    contactIds: [...facts.contacts.keys()],
    pageSize: documentsPerPage,
  };
  return acting.deps.xero.listClosedInvoices(acting.caller, question, keep);
}

/** Closed documents are never overdue. */
function toOrder({ sort = 'overdue' }: DocumentsQuery) {
  return sort === 'overdue' ? 'newest' : sort;
}

/** Changes with the shape of cached values, so that no release reads another one's values. */
const shape = 2;

/** Caches Xero's answers by question. Values in the cache were written here, in the same shape. */
async function buildKeep({ deps, caller }: PersonActing, { contacts }: ListFacts) {
  const version = await deps.ledger.findVersion(caller.organisationId, [...contacts.keys()].sort());
  return async function keep<T>(question: unknown, ask: () => Promise<T>): Promise<T> {
    const hash = createHash('sha256')
      .update(JSON.stringify([shape, version, question]))
      .digest('base64url');
    const key = `closed:${caller.organisationId}:${hash}`;
    const kept = await deps.cache.get(key).catch(() => undefined);
    if (kept !== undefined) return JSON.parse(kept) as T;
    const answer = await ask();
    await deps.cache.set(key, JSON.stringify(answer), keepSeconds).catch(() => undefined);
    return answer;
  };
}
