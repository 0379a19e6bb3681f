import type { Deps } from '#server/deps.ts';
import type { ConnectionRow } from '#server/store/store.ts';
import { type Person, requireAdmin } from '#server/use-cases/acting/principal.ts';
import { appendAudit } from '#server/use-cases/audit/audit.ts';
import { AppError } from '#shared/app-error.ts';
import type { Settings } from '#shared/contract/settings.ts';
import { getSettings } from './settings.ts';

/** Removes the connection at Xero, then deletes the tokens. Links are kept with their organisation. */
export async function disconnectXero(deps: Deps, person: Person): Promise<Settings> {
  requireAdmin(person);
  const { workspaceId, user } = person.session;
  const connection = await deps.store.connections.find(workspaceId);
  if (!connection || connection.status === 'disconnected') throw new AppError('not_connected');
  await removeAtXero(deps, connection);
  const act = { workspaceId, organisationId: connection.organisationId, user, requestId: person.requestId };
  await deps.store.together(async (store) => {
    await store.connections.disconnect(workspaceId);
    await appendAudit({ ...deps, store }, { ...act, action: 'disconnect', outcome: 'disconnected' });
  });
  return getSettings(deps, person);
}

/**
 * Keeps the connection at Xero if another workspace uses it. If Xero refuses the token, the connection is already gone.
 */
async function removeAtXero(deps: Deps, connection: ConnectionRow): Promise<void> {
  const { workspaceId, organisationId, xeroConnectionId } = connection;
  if (organisationId === null || xeroConnectionId === null || connection.status !== 'running') return;
  const users = await deps.store.connections.listByOrganisation(organisationId);
  if (users.some((other) => other.workspaceId !== workspaceId && other.xeroConnectionId === xeroConnectionId)) return;
  try {
    const { token } = await deps.xero.tokens.getAccessToken(workspaceId);
    await deps.xero.deleteConnection(token, xeroConnectionId);
  } catch (error) {
    if (error instanceof AppError && isRefused(error)) return;
    throw error;
  }
}

/** Xero no longer accepts our token, so there is nothing left to remove with it. */
function isRefused({ code }: AppError): boolean {
  return ['reconnect_needed', 'xero_unauthorized', 'xero_forbidden'].includes(code);
}
