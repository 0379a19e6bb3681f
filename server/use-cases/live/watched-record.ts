import type { Deps } from '#server/deps.ts';
import type { Session } from '#server/identity/session.ts';
import { isConnected } from '#server/use-cases/acting/organisation.ts';
import { listLinks, toContactIds } from '#server/use-cases/acting/reach.ts';
import { toSeenPlaces } from '#server/use-cases/view/list-chosen-places.ts';
import type { Right } from '#shared/contract/record.ts';

/** What a session sees at this moment, as far as it decides which news matter. */
export type WatchedRecord = {
  rights: readonly Right[];
  connectionStatus: string | null;
  /** Null while Xero is not connected. */
  organisationId: string | null;
  /** The Xero contacts whose figures it shows; none without the right to view them. */
  contactIds: ReadonlySet<string>;
};

export async function readWatchedRecord(deps: Deps, session: Session): Promise<WatchedRecord> {
  const [rights, connection] = await Promise.all([
    deps.sessions.listRights(session),
    deps.store.connections.find(session.workspaceId),
  ]);
  const organisationId = isConnected(connection) ? connection.organisationId : null;
  const canLook = organisationId !== null && rights.includes('view');
  const contactIds = canLook ? await listContactIds(deps, session, { organisationId, rights }) : [];
  return { rights, organisationId, connectionStatus: connection?.status ?? null, contactIds: new Set(contactIds) };
}

/** Contacts of the record itself, of a company's people, and of a deal's chosen documents that it shows. */
async function listContactIds(
  deps: Deps,
  session: Session,
  { organisationId, rights }: { organisationId: string; rights: readonly Right[] },
): Promise<string[]> {
  const { workspaceId, claims } = session;
  const { record } = claims;
  if (record.type === 'settings') return [];
  const contactIds = toContactIds(await listLinks(deps, session, { organisationId, scope: 'shown' }));
  if (record.type !== 'deal') return contactIds;
  const rows = await deps.store.dealDocuments.list(workspaceId, organisationId, record.id);
  const places = toSeenPlaces(rows, rights);
  const caller = { workspaceId, organisationId, priority: 'person' as const };
  const { documents } = await deps.ledger.readById(caller, places, { isFresh: false, contactIds });
  return [...contactIds, ...[...documents.values()].flatMap((document) => document?.contactId ?? [])];
}

/** Whether what /api/open returned beside the view has changed. */
export function isOtherSession(before: WatchedRecord, now: WatchedRecord): boolean {
  return (
    before.connectionStatus !== now.connectionStatus ||
    before.organisationId !== now.organisationId ||
    [...before.rights].sort().join() !== [...now.rights].sort().join()
  );
}
