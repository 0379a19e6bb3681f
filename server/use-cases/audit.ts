import { randomUUID } from 'node:crypto';
import type { RecordKey } from '#shared/contract/record.ts';
import type { Deps } from '../deps.ts';
import type { AuditRow } from '../store/store.ts';

export type Act = {
  workspaceId: string;
  organisationId: string | null;
  user: { id: string; name: string };
  requestId: string;
  action: 'link' | 'unlink' | 'create_contact' | 'connect' | 'disconnect' | 'change_access' | 'change_defaults';
  outcome: string;
  record?: RecordKey;
  contactId?: string;
};

/** Who did what to which record, when, in which request, and how it ended: kept, and never changed. */
export async function appendAudit(deps: Pick<Deps, 'store' | 'clock'>, act: Act): Promise<void> {
  const row: AuditRow = {
    id: randomUUID(),
    workspaceId: act.workspaceId,
    organisationId: act.organisationId,
    at: deps.clock.now().toISOString(),
    userId: act.user.id,
    userName: act.user.name,
    action: act.action,
    record: act.record ? { type: act.record.type, id: act.record.id } : null,
    contactId: act.contactId ?? null,
    documentId: null,
    outcome: act.outcome,
    requestId: act.requestId,
  };
  await deps.store.audit.append(row);
}
