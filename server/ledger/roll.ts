import { z } from 'zod';
import { type ChangingCache, changeValue } from './change-value.ts';

const rollSchema = z.object({ epoch: z.string(), contactIds: z.array(z.string()), unchecked: z.array(z.string()) });

/**
 * The contacts that an epoch of the stream keeps fresh: among their documents is looked for what moved to another
 * contact. `unchecked` ones have not been asked for by id yet: their name may have changed, or they may have been merged
 * before anybody listened.
 */
export type Roll = z.infer<typeof rollSchema>;

export type Rolls = {
  /** Undefined where there is none of this epoch. */
  read(organisationId: string, epoch: string): Promise<Roll | undefined>;
  add(organisationId: string, epoch: string, contactIds: readonly string[]): Promise<void>;
  remove(organisationId: string, epoch: string, contactIds: readonly string[]): Promise<void>;
  check(organisationId: string, epoch: string, contactIds: readonly string[]): Promise<void>;
};

export function buildRolls(cache: ChangingCache): Rolls {
  const keyOf = (organisationId: string) => `stream:${organisationId}:roll`;
  const change = async (
    organisationId: string,
    epoch: string,
    update: (roll: Roll | undefined) => Roll | undefined,
  ) => {
    const parse = (text: string | undefined) => parseRoll(text, epoch);
    await changeValue(cache, { key: keyOf(organisationId), parse }, update);
  };
  return {
    read: async (organisationId, epoch) => parseRoll(await cache.get(keyOf(organisationId)), epoch),
    add: (organisationId, epoch, contactIds) =>
      change(organisationId, epoch, (roll) => {
        const known = new Set(roll?.contactIds);
        const added = [...new Set(contactIds)].filter((id) => !known.has(id));
        if (roll && added.length === 0) return roll;
        const unchecked = [...(roll?.unchecked ?? []), ...added];
        return { epoch, contactIds: [...(roll?.contactIds ?? []), ...added], unchecked };
      }),
    remove: (organisationId, epoch, contactIds) => {
      const isLeft = isNoneOf(contactIds);
      return change(organisationId, epoch, (roll) => {
        return roll && { epoch, contactIds: roll.contactIds.filter(isLeft), unchecked: roll.unchecked.filter(isLeft) };
      });
    },
    check: (organisationId, epoch, contactIds) =>
      change(organisationId, epoch, (roll) => {
        return roll && { ...roll, unchecked: roll.unchecked.filter(isNoneOf(contactIds)) };
      }),
  };
}

function isNoneOf(ids: readonly string[]): (id: string) => boolean {
  const known = new Set(ids);
  return (id) => !known.has(id);
}

function parseRoll(text: string | undefined, epoch: string): Roll | undefined {
  const roll = text === undefined ? undefined : rollSchema.parse(JSON.parse(text));
  return roll?.epoch === epoch ? roll : undefined;
}
