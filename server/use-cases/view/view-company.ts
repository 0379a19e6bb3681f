import { listNamedRecords } from '#server/identity/session.ts';
import type { LinkRow } from '#server/store/store.ts';
import type { RecordRef } from '#shared/contract/record.ts';
import type { Member, View } from '#shared/contract/view.ts';
import { findContactUrl, readFigures, type Viewing } from './figures.ts';
import { viewUnlinked } from './view-unlinked.ts';

/**
 * The company's own Xero contact and those of its people, each counted once however many people lead to it.
 * With nobody linked it is offered for linking itself.
 */
export async function viewCompany(viewing: Viewing): Promise<View> {
  const { deps, connection, actor } = viewing;
  const records = listNamedRecords(actor.session);
  const links = await deps.store.links.list(connection.workspaceId, connection.organisationId, records);
  if (links.length === 0) return viewUnlinked(viewing);
  const contactIds = [...new Set(links.map(({ contactId }) => contactId))];
  const { figures, read, summarise } = await readFigures(viewing, contactIds);
  const creditsOf = (contactId: string) => read.credits?.filter((credit) => credit.contactId === contactId) ?? null;
  const members = contactIds.map((contactId): Member => {
    const entry = read.entries.get(contactId);
    const summary = entry ? summarise(entry.documents, creditsOf(contactId)) : null;
    return { ...toMember(viewing, contactId, links, records), summary };
  });
  const isComplete = read.entries.size === contactIds.length;
  return {
    status: 'company',
    members,
    unlinked: records.filter((record) => !links.some((link) => isSame(link.record, record))),
    ...figures,
    // Figures over some of the contacts would look like figures over all of them.
    summary: isComplete ? figures.summary : null,
  };
}

function toMember(viewing: Viewing, contactId: string, links: readonly LinkRow[], records: readonly RecordRef[]) {
  const own = links.filter((link) => link.contactId === contactId);
  return {
    contact: {
      id: contactId,
      name: own[0]?.contactName ?? '',
      url: findContactUrl(viewing, contactId),
      ...(own[0]?.isArchived && { isArchived: true }),
    },
    records: records.filter((record) => own.some((link) => isSame(link.record, record))),
  };
}

function isSame(a: { type: string; id: string }, b: { type: string; id: string }): boolean {
  return a.type === b.type && a.id === b.id;
}
