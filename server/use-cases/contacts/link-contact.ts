import type { Deps } from '#server/deps.ts';
import { type PersonActing, startActing } from '#server/use-cases/acting/acting.ts';
import { getConnected } from '#server/use-cases/acting/organisation.ts';
import { getLinkableRecord, type Person, requireRight } from '#server/use-cases/acting/principal.ts';
import { appendAudit } from '#server/use-cases/audit/audit.ts';
import type { XeroContactRow } from '#server/xero/gateway.ts';
import type { RecordKey, RecordRef } from '#shared/contract/record.ts';
import { getActiveContact } from './search-contacts.ts';

/** Links the record to an active contact in Xero and replaces any earlier link. */
export async function linkContact(
  deps: Deps,
  person: Person,
  wanted: { contactId: string; record?: RecordKey },
): Promise<void> {
  requireRight(person, 'link');
  const record = getLinkableRecord(person, wanted.record);
  const acting = await startActing(deps, person);
  const contact = await getActiveContact(deps, acting.caller, wanted.contactId);
  await storeLink(acting, { record, contact });
}

export async function storeLink(
  { deps, principal: person, connection: { workspaceId, organisationId } }: PersonActing,
  { record, contact }: { record: RecordRef; contact: XeroContactRow },
): Promise<void> {
  const { user } = person.session;
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
  const act = { workspaceId, organisationId, user, requestId: person.requestId, record };
  const about = { contactId: contact.id, contactName: contact.name };
  await deps.store.together(async (store) => {
    await store.links.put(link);
    await appendAudit({ ...deps, store }, { ...act, ...about, action: 'link', outcome: 'linked' });
  });
}

/** Removes the record's link. The contact and its documents in Xero stay as they are. */
export async function unlinkContact(deps: Deps, person: Person, wanted: RecordKey | undefined): Promise<void> {
  requireRight(person, 'link');
  const record = getLinkableRecord(person, wanted);
  const { workspaceId, organisationId } = await getConnected(deps, person.session.workspaceId);
  const key = { type: record.type, id: record.id };
  const { user } = person.session;
  const act = { workspaceId, organisationId, user, requestId: person.requestId, record };
  await deps.store.together(async (store) => {
    const link = await store.links.find(workspaceId, organisationId, key);
    const isRemoved = await store.links.remove(workspaceId, organisationId, key);
    const outcome = isRemoved ? 'unlinked' : 'was_not_linked';
    const about = link && { contactId: link.contactId, contactName: link.contactName };
    await appendAudit({ ...deps, store }, { ...act, ...about, action: 'unlink', outcome });
  });
}
