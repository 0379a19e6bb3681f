import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { LedgerDocument } from './document.ts';
import type { buildEntries } from './entries.ts';

/** What the figures speak of; other states leave them. */
const openStatuses: readonly string[] = ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'SENT', 'ACCEPTED'];

/**
 * Puts one document into its contact's entry under a new version: the newer `updatedAt` wins, a tie replaces. A contact
 * nobody asked for stays unknown. A cache that is away loses nothing but calls.
 */
export async function mergeDocument(
  entriesOf: ReturnType<typeof buildEntries>,
  organisationId: string,
  { contactId, ...rest }: LedgerDocument,
): Promise<void> {
  const document = pickDocument({ contactId, ...rest });
  const entry = (await entriesOf.readMany(organisationId, [contactId])).get(contactId);
  const known = entry?.documents.find(({ id }) => id === document.id);
  if (!entry || (known && known.updatedAt > document.updatedAt)) return;
  // Nothing new: answers made from this version stay good.
  if (isDeepStrictEqual(known, openStatuses.includes(document.status) ? document : undefined)) return;
  const others = entry.documents.filter(({ id }) => id !== document.id);
  const documents = openStatuses.includes(document.status) ? [...others, document] : others;
  const stamp = { ...entry.stamp, version: randomUUID() };
  await entriesOf.write(organisationId, new Map([[contactId, { stamp, documents }]])).catch(() => undefined);
}

/** A load replaces only what changed before it began: what was written meanwhile is kept. */
export function keepNewer(
  loaded: readonly LedgerDocument[],
  known: readonly LedgerDocument[],
  asOf: string,
): LedgerDocument[] {
  const ids = new Set(loaded.map(({ id }) => id));
  return [...loaded, ...known.filter(({ id, updatedAt }) => !ids.has(id) && updatedAt > asOf)];
}

/** Only what the ledger keeps: a document read as a whole has more. */
export function pickDocument(document: LedgerDocument): LedgerDocument {
  const { id, kind, contactId, number, reference, status, date, dueDate, currency, rate } = document;
  const { subTotal, total, amountDue, updatedAt } = document;
  const head = { id, kind, contactId, number, reference, status, date, dueDate, currency, rate };
  return { ...head, subTotal, total, amountDue, updatedAt };
}
