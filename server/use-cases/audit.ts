import { randomUUID } from 'node:crypto';
import type { DocumentKind } from '#shared/contract/document.ts';
import type { DocumentAction } from '#shared/contract/document-actions.ts';
import type { RecordKey } from '#shared/contract/record.ts';
import type { Deps } from '../deps.ts';
import type { AuditRow } from '../store/store.ts';

export type Act = {
  workspaceId: string;
  organisationId: string | null;
  user: { id: string; name: string };
  requestId: string;
  action:
    | 'link'
    | 'unlink'
    | 'create_contact'
    | 'connect'
    | 'disconnect'
    | 'change_access'
    | 'change_defaults'
    | `create_${DocumentKind}`
    | `document_${DocumentAction}`
    | 'attach_file'
    | 'choose_document'
    | 'drop_document'
    | 'discard_write';
  outcome: string;
  record?: RecordKey;
  contactId?: string;
  documentId?: string;
};

/** Who did what to which record, when, in which request, and how it ended: kept, and never changed. */
export async function appendAudit(deps: Pick<Deps, 'store' | 'clock'>, act: Act): Promise<void> {
  await deps.store.audit.append(toAuditRow(deps, act));
}

export function toAuditRow(deps: Pick<Deps, 'clock'>, act: Act): AuditRow {
  return {
    id: randomUUID(),
    workspaceId: act.workspaceId,
    organisationId: act.organisationId,
    at: deps.clock.now().toISOString(),
    userId: act.user.id,
    userName: act.user.name,
    action: act.action,
    record: act.record ? { type: act.record.type, id: act.record.id } : null,
    contactId: act.contactId ?? null,
    documentId: act.documentId ?? null,
    outcome: act.outcome,
    requestId: act.requestId,
  };
}
