import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Cache } from '#server/cache/cache.ts';
import type { DocumentHeader, UnreadableDocument } from '#server/xero/documents/document-header.ts';

/** How long the last good figures are kept after the last request for them. */
const keepSeconds = 3 * 24 * 3600;
/** Few processes write the same contact at once. Losing this many races means that something else is wrong. */
const mostAttempts = 20;

const stampSchema = z.object({
  version: z.string(),
  revision: z.string(),
  loadedAt: z.string(),
  asOf: z.string(),
  epoch: z.string().nullable(),
});
/**
 * When the documents of one Xero contact were loaded, by our clock (`loadedAt`) and by Xero's (`asOf`). `version`
 * changes with the documents, `revision` with every write. `epoch` names the run of the change stream that has kept
 * them fresh since that load; null when no stream does.
 */
export type LedgerStamp = z.infer<typeof stampSchema>;
/** A document that left the contact's figures. Remembered for a while, so that a slow load cannot bring it back. */
export type Tombstone = { id: string; updatedAt: string; until: string };
export type LedgerEntry = {
  stamp: LedgerStamp;
  documents: DocumentHeader[];
  tombstones: Tombstone[];
  /** Documents that exist in Xero but could not be parsed. No figure includes them. */
  unreadable: UnreadableDocument[];
};
export type LedgerEntries = Map<string, LedgerEntry>;

export type Entries = {
  readStamps(organisationId: string, contactIds: readonly string[]): Promise<(LedgerStamp | undefined)[]>;
  readMany(organisationId: string, contactIds: readonly string[]): Promise<LedgerEntries>;
  /** Returns the ids of the open documents of loaded contacts. `broken` lists contacts whose ids alone are missing. */
  readDocumentIds(
    organisationId: string,
    contactIds: readonly string[],
  ): Promise<{ idsByContact: Map<string, string[]>; broken: string[] }>;
  /**
   * Reads an entry, changes it and writes it back. Retries when another process wrote in between. `update` returns
   * undefined to change nothing. Returns the entry that is stored afterwards.
   */
  change(organisationId: string, contactId: string, update: EntryUpdate): Promise<LedgerEntry | undefined>;
  /** Removes the entry, so that the next view loads it again. */
  forget(organisationId: string, contactId: string): Promise<void>;
};
/** Returning undefined, or the given entry, writes nothing. */
type EntryUpdate = (known: LedgerEntry | undefined) => (Omit<LedgerEntry, 'stamp'> & NewStamp) | undefined;
type NewStamp = { stamp: Omit<LedgerStamp, 'revision'> };
export type EntriesCache = Pick<Cache, 'getMany' | 'setIf' | 'delete'>;

/**
 * The ledger's part of the cache, with one entry per Xero contact. The stamp has a key of its own: a caller that
 * already holds an answer made from it need not read thousands of documents. The stamp also guards every write. While
 * the cache is unavailable, reads find nothing and writes reject.
 */
export function buildEntries(cache: EntriesCache): Entries {
  const readTexts = (organisationId: string, contactIds: readonly string[], part: Part) =>
    cache.getMany(contactIds.map((id) => keyOf(organisationId, id, part))).catch(() => contactIds.map(() => undefined));

  const forget: Entries['forget'] = async (organisationId, contactId) => {
    for (const part of ['stamp', 'documents', 'ids'] as const)
      await cache.delete(keyOf(organisationId, contactId, part));
  };
  return {
    forget,
    readStamps: async (organisationId, contactIds) =>
      (await readTexts(organisationId, contactIds, 'stamp')).map(parseStamp),
    async readMany(organisationId, contactIds) {
      const texts = await readTexts(organisationId, contactIds, 'documents');
      return new Map(
        contactIds.flatMap((id, index) => {
          const entry = parseEntry(texts[index]);
          return entry ? [[id, entry] as const] : [];
        }),
      );
    },
    async readDocumentIds(organisationId, contactIds) {
      // Read both keys at the same moment, so that an entry written meanwhile is seen as a whole or not at all.
      const keys = (['ids', 'stamp'] as const).flatMap((part) =>
        contactIds.map((id) => keyOf(organisationId, id, part)),
      );
      const texts = await cache.getMany(keys);
      const isBroken = (index: number) => texts[index] === undefined && texts[contactIds.length + index] !== undefined;
      return {
        idsByContact: new Map(contactIds.flatMap((id, index) => toIds(id, texts[index]))),
        broken: contactIds.filter((_, index) => isBroken(index)),
      };
    },
    async change(organisationId, contactId, update) {
      const [stampKey, documentsKey, idsKey] = (['stamp', 'documents', 'ids'] as const).map((part) =>
        keyOf(organisationId, contactId, part),
      ) as [string, string, string];
      for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
        const [value, text] = await cache.getMany([stampKey, documentsKey]);
        // If one of the two keys was lost, the other describes data that no stream keeps fresh.
        if ((value === undefined) !== (text === undefined)) {
          await forget(organisationId, contactId);
          continue;
        }
        const known = parseEntry(text);
        const next = update(known);
        if (!next || next === known) return known;
        const entry: LedgerEntry = { ...next, stamp: { ...next.stamp, revision: randomUUID() } };
        const values = [
          [documentsKey, JSON.stringify(entry)],
          [idsKey, listIds(entry).join(',')],
          [stampKey, JSON.stringify(entry.stamp)],
        ] as const;
        if (await cache.setIf({ key: stampKey, value }, values, keepSeconds)) return entry;
      }
      await forget(organisationId, contactId);
      return undefined;
    },
  };
}

/** Includes unreadable documents, so that one that moves to another contact is found here. */
function listIds({ documents, unreadable }: LedgerEntry): string[] {
  return [...documents, ...unreadable].flatMap(({ id }) => id ?? []);
}

function toIds(contactId: string, text: string | undefined): [string, string[]][] {
  return text === undefined ? [] : [[contactId, text.split(',')]];
}

type Part = 'stamp' | 'documents' | 'ids';

export function toStampKey(organisationId: string, contactId: string): string {
  return keyOf(organisationId, contactId, 'stamp');
}

export function parseStamp(text: string | undefined): LedgerStamp | undefined {
  return text === undefined ? undefined : stampSchema.parse(JSON.parse(text));
}

function parseEntry(text: string | undefined): LedgerEntry | undefined {
  if (text === undefined) return undefined;
  // `toText` wrote this value; earlier releases had no `unreadable` member.
  const entry = JSON.parse(text) as Omit<LedgerEntry, 'unreadable'> & Partial<Pick<LedgerEntry, 'unreadable'>>;
  return { ...entry, unreadable: entry.unreadable ?? [] };
}

function keyOf(organisationId: string, contactId: string, part: Part): string {
  // The braces put all parts of an entry on one node of a Redis cluster, because they are written in one step.
  return `entry:{${organisationId}:${contactId}}:${part}`;
}
