import { z } from 'zod';
import { type ChangingCache, changeValue } from '#server/ledger/entries/change-value.ts';

/** So many are no longer looked at; a new epoch begins with those that are. */
const mostContacts = 5_000;

const rollSchema = z.object({ contactIds: z.array(z.string()), unchecked: z.array(z.string()) });

/**
 * The contacts that an epoch of the stream keeps fresh: among their documents is looked for what moved to another
 * contact. `unchecked` ones have not been asked for by id yet: their name may have changed, or they may have been merged
 * before anybody listened.
 */
export type Covered = z.infer<typeof rollSchema>;

/** One an epoch, made before it begins: an epoch whose covered is lost keeps nothing fresh any more. */
export type CoveredContacts = {
  start(organisationId: string, epoch: string): Promise<void>;
  read(organisationId: string, epoch: string): Promise<Covered | undefined>;
  /** False: it is lost, or full. */
  add(organisationId: string, epoch: string, contactIds: readonly string[]): Promise<boolean>;
  /** These have been asked for by id. */
  check(organisationId: string, epoch: string, contactIds: readonly string[]): Promise<void>;
};

export function buildCoveredContacts(cache: ChangingCache): CoveredContacts {
  const keyOf = (organisationId: string, epoch: string) => `stream:${organisationId}:roll:${epoch}`;
  const change = (organisationId: string, epoch: string, update: (roll: Covered | undefined) => Covered | undefined) =>
    changeValue(cache, { key: keyOf(organisationId, epoch), parse: parseRoll }, update);
  return {
    async start(organisationId, epoch) {
      await change(organisationId, epoch, (covered) => covered ?? { contactIds: [], unchecked: [] });
    },
    read: async (organisationId, epoch) => parseRoll(await cache.get(keyOf(organisationId, epoch))),
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

function parseRoll(text: string | undefined): Covered | undefined {
  return text === undefined ? undefined : rollSchema.parse(JSON.parse(text));
}
