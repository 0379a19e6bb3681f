import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Cache } from '#server/cache/cache.ts';
import type { DocumentHeader, UnreadableDocument } from '#server/xero/documents/document-header.ts';
import { type DocumentRef, toRefKey } from '#shared/document-kinds.ts';
import { changeValue } from './change-value.ts';
import type { ContactChange } from './figures-news.ts';
import { isWholeDocument, pickDocument } from './merge-document.ts';

/**
 * A document cached by id: when it was read from Xero, and what has kept it fresh since (see `LedgerStamp`). A null
 * `document` means that Xero does not have it, or that it could not be parsed. Both are remembered, so that not every
 * view asks again.
 */
export type Kept = {
  document: DocumentHeader | null;
  isUnreadable?: boolean;
  /** When the unreadable version was last updated, according to Xero; null when that could not be parsed either. */
  unreadableAt?: string | null;
  loadedAt: string;
  asOf: string;
  epoch: string | null;
};
export type KeptByRef = Map<string, Kept>;
type Load = Pick<Kept, 'loadedAt' | 'asOf' | 'epoch'>;

export type ChosenDocumentsCache = {
  readMany(organisationId: string, refs: readonly DocumentRef[]): Promise<KeptByRef>;
  /**
   * Stores Xero's answer for all these references; a document missing from the answer does not exist in Xero. Returns
   * what is known of them afterwards.
   */
  putLoad(
    organisationId: string,
    refs: readonly DocumentRef[],
    load: Load & { documents: readonly DocumentHeader[]; unreadable: readonly UnreadableDocument[] },
  ): Promise<KeptByRef>;
  /**
   * Merges rows into documents that are already cached: the newer `updatedAt` wins, and a tie replaces. Returns what
   * changed.
   */
  mergeRows(organisationId: string, rows: readonly DocumentHeader[]): Promise<DocumentHeader[]>;
  /**
   * Marks cached documents as outdated, because Xero's current version could not be parsed. Returns the affected
   * contacts.
   */
  setAside(organisationId: string, rows: readonly UnreadableDocument[]): Promise<ContactChange[]>;
  /** Stores a document that we have just created or read ourselves. */
  put(organisationId: string, document: DocumentHeader, load: Load): Promise<void>;
};

/** Values written by an earlier release lack members. They count as unknown and are loaded again. */
const keptSchema = z.custom<Kept>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    'epoch' in value &&
    'document' in value &&
    (value.document === null || isWholeDocument(value.document)),
);
function parseKept(text: string | undefined) {
  return text === undefined ? undefined : keptSchema.safeParse(JSON.parse(text)).data;
}

/** Chosen documents in any status, one cache value each. While the cache is unavailable, reads find nothing. */
export function buildChosenDocumentsCache(cache: Pick<Cache, 'get' | 'getMany' | 'setIf'>): ChosenDocumentsCache {
  const keyOf = (organisationId: string, refKey: string) => `document:${organisationId}:${refKey}`;
  const change = (organisationId: string, refKey: string, update: (known: Kept | undefined) => Kept | undefined) =>
    changeValue(cache, { key: keyOf(organisationId, refKey), parse: parseKept }, update);

  const readByKeys = async (organisationId: string, keys: readonly string[]): Promise<KeptByRef> => {
    const texts = await cache.getMany(keys.map((key) => keyOf(organisationId, key))).catch(() => []);
    const found = keys.map((key, index) => [key, parseKept(texts[index])] as const);
    return new Map(found.flatMap(([key, kept]) => (kept ? [[key, kept] as const] : [])));
  };

  const readMany: ChosenDocumentsCache['readMany'] = (organisationId, refs) =>
    readByKeys(organisationId, [...new Set(refs.map(toRefKey))]);

  return {
    readMany,
    async putLoad(organisationId, refs, { documents, unreadable, ...load }) {
      const loaded = new Map(documents.map((document) => [toRefKey(document), pickDocument(document)]));
      const aside = new Map(unreadable.flatMap((one) => toRefKeys(one).map((key) => [key, one] as const)));
      const all: KeptByRef = new Map();
      for (const key of new Set(refs.map(toRefKey))) {
        const found = { document: loaded.get(key), unreadable: aside.get(key) };
        const merge = (known: Kept | undefined) => mergeLoaded(known, found, load);
        const kept = await change(organisationId, key, merge).catch(() => undefined);
        all.set(key, kept ?? merge(undefined));
      }
      return all;
    },
    async mergeRows(organisationId, rows) {
      const known = await readMany(organisationId, rows);
      const changed: DocumentHeader[] = [];
      for (const row of rows.filter((one) => known.has(toRefKey(one)))) {
        const document = pickDocument(row);
        let isChanged = false;
        await change(organisationId, toRefKey(row), (kept) => {
          isChanged =
            kept !== undefined && !isNewerThan(kept, document.updatedAt) && !isDeepStrictEqual(kept.document, document);
          return kept && isChanged ? { ...toLoad(kept), document } : undefined;
        });
        if (isChanged) changed.push(document);
      }
      return changed;
    },
    async setAside(organisationId, rows) {
      const changed: ContactChange[] = [];
      const keys = rows.flatMap((row) => toRefKeys(row).map((key) => ({ row, key })));
      const known = await readByKeys(
        organisationId,
        keys.map(({ key }) => key),
      );
      for (const { row, key } of keys.filter((one) => known.has(one.key))) {
        await change(organisationId, key, (kept) => {
          if (!kept || isReadVersion(kept, row) || isSetAside(kept, row)) return undefined;
          changed.push(...toChanges(key, row, kept));
          return { ...toLoad(kept), document: null, isUnreadable: true, unreadableAt: row.updatedAt };
        });
      }
      return changed;
    },
    async put(organisationId, document, load) {
      await change(organisationId, toRefKey(document), (kept) => {
        if (kept && isNewerThan(kept, document.updatedAt)) return kept;
        return { document: pickDocument(document), ...load };
      }).catch(() => undefined);
    },
  };
}

