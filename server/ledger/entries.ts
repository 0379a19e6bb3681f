import { z } from 'zod';
import type { Cache } from '#server/cache/cache.ts';
import type { LedgerDocument } from './document.ts';

/** Kept as last good figures for this long after nobody asked any more. */
const keepSeconds = 3 * 24 * 3600;

const stampSchema = z.object({ version: z.string(), loadedAt: z.string(), asOf: z.string() });
/** When the documents of one Xero contact were loaded: by our clock, and by Xero's (`asOf`); `version` names that load. */
export type LedgerStamp = z.infer<typeof stampSchema>;
export type LedgerEntry = { stamp: LedgerStamp; documents: LedgerDocument[] };
export type LedgerEntries = Map<string, LedgerEntry>;

/**
 * What the cache holds of the ledger, one entry a Xero contact. The stamp stands apart, so that who already holds an
 * answer made from it need not read thousands of documents. A cache that is away holds nothing.
 */
export function buildEntries(cache: Pick<Cache, 'get' | 'set'>) {
  const read = (key: string) => cache.get(key).catch(() => undefined);
  return {
    async readStamp(organisationId: string, contactId: string): Promise<LedgerStamp | undefined> {
      const text = await read(keyOf(organisationId, contactId, 'stamp'));
      return text === undefined ? undefined : stampSchema.parse(JSON.parse(text));
    },
    async readMany(organisationId: string, contactIds: readonly string[]): Promise<LedgerEntries> {
      const texts = await Promise.all(contactIds.map((id) => read(keyOf(organisationId, id, 'documents'))));
      return new Map(
        contactIds.flatMap((id, index) => {
          const text = texts[index];
          return text === undefined ? [] : [[id, JSON.parse(text) as LedgerEntry] as const];
        }),
      );
    },
    /** Documents first: a stamp must never promise documents that are not there. */
    async write(organisationId: string, entries: LedgerEntries): Promise<void> {
      for (const [id, entry] of entries) {
        await cache.set(keyOf(organisationId, id, 'documents'), JSON.stringify(entry), keepSeconds);
        await cache.set(keyOf(organisationId, id, 'stamp'), JSON.stringify(entry.stamp), keepSeconds);
      }
    },
  };
}

function keyOf(organisationId: string, contactId: string, part: 'stamp' | 'documents'): string {
  return `ledger:${organisationId}:${contactId}:${part}`;
}
