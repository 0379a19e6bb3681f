import { listNamedRecords } from '#server/identity/session.ts';
import type { WriteRow } from '#server/store/store.ts';
import type { AuditRow } from '#server/store/tables/audit-store.ts';
import { type About, toAuditRow } from '#server/use-cases/audit/audit.ts';
import type { WriteHandler } from './write-handler.ts';
import type { Writing } from './writing.ts';

type Handler = Pick<WriteHandler<never>, 'action' | 'about'>;

/** The audit's row of a write that came to an end: who, what, and what is known of whom it is about. */
export function toWriteAudit(
  { deps, actor, caller }: Writing,
  handler: Handler,
  write: WriteRow,
  { outcome, about = handler.about(write) }: { outcome: string; about?: About },
): AuditRow {
  const { type, id } = write.record;
  const named = listNamedRecords(actor.session).find((record) => record.type === type && record.id === id);
  return toAuditRow(deps, {
    workspaceId: caller.workspaceId,
    organisationId: caller.organisationId,
    user: actor.session.user,
    requestId: actor.requestId,
    record: named ?? write.record,
    action: handler.action,
    outcome,
    ...about,
  });
}

/** It may stand in Xero all the same. Whoever waits is told the reason, also where this cannot be written down. */
export async function auditLostAnswer(writing: Writing, handler: Handler, write: WriteRow): Promise<void> {
  const { store, log } = writing.deps;
  await store.audit.append(toWriteAudit(writing, handler, write, { outcome: 'unknown' })).catch((error: unknown) => {
    log.warn({ err: error }, 'a lost answer could not be written into the audit');
  });
}
