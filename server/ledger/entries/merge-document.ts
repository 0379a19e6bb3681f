import { isDeepStrictEqual } from 'node:util';
import type { DocumentHeader, UnreadableDocument } from '#server/xero/documents/ledger-document.ts';
import type { LedgerEntry, Tombstone } from './entries.ts';
import type { ContactLoad } from './load-from-xero.ts';

/** What the figures speak of; other states leave them. */
const openStatuses: readonly string[] = ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'SENT', 'ACCEPTED'];

/** Longer than any load takes, whose pages may still show as open what was closed since. */
const tombstoneForMs = 10 * 60 * 1000;

type Content = Pick<LedgerEntry, 'documents' | 'tombstones' | 'unreadable'>;
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
  { contactId, rows, nowMs }: { contactId: string; rows: readonly DocumentHeader[]; nowMs: number },
): Merged | undefined {
  const documents = new Map(entry.documents.map((document) => [document.id, document]));
  const tombstones = toLiveTombstones(entry, nowMs);
  const unreadable = toUnreadableMap(entry.unreadable);
  let [isChanged, isBuried] = [false, false];
  for (const row of rows) {
    const known = documents.get(row.id);
    const grave = tombstones.get(row.id);
    const newest = (known ?? grave)?.updatedAt ?? unreadable.get(row.id)?.updatedAt ?? row.updatedAt;
    if (newest > row.updatedAt) continue;
    // It can be read again.
    isChanged = unreadable.delete(row.id) || isChanged;
    if (row.contactId === contactId && openStatuses.includes(row.status)) {
      const document = pickDocument(row);
      if (isDeepStrictEqual(known, document)) continue;
      documents.set(row.id, document);
      tombstones.delete(row.id);
      isChanged = true;
    } else if (grave?.updatedAt !== row.updatedAt) {
      isChanged = documents.delete(row.id) || isChanged;
      tombstones.set(row.id, toTombstone(row.id, row.updatedAt, nowMs));
      isBuried = true;
    }
  }
  if (!isChanged && !isBuried) return undefined;
  return toMerged({ documents, tombstones, unreadable }, isChanged);
}

/**
 * Puts rows that could not be read into the entry of one contact. Such a document leaves the figures, and is counted
 * beside them while it may be open and may be the contact's. One whose very version was read before stays as it was
 * read. Undefined: nothing new.
 */
export function mergeUnreadable(
  entry: Content,
  { contactId, rows, nowMs }: { contactId: string; rows: readonly UnreadableDocument[]; nowMs: number },
): Merged | undefined {
  const documents = new Map(entry.documents.map((document) => [document.id, document]));
  const tombstones = toLiveTombstones(entry, nowMs);
  const unreadable = toUnreadableMap(entry.unreadable);
  let isChanged = false;
  for (const row of rows) {
    const id = row.id ?? '';
    const newest = (documents.get(id) ?? tombstones.get(id))?.updatedAt;
    if (newest !== undefined && row.updatedAt !== null && newest >= row.updatedAt) continue;
    const isTheirs = (row.contactId ?? contactId) === contactId;
    const key = toUnreadableKey(row);
    const before = unreadable.get(key);
    isChanged = documents.delete(id) || isChanged;
    if (isTheirs && isOpenOrUnknown(row)) unreadable.set(key, row);
    else {
      unreadable.delete(key);
      if (row.id && row.updatedAt) tombstones.set(row.id, toTombstone(row.id, row.updatedAt, nowMs));
    }
    isChanged = !isDeepStrictEqual(before, unreadable.get(key)) || isChanged;
  }
  return isChanged ? toMerged({ documents, tombstones, unreadable }, true) : undefined;
}

/**
 * A load takes the place of what was known, but for what changed after it began (`asOf`, Xero's clock): its pages may
 * have been read before that.
 */
export function mergeLoad(
  loaded: ContactLoad,
  known: Content | undefined,
  { asOf, nowMs }: { asOf: string; nowMs: number },
): Merged {
  const documents = new Map(loaded.documents.map((document) => [document.id, document]));
  const unreadable = mergeLoadUnreadable(loaded, known, asOf);
  for (const document of known?.documents ?? []) {
    const { id, updatedAt } = document;
    const aside = unreadable.get(id);
    if (aside ? isReadVersion(document, aside) : updatedAt > (documents.get(id)?.updatedAt ?? asOf)) {
      documents.set(id, document);
      unreadable.delete(id);
    }
  }
  for (const id of unreadable.keys()) documents.delete(id);
  const tombstones = known ? toLiveTombstones(known, nowMs) : new Map<string, Tombstone>();
  for (const [id, { updatedAt }] of tombstones) {
    const found = documents.get(id)?.updatedAt ?? unreadable.get(id)?.updatedAt ?? null;
    // Of one whose time cannot be read nobody knows whether it was closed since.
    if (found === null) continue;
    if (updatedAt <= found) tombstones.delete(id);
    else for (const kept of [documents, unreadable]) kept.delete(id);
  }
  const merged = toMerged({ documents, tombstones, unreadable }, false);
  return { ...merged, isChanged: !known || !isSame(merged, known) };
}

