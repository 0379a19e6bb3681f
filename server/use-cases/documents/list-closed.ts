import { createHash } from 'node:crypto';
import { z } from 'zod';
import { documentsPerPage } from '#shared/contract/documents.ts';
import type { LedgerDocument } from '../../ledger/document.ts';
import type { ClosedPage } from '../../xero/list-closed.ts';
import type { Listing } from './listing.ts';
import { type DocumentPage, type DocumentsQuery, toPage } from './page.ts';

/** Closed documents hardly move; our own changes of them show at once, as the ledger's version is in the key. */
const keepSeconds = 120;

const closedStatuses = {
  quote: ['DECLINED', 'INVOICED'],
  invoice: ['PAID', 'VOIDED'],
  bill: ['PAID', 'VOIDED'],
} as const;

/**
 * What is over, on request. Invoices and bills are searched, sorted and paged by Xero: one call a page. Of quotes
 * Xero cannot do that, so that those of the contacts are read and paged here.
 */
export async function listClosed(listing: Listing, query: DocumentsQuery): Promise<DocumentPage> {
  const { kind, status } = query;
  const statuses = closedStatuses[kind].filter((one) => status === undefined || one === status);
  if (statuses.length === 0 || listing.contacts.size === 0) {
    return { documents: [], total: 0, asOf: null, isStale: false, failure: null };
  }
  const found =
    kind === 'quote' ? await listQuotes(listing, query) : await listOwed(listing, { ...query, kind }, statuses);
  return { ...found, isStale: false, failure: null };
}

async function listQuotes(listing: Listing, query: DocumentsQuery): Promise<ClosedPage> {
  const contactIds = [...listing.contacts.keys()];
  const { documents, asOf } = await keep(listing, ['quote'], async () => {
    const quotes = await listing.deps.xero.listClosedQuotes(listing.caller, contactIds);
    return { ...quotes, total: quotes.documents.length };
  });
  return { ...toPage(documents, { ...query, sort: toOrder(query) }, listing), asOf };
}

function listOwed(
  listing: Listing,
  query: DocumentsQuery & { kind: 'invoice' | 'bill' },
  statuses: readonly string[],
): Promise<ClosedPage> {
  const { kind, page } = query;
  const search = query.search || undefined;
  const order = toOrder(query);
  const contactIds = [...listing.contacts.keys()];
  return keep(listing, [kind, statuses, search, order, page], () =>
    listing.deps.xero.listClosedInvoices(listing.caller, {
      ...{ kind, contactIds, statuses, search, order, page },
      pageSize: documentsPerPage,
    }),
  );
}

/** Nothing that is over is overdue. */
function toOrder({ sort = 'overdue' }: DocumentsQuery) {
  return sort === 'overdue' ? 'newest' : sort;
}

const keptSchema = z.object({ documents: z.array(z.custom<LedgerDocument>()), total: z.number(), asOf: z.string() });

async function keep(
  { deps, caller, contacts }: Listing,
  question: readonly unknown[],
  ask: () => Promise<ClosedPage>,
): Promise<ClosedPage> {
  const contactIds = [...contacts.keys()].sort();
  const version = await deps.ledger.findVersion(caller.organisationId, contactIds);
  const hash = createHash('sha256')
    .update(JSON.stringify([version, contactIds, question]))
    .digest('base64url');
  const key = `closed:${caller.organisationId}:${hash}`;
  const kept = await deps.cache.get(key).catch(() => undefined);
  if (kept !== undefined) return keptSchema.parse(JSON.parse(kept));
  const page = await ask();
  await deps.cache.set(key, JSON.stringify(page), keepSeconds).catch(() => undefined);
  return page;
}
