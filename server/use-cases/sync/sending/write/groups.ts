import { hashParts } from '#server/use-cases/writes/write-handler.ts';
import type { XeroContactGroup } from '#server/xero/records/records.ts';
import { AppError } from '#shared/app-error.ts';
import type { ContactGroupName } from '../../kinds/kind.ts';
import type { Round } from '../round.ts';

type Group = { group: ContactGroupName };

/** Puts contacts into "Customers from {CRM}" or "Suppliers from {CRM}". The group is made when Xero has none. */
export async function addToGroup(
  round: Round,
  { group, contactIds }: Group & { contactIds: readonly string[] },
): Promise<void> {
  const { deps, caller } = round.acting;
  const add = async (groupId: string): Promise<void> => {
    const idempotencyKey = hashParts([caller.organisationId, 'group', groupId, ...contactIds]);
    await deps.xero.addToContactGroup(caller, { groupId, contactIds, idempotencyKey });
  };
  const found = (await findGroup(round, group)) ?? (await createGroup(round, group, {}));
  try {
    await add(found.id);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'xero_not_found')) throw error;
    // Somebody deleted the group in Xero.
    await deps.cache.delete(toGroupKey(round, found.name)).catch(() => undefined);
    const next = (await findGroup(round, group)) ?? (await createGroup(round, group, { replaces: found.id }));
    await add(next.id);
  }
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
  const kept = await deps.cache.get(toGroupKey(round, name)).catch(() => undefined);
  if (kept !== undefined) return { id: kept, name, status: 'ACTIVE' };
  const groups = await deps.xero.listContactGroups(caller);
  const found = groups.find((one) => one.name.toLowerCase() === name.toLowerCase() && one.status === 'ACTIVE');
  if (found) await keepGroup(round, { ...found, name });
  return found && { ...found, name };
}

/**
 * The names of groups are unique in Xero, so that two processes cannot make two. `replaces`: the id of one that was
 * deleted. Without it Xero would answer a repeated key with the deleted group.
 */
async function createGroup(
  round: Round,
  group: ContactGroupName,
  { replaces = '' }: { replaces?: string },
): Promise<XeroContactGroup> {
  const { deps, caller } = round.acting;
  const name = toGroupName(round, group);
  const idempotencyKey = hashParts([caller.organisationId, name, replaces]);
  const created = await deps.xero.createContactGroup(caller, { name, idempotencyKey });
  await keepGroup(round, { ...created, name });
  return created;
}

function toGroupKey({ acting }: Round, name: string): string {
  return `contact-group:${acting.caller.organisationId}:${name}`;
}

async function keepGroup(round: Round, { id, name }: XeroContactGroup): Promise<void> {
  await round.acting.deps.cache.set(toGroupKey(round, name), id, 3600).catch(() => undefined);
}
