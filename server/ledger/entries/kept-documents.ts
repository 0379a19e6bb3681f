import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Cache } from '#server/cache/cache.ts';
import type { ContactChange } from '#server/ledger/stream/figures-news.ts';
import type { DocumentHeader, UnreadableDocument } from '#server/xero/documents/ledger-document.ts';
import { type DocumentRef, toRefKey } from '#shared/document-kinds.ts';
import { changeValue } from './change-value.ts';
import { isWholeDocument, pickDocument } from './merge-document.ts';

/**
 * A document by id: when it left Xero, and what keeps it fresh since, as `LedgerStamp`. Null: Xero does not have it, or
 * has it and it cannot be read, which is remembered so that it is not asked for again with every look.
 */
export type Kept = {
  document: DocumentHeader | null;
  isUnreadable?: boolean;
  /** When the version that cannot be read was made, as Xero says; null where that cannot be read either. */
  unreadableAt?: string | null;
  loadedAt: string;
  asOf: string;
  epoch: string | null;
};
export type KeptByPlace = Map<string, Kept>;
type Load = Pick<Kept, 'loadedAt' | 'asOf' | 'epoch'>;

export type KeptDocuments = {
  readMany(organisationId: string, places: readonly DocumentRef[]): Promise<KeptByPlace>;
  /** What Xero said of all these places; null: it does not have it. Answers what is known of them then. */
  putLoad(
    organisationId: string,
    places: readonly DocumentRef[],
    load: Load & { documents: readonly DocumentHeader[]; unreadable: readonly UnreadableDocument[] },
  ): Promise<KeptByPlace>;
  /** Into what is kept of them, if anything is: the newer `updatedAt` wins, a tie replaces. Answers which changed. */
  mergeRows(organisationId: string, rows: readonly DocumentHeader[]): Promise<DocumentHeader[]>;
  /** What is kept of these is not what Xero has now, which cannot be read. Answers the contacts it concerns. */
  setAside(organisationId: string, rows: readonly UnreadableDocument[]): Promise<ContactChange[]>;
  /** What we have just made or read ourselves. */
  put(organisationId: string, document: DocumentHeader, load: Load): Promise<void>;
};

/** What an earlier release kept is not known: it lacks members, and is loaded again. */
const keptSchema = z.custom<Kept>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    'epoch' in value &&
    'document' in value &&
    (value.document === null || isWholeDocument(value.document)),
);
const parseKept = (text: string | undefined) =>
  text === undefined ? undefined : keptSchema.safeParse(JSON.parse(text)).data;

/** Documents somebody chose, in any status, one value each. A cache that is away holds nothing. */
export function buildKeptDocuments(cache: Pick<Cache, 'get' | 'getMany' | 'setIf'>): KeptDocuments {
  const keyOf = (organisationId: string, placeKey: string) => `document:${organisationId}:${placeKey}`;
  const change = (organisationId: string, placeKey: string, update: (known: Kept | undefined) => Kept | undefined) =>
    changeValue(cache, { key: keyOf(organisationId, placeKey), parse: parseKept }, update);

  const readByKeys = async (organisationId: string, keys: readonly string[]): Promise<KeptByPlace> => {
    const texts = await cache.getMany(keys.map((key) => keyOf(organisationId, key))).catch(() => []);
    const found = keys.map((key, index) => [key, parseKept(texts[index])] as const);
    return new Map(found.flatMap(([key, kept]) => (kept ? [[key, kept] as const] : [])));
  };

  const readMany: KeptDocuments['readMany'] = (organisationId, places) =>
    readByKeys(organisationId, [...new Set(places.map(toRefKey))]);

  return {
    readMany,
    async putLoad(organisationId, places, { documents, unreadable, ...load }) {
      const loaded = new Map(documents.map((document) => [toRefKey(document), pickDocument(document)]));
      const aside = new Map(unreadable.flatMap((one) => toPlaceKeys(one).map((key) => [key, one] as const)));
      const all: KeptByPlace = new Map();
      for (const key of new Set(places.map(toRefKey))) {
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
      const keys = rows.flatMap((row) => toPlaceKeys(row).map((key) => ({ row, key })));
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

/** Where its kind cannot be read, it is an invoice or a bill: quotes have a list of their own. */
export function toPlaceKeys({ id, kind }: UnreadableDocument): string[] {
  if (id === null) return [];
  return (kind === null ? (['invoice', 'bill'] as const) : [kind]).map((one) => toRefKey({ kind: one, id }));
}

/** Its contact, and whom it stood with until now. */
function toChanges(key: string, row: UnreadableDocument, { document }: Kept): ContactChange[] {
  const ids = [row.contactId, document?.contactId].flatMap((id) => id ?? []);
  return ids.map((contactId) => ({ contactId, isOfBills: key === toRefKey({ kind: 'bill', id: row.id ?? '' }) }));
}

/** The version that cannot be read now was read before. */
function isReadVersion({ document }: Kept, { updatedAt }: UnreadableDocument): boolean {
  return document !== null && updatedAt !== null && document.updatedAt >= updatedAt;
}

/** Of this version, or a later one, it is known already that it cannot be read. */
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
  // Set aside since the load began.
  if (known?.isUnreadable && isNewerThan(known, document?.updatedAt ?? unreadable?.updatedAt ?? load.asOf))
    return { ...known, ...load };
  if (document || !unreadable) return { document: pickNewer(document, known?.document ?? null, load.asOf), ...load };
  if (known && isReadVersion(known, unreadable)) return { ...known, ...load };
  return { document: null, isUnreadable: true, unreadableAt: unreadable.updatedAt, ...load };
}

/** What was there and is no more, Xero has deleted; what changed since the load began is known better. */
function pickNewer(
  loaded: DocumentHeader | undefined,
  known: DocumentHeader | null,
  asOf: string,
): DocumentHeader | null {
  if (!known) return loaded ?? null;
  if (loaded) return known.updatedAt > loaded.updatedAt ? known : loaded;
  return known.updatedAt > asOf ? known : { ...known, status: 'DELETED', amountDue: '0' };
}
