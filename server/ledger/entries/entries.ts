import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Cache } from '#server/cache/cache.ts';
import type { DocumentHeader, UnreadableDocument } from '#server/xero/documents/ledger-document.ts';

/** Kept as last good figures for this long after nobody asked any more. */
const keepSeconds = 3 * 24 * 3600;
/** Several processes write one contact at most now and then; who loses this often has met something else. */
const mostAttempts = 20;

const stampSchema = z.object({
  version: z.string(),
  revision: z.string(),
  loadedAt: z.string(),
  asOf: z.string(),
  epoch: z.string().nullable(),
});
/**
 * When the documents of one Xero contact were loaded: by our clock, and by Xero's (`asOf`). `version` moves with the
 * documents, `revision` with every writing. `epoch` names the stretch of the change stream that has kept them fresh
 * since that load; null: nothing does.
 */
export type LedgerStamp = z.infer<typeof stampSchema>;
/** A document that left the contact's figures: remembered for a while, so that a slow load cannot bring it back. */
export type Tombstone = { id: string; updatedAt: string; until: string };
export type LedgerEntry = {
  stamp: LedgerStamp;
  documents: DocumentHeader[];
  tombstones: Tombstone[];
  /** Xero has them, and no figure holds them. */
  unreadable: UnreadableDocument[];
};
export type LedgerEntries = Map<string, LedgerEntry>;

export type Entries = {
  readStamps(organisationId: string, contactIds: readonly string[]): Promise<(LedgerStamp | undefined)[]>;
  readMany(organisationId: string, contactIds: readonly string[]): Promise<LedgerEntries>;
  /** Ids of the open documents of those contacts that are loaded; `broken` are those whose ids alone were lost. */
  readDocumentIds(
    organisationId: string,
    contactIds: readonly string[],
  ): Promise<{ idsByContact: Map<string, string[]>; broken: string[] }>;
  /**
   * Reads, changes and writes back, again as long as somebody else was quicker. `update` answers undefined to leave it
   * as it is. Answers what stands there then.
   */
  change(organisationId: string, contactId: string, update: EntryUpdate): Promise<LedgerEntry | undefined>;
  /** It is loaded again when somebody looks. */
  forget(organisationId: string, contactId: string): Promise<void>;
};
/** Undefined, or what was given: nothing is written. */
type EntryUpdate = (known: LedgerEntry | undefined) => (Omit<LedgerEntry, 'stamp'> & NewStamp) | undefined;
type NewStamp = { stamp: Omit<LedgerStamp, 'revision'> };
export type EntriesCache = Pick<Cache, 'getMany' | 'setIf' | 'delete'>;

/**
 * What the cache holds of the ledger, one entry a Xero contact. The stamp stands apart, so that who already holds an
 * answer made from it need not read thousands of documents, and guards every writing. A cache that is away holds
 * nothing; what it cannot write rejects.
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
      // At one moment, so that an entry written meanwhile is there as a whole or not at all.
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
        // Where one part alone was lost, the other would go on speaking of what nobody keeps fresh.
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

/** Of what may change or leave: unreadable ones too, so that one which moves to another contact is found here. */
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
  // Written above; an earlier release knew no unreadable ones.
  const entry = JSON.parse(text) as Omit<LedgerEntry, 'unreadable'> & Partial<Pick<LedgerEntry, 'unreadable'>>;
  return { ...entry, unreadable: entry.unreadable ?? [] };
}

function keyOf(organisationId: string, contactId: string, part: Part): string {
  // Braces keep the parts of an entry on one node of a cluster: they are written in one step.
  return `entry:{${organisationId}:${contactId}}:${part}`;
}
