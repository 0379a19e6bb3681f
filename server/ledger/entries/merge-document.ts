import { isDeepStrictEqual } from 'node:util';
import type { DocumentHeader, UnreadableDocument } from '#server/xero/documents/document-header.ts';
import { type DocumentKind, needsViewBills } from '#shared/document-kinds.ts';
import type { LedgerEntry, Tombstone } from './entries.ts';
import type { ContactLoad } from './load-from-xero.ts';

/** Statuses that count in the figures. A document in any other status leaves them. */
const openStatuses: readonly string[] = ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'SENT', 'ACCEPTED'];

/** Longer than any load takes. The pages of a slow load may still show a document as open that was closed meanwhile. */
const tombstoneForMs = 10 * 60 * 1000;

type Content = Pick<LedgerEntry, 'documents' | 'tombstones' | 'unreadable'>;
const nothing: Content = { documents: [], tombstones: [], unreadable: [] };
/** Later than every instant as text. */
const never = '~';

type Merged = Content & {
  /** Whether figures may differ, so that answers made from the earlier documents are outdated. */
  isChanged: boolean;
};

/**
 * Merges rows, read or written, into the entry of one contact: the newer `updatedAt` wins, and a tie replaces. A
 * document that was closed or moved to another contact leaves a tombstone. Returns undefined when nothing changed.
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
    // It can be parsed again.
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
  return { ...toContent({ documents, tombstones, unreadable }), isChanged };
}

/**
 * Merges rows that could not be parsed into the entry of one contact. Such a document leaves the figures. It is counted
 * as unreadable while it may be open and may belong to this contact. If this same version was parsed before, the parsed
 * document stays. Returns undefined when nothing changed.
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
    const newest = (documents.get(id) ?? tombstones.get(id))?.updatedAt ?? '';
    if (newest >= (row.updatedAt ?? never)) continue;
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
  return isChanged ? { ...toContent({ documents, tombstones, unreadable }), isChanged } : undefined;
}

/**
 * A load replaces what was known, except for documents that changed after the load began (`asOf`, Xero's clock),
 * because its pages may have been read before that change.
 */
export function mergeLoad(
  loaded: ContactLoad,
  known: Content | undefined,
  { asOf, nowMs }: { asOf: string; nowMs: number },
): Merged {
  const documents = new Map(loaded.documents.map((document) => [document.id, document]));
  const before = known ?? nothing;
  const unreadable = mergeLoadUnreadable(loaded, before, asOf);
  for (const document of before.documents) {
    const { id, updatedAt } = document;
    const aside = unreadable.get(id);
    if (aside ? isReadVersion(document, aside) : updatedAt > (documents.get(id)?.updatedAt ?? asOf)) {
      documents.set(id, document);
      unreadable.delete(id);
    }
  }
  for (const id of unreadable.keys()) documents.delete(id);
  const tombstones = toLiveTombstones(before, nowMs);
  for (const [id, { updatedAt }] of tombstones) {
    const found = documents.get(id)?.updatedAt ?? unreadable.get(id)?.updatedAt ?? null;
    // Without a time, we cannot tell whether the document was closed since.
    if (found === null) continue;
    if (updatedAt <= found) tombstones.delete(id);
    else for (const kept of [documents, unreadable]) kept.delete(id);
  }
  const content = toContent({ documents, tombstones, unreadable });
  return { ...content, isChanged: !known || !isSame(content, known) };
}

/** The load's unreadable documents, plus those marked unreadable after it began. */
function mergeLoadUnreadable(loaded: ContactLoad, known: Content, asOf: string) {
  const read = new Map(loaded.documents.map((document) => [document.id, document]));
  const unreadable = toUnreadableMap(loaded.unreadable.filter(({ id }) => !read.has(id ?? '')));
  for (const one of known.unreadable) {
    const isNewer = (one.updatedAt ?? '') > (read.get(one.id ?? '')?.updatedAt ?? asOf);
    if (isNewer) unreadable.set(toUnreadableKey(one), one);
  }
  return unreadable;
}

/** Whether the unreadable version is one that was parsed before, or an older one. */
function isReadVersion({ updatedAt }: DocumentHeader, aside: UnreadableDocument): boolean {
  return updatedAt >= (aside.updatedAt ?? never);
}

function isOpenOrUnknown({ status }: UnreadableDocument): boolean {
  return status === null || openStatuses.includes(status);
}

/** A document without an id is identified by everything else that is known of it. */
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

function toContent({ documents, tombstones, unreadable }: Maps): Content {
  return {
    documents: [...documents.values()],
    tombstones: [...tombstones.values()],
    unreadable: [...unreadable.values()],
  };
}

/** Whether the two differ in bills at most. A person who may not view bills then sees no difference. */
export function differInBillsOnly(before: Content, after: Content): boolean {
  return isSame(withoutBills(after), withoutBills(before));
}

function withoutBills({ documents, unreadable, tombstones }: Content): Content {
  const isOther = ({ kind }: { kind: DocumentKind | null }) => !needsViewBills(kind);
  return { documents: documents.filter(isOther), unreadable: unreadable.filter(isOther), tombstones };
}

/** In any order: maps are compared without it. */
function isSame(merged: Content, known: Content): boolean {
  const toMap = ({ documents }: Content) => new Map(documents.map((document) => [document.id, document]));
  return (
    isDeepStrictEqual(toMap(merged), toMap(known)) &&
    isDeepStrictEqual(toUnreadableMap(merged.unreadable), toUnreadableMap(known.unreadable))
  );
}

function toLiveTombstones({ tombstones }: Content, nowMs: number): Map<string, Tombstone> {
  return new Map(tombstones.filter(({ until }) => Date.parse(until) > nowMs).map((one) => [one.id, one]));
}

function toTombstone(id: string, updatedAt: string, nowMs: number): Tombstone {
  return { id, updatedAt, until: new Date(nowMs + tombstoneForMs).toISOString() };
}

/** Whether a cached document has every member that this release reads. */
export function isWholeDocument(document: unknown): boolean {
  return typeof document === 'object' && document !== null && 'amountPaid' in document && 'amountCredited' in document;
}

/** Keeps only the members that the ledger needs; a fully read document has more. */
export function pickDocument(document: DocumentHeader): DocumentHeader {
  const { id, kind, contactId, number, reference, status, date, dueDate, currency, rate } = document;
  const { subTotal, total, amountDue, amountPaid, amountCredited, updatedAt } = document;
  const head = { id, kind, contactId, number, reference, status, date, dueDate, currency, rate };
  return { ...head, subTotal, total, amountDue, amountPaid, amountCredited, updatedAt };
}