/** A document of unknown kind is an invoice or a bill: Xero lists quotes separately. */
export function toRefKeys({ id, kind }: UnreadableDocument): string[] {
  if (id === null) return [];
  return (kind === null ? (['invoice', 'bill'] as const) : [kind]).map((one) => toRefKey({ kind: one, id }));
}

/** Its contact, and the contact it belonged to before. */
function toChanges(key: string, row: UnreadableDocument, { document }: Kept): ContactChange[] {
  const ids = [row.contactId, document?.contactId].flatMap((id) => id ?? []);
  return ids.map((contactId) => ({ contactId, isOfBills: key === toRefKey({ kind: 'bill', id: row.id ?? '' }) }));
}

/** Whether this version, or a later one, was parsed before. */
function isReadVersion({ document }: Kept, { updatedAt }: UnreadableDocument): boolean {
  return document !== null && updatedAt !== null && document.updatedAt >= updatedAt;
}

/** Whether this version, or a later one, is already known to be unreadable. */
function isSetAside({ isUnreadable, unreadableAt }: Kept, { updatedAt }: UnreadableDocument): boolean {
  return isUnreadable === true && (updatedAt === null || (unreadableAt ?? '') >= updatedAt);
}

function isNewerThan({ document, unreadableAt }: Kept, updatedAt: string): boolean {
  return (document?.updatedAt ?? unreadableAt ?? '') > updatedAt;
}

function toLoad({ loadedAt, asOf, epoch }: Kept): Load {
  return { loadedAt, asOf, epoch };
}

function mergeLoaded(
  known: Kept | undefined,
  found: { document: DocumentHeader | undefined; unreadable: UnreadableDocument | undefined },
  load: Load,
): Kept {
  const { document, unreadable } = found;
  // Another process marked it unreadable after this load began.
  if (known?.isUnreadable && isNewerThan(known, document?.updatedAt ?? unreadable?.updatedAt ?? load.asOf))
    return { ...known, ...load };
  if (document || !unreadable) return { document: pickNewer(document, known?.document ?? null, load.asOf), ...load };
  if (known && isReadVersion(known, unreadable)) return { ...known, ...load };
  return { document: null, isUnreadable: true, unreadableAt: unreadable.updatedAt, ...load };
}

/** If Xero no longer returns a document, it was deleted, unless our copy changed after the load began. */
function pickNewer(
  loaded: DocumentHeader | undefined,
  known: DocumentHeader | null,
  asOf: string,
): DocumentHeader | null {
  if (!known) return loaded ?? null;
  if (loaded) return known.updatedAt > loaded.updatedAt ? known : loaded;
  return known.updatedAt > asOf ? known : { ...known, status: 'DELETED', amountDue: '0' };
}
