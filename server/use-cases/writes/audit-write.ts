import type { WriteRow } from '#server/store/store.ts';
import type { AuditRow } from '#server/store/tables/audit-store.ts';
import type { Acting } from '#server/use-cases/acting/acting.ts';
import { describePrincipal, nameRecord } from '#server/use-cases/acting/principal.ts';
import { type About, toAuditRow } from '#server/use-cases/audit/audit.ts';
import type { WriteHandler } from './write-handler.ts';

type Handler = Pick<WriteHandler<never>, 'action' | 'about'>;

/** The audit row of a closed write: who, what, and whom it is about. */
export function toWriteAudit(
  { deps, principal, caller }: Acting,
  handler: Handler,
  write: WriteRow,
  { outcome, about = handler.about(write) }: { outcome: string; about?: About },
): AuditRow {
  return toAuditRow(deps, {
    workspaceId: caller.workspaceId,
    organisationId: caller.organisationId,
    ...describePrincipal(principal),
    record: nameRecord(principal, write.record),
    action: handler.action,
    outcome,
    ...about,
  });
}

/** The document may be in Xero all the same. The person gets the reason even if this cannot be recorded. */
export async function auditLostAnswer(acting: Acting, handler: Handler, write: WriteRow): Promise<void> {
  const { store, log } = acting.deps;
  await store.audit.append(toWriteAudit(acting, handler, write, { outcome: 'unknown' })).catch((error: unknown) => {
    log.warn({ err: error }, 'a lost answer could not be recorded in the audit');
  });
}
