import type { Deps } from '#server/deps.ts';
import type { Session } from '#server/identity/session.ts';
import { isConnected } from '#server/use-cases/acting/organisation.ts';
import { listShownContacts } from '#server/use-cases/acting/reach.ts';
import type { Right } from '#shared/contract/record.ts';

/** The part of what a session shows now that decides which news it must hear. */
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
  const isShown = organisationId !== null && rights.includes('view');
  const contactIds = isShown ? await listShownContacts(deps, session, { organisationId, rights }) : [];
  return { rights, organisationId, connectionStatus: connection?.status ?? null, contactIds: new Set(contactIds) };
}

/** Whether what /api/open returned beside the view has changed. */
export function isOtherSession(before: WatchedRecord, now: WatchedRecord): boolean {
  return (
    before.connectionStatus !== now.connectionStatus ||
    before.organisationId !== now.organisationId ||
    [...before.rights].sort().join() !== [...now.rights].sort().join()
  );
}
