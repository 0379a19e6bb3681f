import type { Deps } from '#server/deps.ts';
import { type Actor, getLinkableRecord, requireRight } from '#server/use-cases/acting/actor.ts';
import { type Connected, getConnected } from '#server/use-cases/acting/organisation.ts';
import { appendAudit } from '#server/use-cases/audit/audit.ts';
import { getView } from '#server/use-cases/view/get-view.ts';
import type { XeroContactRow } from '#server/xero/gateway.ts';
import type { RecordKey, RecordRef } from '#shared/contract/record.ts';
import type { View } from '#shared/contract/view.ts';
import { getActiveContact } from './search-contacts.ts';

/** Links the record to a contact that Xero has and that is active; replaces the link it had. */
export async function linkContact(
  deps: Deps,
  actor: Actor,
  wanted: { contactId: string; record?: RecordKey },
): Promise<View> {
  requireRight(actor, 'link');
  const record = getLinkableRecord(actor, wanted.record);
  const connection = await getConnected(deps, actor.session.workspaceId);
  const { workspaceId, organisationId } = connection;
  const caller = { workspaceId, organisationId, priority: 'person' as const };
  const contact = await getActiveContact(deps, caller, wanted.contactId);
  await storeLink(deps, actor, connection, { record, contact });
  return getView(deps, actor, { isFresh: false });
}

export async function storeLink(
  deps: Deps,
  actor: Actor,
  { workspaceId, organisationId }: Connected,
  { record, contact }: { record: RecordRef; contact: XeroContactRow },
): Promise<void> {
  const { user } = actor.session;
  const link = {
    workspaceId,
    organisationId,
    record: { type: record.type, id: record.id },
    contactId: contact.id,
    contactName: contact.name,
    isArchived: contact.isArchived,
    linkedBy: user.id,
    linkedAt: deps.clock.now().toISOString(),
  };
  const act = { workspaceId, organisationId, user, requestId: actor.requestId, record };
  const about = { contactId: contact.id, contactName: contact.name };
  await deps.store.together(async (store) => {
    await store.links.put(link);
    await appendAudit({ ...deps, store }, { ...act, ...about, action: 'link', outcome: 'linked' });
  });
}

/** Takes the record's link away; the contact and its documents in Xero stay as they are. */
export async function unlinkContact(deps: Deps, actor: Actor, wanted: RecordKey | undefined): Promise<View> {
  requireRight(actor, 'link');
  const record = getLinkableRecord(actor, wanted);
  const { workspaceId, organisationId } = await getConnected(deps, actor.session.workspaceId);
  const key = { type: record.type, id: record.id };
  const { user } = actor.session;
  const act = { workspaceId, organisationId, user, requestId: actor.requestId, record };
  await deps.store.together(async (store) => {
    const link = await store.links.find(workspaceId, organisationId, key);
    const isRemoved = await store.links.remove(workspaceId, organisationId, key);
    const outcome = isRemoved ? 'unlinked' : 'was_not_linked';
    const about = link && { contactId: link.contactId, contactName: link.contactName };
    await appendAudit({ ...deps, store }, { ...act, ...about, action: 'unlink', outcome });
  });
  return getView(deps, actor, { isFresh: false });
}
