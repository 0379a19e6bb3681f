import { AppError } from '#shared/app-error.ts';
import type { Round } from '../round.ts';
import { addToGroup } from '../write/groups.ts';
import {
  type FollowActions,
  type Followed,
  type Following,
  type FollowOf,
  nothingToName,
  oneByOne,
} from './following.ts';

type Joining = Following<FollowOf<'group'>>;

/**
 * Adds contacts to their groups, with one call for each group. Repeating it does no harm: a contact that is in the group
 * stays in it. When Xero refuses a call it has added nobody, and each contact is tried alone.
 */
export const joinGroups: FollowActions['group'] = async (round, _kind, several) => {
  const joined = new Map<string, Followed>();
  for (const group of new Set(several.map(({ follow }) => follow.group))) {
    const joining = several.filter(({ follow }) => follow.group === group);
    if (joining.length > 1 && (await mayJoin(round, joining)))
      for (const { id } of joining) joined.set(id, nothingToName);
  }
  const left = several.filter(({ id }) => !joined.has(id));
  const alone = await oneByOne(left, async (one) => {
    await join(round, [one]);
    return nothingToName;
  });
  return new Map([...joined, ...alone]);
};

async function mayJoin(round: Round, joining: readonly Joining[]): Promise<boolean> {
  try {
    await join(round, joining);
    return true;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return false;
  }
}

/** All of one group. */
async function join(round: Round, joining: readonly Joining[]): Promise<void> {
  const contactIds = [...new Set(joining.flatMap(({ look }) => look.row.xeroId ?? []))];
  const [first] = joining;
  if (first && contactIds.length > 0) await addToGroup(round, { group: first.follow.group, contactIds });
}
