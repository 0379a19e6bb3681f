import { addToGroup } from '../look/groups.ts';
import { type Doers, nothingToName } from './following.ts';

/** Repeating it does no harm: a contact that is in the group stays in it. */
export const joinGroup: Doers['group'] = async ({ round, look, follow }) => {
  const contactId = look.row.xeroId;
  if (contactId !== null) await addToGroup(round, { group: follow.group, contactIds: [contactId] });
  return nothingToName;
};
