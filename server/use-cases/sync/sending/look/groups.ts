import { hashParts } from '#server/use-cases/writes/write-handler.ts';
import type { XeroContactGroup } from '#server/xero/records/records.ts';
import type { ContactGroupName } from '../../kinds/kind.ts';
import type { Round } from '../round.ts';

type Group = { group: ContactGroupName };

/** Puts contacts into "Customers from {CRM}" or "Suppliers from {CRM}". The group is made when Xero has none. */
export async function addToGroup(
  round: Round,
  { group, contactIds }: Group & { contactIds: readonly string[] },
): Promise<void> {
  const { deps, caller } = round.acting;
  const found = (await findGroup(round, group)) ?? (await createGroup(round, group));
  const idempotencyKey = hashParts([caller.organisationId, 'group', found.id, ...contactIds]);
  await deps.xero.addToContactGroup(caller, { groupId: found.id, contactIds, idempotencyKey });
}

export async function leaveGroup(round: Round, { group, contactId }: Group & { contactId: string }): Promise<void> {
  const found = await findGroup(round, group);
  if (found) await round.acting.deps.xero.removeFromContactGroup(round.acting.caller, { groupId: found.id, contactId });
}

function toGroupName({ facts }: Round, group: ContactGroupName): string {
  return `${group === 'customers' ? 'Customers' : 'Suppliers'} from ${facts.workspaceName}`;
}

async function findGroup(round: Round, group: ContactGroupName): Promise<XeroContactGroup | undefined> {
  const { deps, caller } = round.acting;
  const name = toGroupName(round, group);
  const key = `contact-group:${caller.organisationId}:${name}`;
  const kept = await deps.cache.get(key).catch(() => undefined);
  if (kept !== undefined) return { id: kept, name, status: 'ACTIVE' };
  const groups = await deps.xero.listContactGroups(caller);
  const found = groups.find((one) => one.name.toLowerCase() === name.toLowerCase() && one.status === 'ACTIVE');
  if (found) await deps.cache.set(key, found.id, 3600).catch(() => undefined);
  return found;
}

/** The names of groups are unique in Xero, so that two processes cannot make two. */
function createGroup(round: Round, group: ContactGroupName): Promise<XeroContactGroup> {
  const { deps, caller } = round.acting;
  const name = toGroupName(round, group);
  return deps.xero.createContactGroup(caller, { name, idempotencyKey: hashParts([caller.organisationId, name]) });
}
