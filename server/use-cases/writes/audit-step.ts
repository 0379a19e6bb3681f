import type { StepName, StepState, WriteRow } from '#server/store/store.ts';
import { type About, appendAudit, systemUser } from '#server/use-cases/audit/audit.ts';
import { parseDetails } from '#server/use-cases/documents/document-details.ts';
import { parseStoredDocument } from '#server/use-cases/documents/stored-document.ts';
import type { Stepping } from './run-steps.ts';

/** An e-mail and a mark change what others see; the history note is itself a record, in Xero. */
export async function auditStep(
  { deps, caller, actor }: Stepping,
  write: WriteRow,
  { name, state }: { name: StepName; state: StepState },
): Promise<void> {
  if (name === 'history') return;
  await appendAudit(deps, {
    workspaceId: caller.workspaceId,
    organisationId: caller.organisationId,
    user: actor?.session.user ?? systemUser,
    requestId: actor?.requestId ?? '',
    record: write.record,
    action: name === 'email' ? 'document_email' : 'document_convert_to_invoice',
    outcome: state,
    ...findAbout(name, write),
  });
}

function findAbout(name: 'email' | 'mark_invoiced', write: WriteRow): About {
  const { contactId, quote } = parseDetails(write);
  if (name === 'email') return { contactId, document: parseStoredDocument(write.result ?? '') };
  return { contactId, ...(quote && { document: { kind: 'quote', id: quote.id } }) };
}
