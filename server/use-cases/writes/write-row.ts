import type { WriteRow } from '#server/store/store.ts';
import type { Acting } from '#server/use-cases/acting/acting.ts';
import { describePrincipal } from '#server/use-cases/acting/principal.ts';

type Intent = Pick<WriteRow, 'id' | 'writeKey' | 'attempt' | 'kind' | 'record' | 'bodyHash' | 'request' | 'details'>;

/** The row of a new intent, before anything was sent. */
export function toWriteRow({ deps, principal, caller }: Acting, intent: Intent): WriteRow {
  return {
    ...intent,
    workspaceId: caller.workspaceId,
    organisationId: caller.organisationId,
    userId: describePrincipal(principal).user.id,
    state: 'pending',
    result: null,
    documentId: null,
    createdAt: deps.clock.now().toISOString(),
    sentAt: null,
    closedAt: null,
  };
}
