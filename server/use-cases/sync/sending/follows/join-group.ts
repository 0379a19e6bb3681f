import { AppError } from '#shared/app-error.ts';
import type { ContactGroupName } from '../../kinds/kind.ts';
import type { Look } from '../look/look.ts';
import type { Round } from '../round.ts';
import { addToGroup } from '../write/groups.ts';
import { type FollowActions, nothingToName } from './following.ts';

/** Repeating it does no harm: a contact that is in the group stays in it. */
export const joinGroup: FollowActions['group'] = async ({ round, look, follow }) => {
  const contactId = look.row.xeroId;
  if (contactId !== null) await addToGroup(round, { group: follow.group, contactIds: [contactId] });
  return nothingToName;
};

/** A contact in Xero, and the group that it is to join. */
type Joining = { look: Look; group: ContactGroupName };

/**
 * Adds the contacts of several records to their groups, with one call for each group. Returns the keys of the records
 * that are in their group now. When Xero refuses a call it has added nobody, and each contact can be tried alone.
 */
export async function joinGroups(round: Round, joining: readonly Joining[]): Promise<ReadonlySet<string>> {
  const joined = new Set<string>();
  for (const group of new Set(joining.map((one) => one.group))) {
    const looks = joining.filter((one) => one.group === group).map(({ look }) => look);
    const contactIds = [...new Set(looks.flatMap(({ row }) => row.xeroId ?? []))];
    if (contactIds.length < 2) continue;
    try {
      await addToGroup(round, { group, contactIds });
      for (const { row } of looks) joined.add(row.key);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }
  return joined;
}
