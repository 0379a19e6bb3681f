import { isDeepStrictEqual } from 'node:util';
import type { LedgerDocument } from './document.ts';
import type { LedgerEntry, Tombstone } from './entries.ts';

/** What the figures speak of; other states leave them. */
const openStatuses: readonly string[] = ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'SENT', 'ACCEPTED'];

/** Longer than any load takes, whose pages may still show as open what was closed since. */
const tombstoneForMs = 10 * 60 * 1000;

type Content = Pick<LedgerEntry, 'documents' | 'tombstones'>;
type Merged = Content & {
  /** Whether figures may differ: answers made from the documents before are no longer good. */
  isChanged: boolean;
};

/**
 * Puts rows, whoever read or wrote them, into the entry of one contact: the newer `updatedAt` wins, a tie replaces.
 * What is closed, or stands with another contact now, leaves a tombstone. Undefined: nothing new.
 */
export function mergeRows(
  entry: Content,
  { contactId, rows, nowMs }: { contactId: string; rows: readonly LedgerDocument[]; nowMs: number },
): Merged | undefined {
  const documents = new Map(entry.documents.map((document) => [document.id, document]));
  const tombstones = toLiveTombstones(entry, nowMs);
  let [isChanged, isBuried] = [false, false];
  for (const row of rows) {
    const known = documents.get(row.id);
    const grave = tombstones.get(row.id);
    if ((known ?? grave ?? row).updatedAt > row.updatedAt) continue;
    if (row.contactId === contactId && openStatuses.includes(row.status)) {
      const document = pickDocument(row);
      if (isDeepStrictEqual(known, document)) continue;
      documents.set(row.id, document);
      tombstones.delete(row.id);
      isChanged = true;
    } else if (grave?.updatedAt !== row.updatedAt) {
      isChanged = documents.delete(row.id) || isChanged;
      tombstones.set(row.id, toTombstone(row, nowMs));
      isBuried = true;
    }
  }
  if (!isChanged && !isBuried) return undefined;
  return { documents: [...documents.values()], tombstones: [...tombstones.values()], isChanged };
}

/**
 * A load takes the place of what was known, but for what changed after it began (`asOf`, Xero's clock): its pages may
 * have been read before that.
 */
export function mergeLoad(
  loaded: readonly LedgerDocument[],
  known: Content | undefined,
  { asOf, nowMs }: { asOf: string; nowMs: number },
): Merged {
  const documents = new Map(loaded.map((document) => [document.id, document]));
  for (const document of known?.documents ?? []) {
    if (document.updatedAt > (documents.get(document.id)?.updatedAt ?? asOf)) documents.set(document.id, document);
  }
  const tombstones = known ? toLiveTombstones(known, nowMs) : new Map<string, Tombstone>();
  for (const [id, { updatedAt }] of tombstones) {
    const document = documents.get(id);
    if (document && updatedAt > document.updatedAt) documents.delete(id);
    else if (document) tombstones.delete(id);
  }
  const merged = [...documents.values()];
  const isChanged = !known || !isDeepStrictEqual(sortById(merged), sortById(known.documents));
  return { documents: merged, tombstones: [...tombstones.values()], isChanged };
}

function sortById(documents: readonly LedgerDocument[]): LedgerDocument[] {
  return documents.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function toLiveTombstones({ tombstones }: Content, nowMs: number): Map<string, Tombstone> {
  return new Map(tombstones.filter(({ until }) => Date.parse(until) > nowMs).map((one) => [one.id, one]));
}

function toTombstone({ id, updatedAt }: LedgerDocument, nowMs: number): Tombstone {
  return { id, updatedAt, until: new Date(nowMs + tombstoneForMs).toISOString() };
}

/** Whether a document from the cache has every member that this release reads. */
export function isWholeDocument(document: unknown): boolean {
  return typeof document === 'object' && document !== null && 'amountPaid' in document && 'amountCredited' in document;
}

/** Only what the ledger keeps: a document read as a whole has more. */
export function pickDocument(document: LedgerDocument): LedgerDocument {
  const { id, kind, contactId, number, reference, status, date, dueDate, currency, rate } = document;
  const { subTotal, total, amountDue, amountPaid, amountCredited, updatedAt } = document;
  const head = { id, kind, contactId, number, reference, status, date, dueDate, currency, rate };
  return { ...head, subTotal, total, amountDue, amountPaid, amountCredited, updatedAt };
}
