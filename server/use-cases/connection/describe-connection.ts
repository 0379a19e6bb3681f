import type { Deps } from '#server/deps.ts';
import type { ConnectionRow } from '#server/store/store.ts';
import { type ConnectionAnswer, connectionSchema } from '#shared/contract/settings.ts';

const never = { reason: null, pausedUntil: null, connectedAt: null, connectedBy: null, lastAttempt: null };

/** The connection as people see it: paused while Xero asks us to wait, otherwise the stored status. */
export async function describeConnection(
  deps: Pick<Deps, 'xero'>,
  connection: ConnectionRow | undefined,
): Promise<ConnectionAnswer> {
  if (!connection) return { status: 'disconnected', ...never };
  const pausedUntil = await findPausedUntil(deps, connection);
  return connectionSchema.parse({
    status: pausedUntil === null ? connection.status : 'paused',
    reason: connection.status === 'reconnect_needed' ? connection.reason : null,
    pausedUntil,
    connectedAt: connection.connectedAt,
    connectedBy: connection.connectedBy,
    lastAttempt: connection.lastAttempt,
  });
}

async function findPausedUntil({ xero }: Pick<Deps, 'xero'>, connection: ConnectionRow): Promise<string | null> {
  if (connection.status !== 'running' || connection.organisationId === null) return null;
  const until = await xero.governor.pausedUntil(connection.organisationId);
  return until;
}