/** Those of the load, and what was set aside since it began. */
function mergeLoadUnreadable(loaded: ContactLoad, known: Content | undefined, asOf: string) {
  const read = new Map(loaded.documents.map((document) => [document.id, document]));
  const unreadable = toUnreadableMap(loaded.unreadable.filter(({ id }) => !read.has(id ?? '')));
  for (const one of known?.unreadable ?? []) {
    const isNewer = one.updatedAt !== null && one.updatedAt > (read.get(one.id ?? '')?.updatedAt ?? asOf);
    if (isNewer) unreadable.set(toUnreadableKey(one), one);
  }
  return unreadable;
}

/** The version that cannot be read now is one that was read before, or an older one. */
function isReadVersion({ updatedAt }: DocumentHeader, aside: UnreadableDocument): boolean {
  return aside.updatedAt !== null && updatedAt >= aside.updatedAt;
}

function isOpenOrUnknown({ status }: UnreadableDocument): boolean {
  return status === null || openStatuses.includes(status);
}

/** One without an id is told by all that is known of it. */
function toUnreadableKey(one: UnreadableDocument): string {
  return one.id ?? JSON.stringify(one);
}

function toUnreadableMap(unreadable: readonly UnreadableDocument[]): Map<string, UnreadableDocument> {
  return new Map(unreadable.map((one) => [toUnreadableKey(one), one]));
}

type Maps = {
  documents: ReadonlyMap<string, DocumentHeader>;
  tombstones: ReadonlyMap<string, Tombstone>;
  unreadable: ReadonlyMap<string, UnreadableDocument>;
};

function toMerged({ documents, tombstones, unreadable }: Maps, isChanged: boolean): Merged {
  return {
    documents: [...documents.values()],
    tombstones: [...tombstones.values()],
    unreadable: [...unreadable.values()],
    isChanged,
  };
}

/** Whether what differs between the two, if anything, is of bills alone: who may not see bills sees no difference. */
export function differInBillsOnly(before: Content, after: Content): boolean {
  return isSame(withoutBills(after), withoutBills(before));
}

/** One whose kind cannot be read may be no bill. */
function withoutBills({ documents, unreadable, tombstones }: Content): Content {
  const isOther = ({ kind }: { kind: string | null }) => kind !== 'bill';
  return { documents: documents.filter(isOther), unreadable: unreadable.filter(isOther), tombstones };
}

function isSame(merged: Content, known: Content): boolean {
  const sorted = (rows: readonly (DocumentHeader | UnreadableDocument)[]) =>
    rows.toSorted((a, b) => ((a.id ?? '') < (b.id ?? '') ? -1 : 1));
  return (
    isDeepStrictEqual(sorted(merged.documents), sorted(known.documents)) &&
    isDeepStrictEqual(sorted(merged.unreadable), sorted(known.unreadable))
  );
}

function toLiveTombstones({ tombstones }: Content, nowMs: number): Map<string, Tombstone> {
  return new Map(tombstones.filter(({ until }) => Date.parse(until) > nowMs).map((one) => [one.id, one]));
}

function toTombstone(id: string, updatedAt: string, nowMs: number): Tombstone {
  return { id, updatedAt, until: new Date(nowMs + tombstoneForMs).toISOString() };
}

/** Whether a document from the cache has every member that this release reads. */
export function isWholeDocument(document: unknown): boolean {
  return typeof document === 'object' && document !== null && 'amountPaid' in document && 'amountCredited' in document;
}

/** Only what the ledger keeps: a document read as a whole has more. */
export function pickDocument(document: DocumentHeader): DocumentHeader {
  const { id, kind, contactId, number, reference, status, date, dueDate, currency, rate } = document;
  const { subTotal, total, amountDue, amountPaid, amountCredited, updatedAt } = document;
  const head = { id, kind, contactId, number, reference, status, date, dueDate, currency, rate };
  return { ...head, subTotal, total, amountDue, amountPaid, amountCredited, updatedAt };
}
