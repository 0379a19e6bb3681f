import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Deps } from '#server/deps.ts';
import type { Store } from '#server/store/store.ts';
import type { AuditRow } from '#server/store/tables/audit-store.ts';
import { auditChangeSchema } from '#shared/contract/audit.ts';
import type { DocumentKind } from '#shared/contract/document.ts';
import type { AnyRecordKey } from '#shared/contract/record.ts';
import type { AuditAction } from '#shared/words/audit-words.ts';

/** Names at that time, and what changed. */
const detailsSchema = z.object({
  recordName: z.string().optional(),
  contactName: z.string().optional(),
  documentNumber: z.string().optional(),
  fileName: z.string().optional(),
  changes: z.array(auditChangeSchema).optional(),
});
type AuditDetails = z.infer<typeof detailsSchema>;

/**
 * The contact and document that an act is about. `recordName`: the record's name where no session knows it. A document
 * without a kind is of a kind that the widget does not show, such as a purchase order.
 */
export type About = {
  recordName?: string;
  contactId?: string;
  contactName?: string;
  document?: { kind: DocumentKind | null; id: string; number?: string | null };
};

export type Act = About & {
  workspaceId: string;
  organisationId: string | null;
  user: { id: string; name: string };
  requestId: string;
  action: AuditAction;
  outcome: string;
  record?: AnyRecordKey & { name?: string };
  fileName?: string;
  changes?: AuditDetails['changes'];
};

/** Records who did what to which record, when, in which request, and how it ended. Rows are never changed. */
export async function appendAudit(
  deps: Pick<Deps, 'clock'> & { store: Pick<Store, 'audit'> },
  act: Act,
): Promise<void> {
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
    documentId: act.document?.id ?? null,
    documentKind: act.document?.kind ?? null,
    outcome: act.outcome,
    requestId: act.requestId,
    details: JSON.stringify(toDetails(act)),
  };
}

function toDetails(act: Act): AuditDetails {
  return {
    recordName: act.record?.name ?? act.recordName,
    contactName: act.contactName,
    documentNumber: act.document?.number ?? undefined,
    fileName: act.fileName,
    changes: act.changes,
  };
}

/** Rows of earlier releases have no details. */
export function parseAuditDetails({ details }: Pick<AuditRow, 'details'>): AuditDetails {
  return detailsSchema.parse(JSON.parse(details));
}
