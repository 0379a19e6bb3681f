import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Cache } from '#server/cache/cache.ts';
import { changeValue } from './change-value.ts';
import type { DocumentKind, LedgerDocument } from './document.ts';
import { isWholeDocument, pickDocument } from './merge-document.ts';

export type DocumentPlace = { kind: DocumentKind; id: string };

/** A document by id: when it left Xero, and what keeps it fresh since, as `LedgerStamp`. */
export type Kept = { document: LedgerDocument | null; loadedAt: string; asOf: string; epoch: string | null };
export type KeptByPlace = Map<string, Kept>;
type Load = Pick<Kept, 'loadedAt' | 'asOf' | 'epoch'>;

export type KeptDocuments = {
  readMany(organisationId: string, places: readonly DocumentPlace[]): Promise<KeptByPlace>;
  /** What Xero said of all these places; null: it does not have it. Answers what is known of them then. */
  putLoad(
    organisationId: string,
    places: readonly DocumentPlace[],
    load: Load & { documents: readonly LedgerDocument[] },
  ): Promise<KeptByPlace>;
  /** Into what is kept of them, if anything is: the newer `updatedAt` wins, a tie replaces. Answers which changed. */
  mergeRows(organisationId: string, rows: readonly LedgerDocument[]): Promise<LedgerDocument[]>;
  /** What we have just made or read ourselves. */
  put(organisationId: string, document: LedgerDocument, load: Load): Promise<void>;
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

export function toPlaceKey({ kind, id }: DocumentPlace): string {
  return `${kind}:${id.toLowerCase()}`;
}

/** Documents somebody chose, in any status, one value each. A cache that is away holds nothing. */
export function buildKeptDocuments(cache: Pick<Cache, 'get' | 'getMany' | 'setIf'>): KeptDocuments {
  const keyOf = (organisationId: string, placeKey: string) => `document:${organisationId}:${placeKey}`;
  const change = (organisationId: string, placeKey: string, update: (known: Kept | undefined) => Kept | undefined) =>
    changeValue(cache, { key: keyOf(organisationId, placeKey), parse: parseKept }, update);

  const readMany: KeptDocuments['readMany'] = async (organisationId, places) => {
    const keys = [...new Set(places.map(toPlaceKey))];
    const texts = await cache.getMany(keys.map((key) => keyOf(organisationId, key))).catch(() => []);
    const found = keys.map((key, index) => [key, parseKept(texts[index])] as const);
    return new Map(found.flatMap(([key, kept]) => (kept ? [[key, kept] as const] : [])));
  };

  return {
    readMany,
    async putLoad(organisationId, places, { documents, ...load }) {
      const loaded = new Map(documents.map((document) => [toPlaceKey(document), pickDocument(document)]));
      const all: KeptByPlace = new Map();
      for (const key of new Set(places.map(toPlaceKey))) {
        const merge = (known: Kept | undefined): Kept => {
          return { document: pickNewer(loaded.get(key), known?.document ?? null, load.asOf), ...load };
        };
        const kept = await change(organisationId, key, merge).catch(() => undefined);
        all.set(key, kept ?? merge(undefined));
      }
      return all;
    },
    async mergeRows(organisationId, rows) {
      const known = await readMany(organisationId, rows);
      const changed: LedgerDocument[] = [];
      for (const row of rows.filter((one) => known.has(toPlaceKey(one)))) {
        const document = pickDocument(row);
        let isChanged = false;
        await change(organisationId, toPlaceKey(row), (kept) => {
          const isOlder = kept?.document && kept.document.updatedAt > document.updatedAt;
          isChanged = kept !== undefined && !isOlder && !isDeepStrictEqual(kept.document, document);
          return kept && isChanged ? { ...kept, document } : undefined;
        });
        if (isChanged) changed.push(document);
      }
      return changed;
    },
    async put(organisationId, document, load) {
      await change(organisationId, toPlaceKey(document), (kept) => {
        if (kept?.document && kept.document.updatedAt > document.updatedAt) return kept;
        return { document: pickDocument(document), ...load };
      }).catch(() => undefined);
    },
  };
}

/** What was there and is no more, Xero has deleted; what changed since the load began is known better. */
function pickNewer(
  loaded: LedgerDocument | undefined,
  known: LedgerDocument | null,
  asOf: string,
): LedgerDocument | null {
  if (!known) return loaded ?? null;
  if (loaded) return known.updatedAt > loaded.updatedAt ? known : loaded;
  return known.updatedAt > asOf ? known : { ...known, status: 'DELETED', amountDue: '0' };
}
