import { z } from 'zod';
import { type ChangingCache, changeValue } from '#server/ledger/entries/change-value.ts';

/** Beyond this many, the epoch ends, and a new one begins with the contacts that are still viewed. */
const mostContacts = 5_000;

const coveredSchema = z.object({ contactIds: z.array(z.string()), unchecked: z.array(z.string()) });

/**
 * The contacts that an epoch of the stream keeps fresh. When a document moves, its former contact is searched among
 * them. `unchecked` contacts have not been read by id yet: they may have been renamed or merged before the stream
 * started.
 */
export type Covered = z.infer<typeof coveredSchema>;

/** One list per epoch, written before the epoch begins. An epoch whose list is lost keeps nothing fresh any more. */
export type CoveredContacts = {
  start(organisationId: string, epoch: string): Promise<void>;
  read(organisationId: string, epoch: string): Promise<Covered | undefined>;
  /** Returns false when the list is lost or full. */
  add(organisationId: string, epoch: string, contactIds: readonly string[]): Promise<boolean>;
  /** Records that these contacts have been read by id. */
  check(organisationId: string, epoch: string, contactIds: readonly string[]): Promise<void>;
};

export function buildCoveredContacts(cache: ChangingCache): CoveredContacts {
  const keyOf = (organisationId: string, epoch: string) => `stream:${organisationId}:covered:${epoch}`;
  const change = (
    organisationId: string,
    epoch: string,
    update: (covered: Covered | undefined) => Covered | undefined,
  ) => changeValue(cache, { key: keyOf(organisationId, epoch), parse: parseCovered }, update);
  return {
    async start(organisationId, epoch) {
      await change(organisationId, epoch, (covered) => covered ?? { contactIds: [], unchecked: [] });
    },
    read: async (organisationId, epoch) => parseCovered(await cache.get(keyOf(organisationId, epoch))),
    async add(organisationId, epoch, contactIds) {
      const covered = await change(organisationId, epoch, (known) => known && withContacts(known, contactIds));
      return covered !== undefined && covered.contactIds.length <= mostContacts;
    },
    async check(organisationId, epoch, contactIds) {
      await change(organisationId, epoch, (covered) => {
        return covered && { ...covered, unchecked: covered.unchecked.filter(isNoneOf(contactIds)) };
      });
    },
  };
}

function withContacts(covered: Covered, contactIds: readonly string[]): Covered {
  const added = [...new Set(contactIds)].filter(isNoneOf(covered.contactIds));
  if (added.length === 0) return covered;
  return { contactIds: [...covered.contactIds, ...added], unchecked: [...covered.unchecked, ...added] };
}

function isNoneOf(ids: readonly string[]): (id: string) => boolean {
  const known = new Set(ids);
  return (id) => !known.has(id);
}

function parseCovered(text: string | undefined): Covered | undefined {
  return text === undefined ? undefined : coveredSchema.parse(JSON.parse(text));
}
