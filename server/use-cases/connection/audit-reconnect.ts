import type { Deps } from '#server/deps.ts';
import type { Store } from '#server/store/store.ts';
import { systemUser } from '#server/use-cases/acting/principal.ts';
import { toAuditRow } from '#server/use-cases/audit/audit.ts';

/** Wraps the store so that the audit records, in the same transaction, when and why a connection ended. */
export function withReconnectAudit(deps: Pick<Deps, 'store' | 'clock'>): Pick<Store, 'connections'> {
  const { connections } = deps.store;
  return {
    connections: {
      ...connections,
      markReconnectNeeded: async (workspaceId, version, reason) => {
        const connection = await connections.find(workspaceId);
        const organisationId = connection?.organisationId ?? null;
        const act = { workspaceId, organisationId, user: systemUser, requestId: '', outcome: reason };
        const audit = toAuditRow(deps, { ...act, action: 'reconnect_needed' });
        return connections.markReconnectNeeded(workspaceId, version, reason, audit);
      },
    },
  };
}
