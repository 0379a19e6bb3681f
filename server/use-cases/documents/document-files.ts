import { createHash } from 'node:crypto';
import type { Deps } from '#server/deps.ts';
import { startActing } from '#server/use-cases/acting/acting.ts';
import { requireAdd, requireSee } from '#server/use-cases/acting/kind-rights.ts';
import type { Person } from '#server/use-cases/acting/principal.ts';
import { type Act, appendAudit } from '#server/use-cases/audit/audit.ts';
import { hashParts } from '#server/use-cases/writes/write-handler.ts';
import { AppError } from '#shared/app-error.ts';
import type { DocumentRef } from '#shared/document-kinds.ts';
import { getReachableDocument } from './reachable-document.ts';
import { getSessionRecord } from './session-record.ts';
import { documentRefusals } from './words.ts';

export type Attachment = { fileName: string; contentType: string; bytes: Buffer };

/**
 * Attaches a file to a document. It is retried on its own: a file of the same name is replaced, so there is never a
 * second one.
 */
export async function attachFile(
  deps: Deps,
  person: Person,
  ref: DocumentRef,
  { fileName, contentType, bytes }: Attachment,
): Promise<{ fileName: string; bytes: number }> {
  requireAdd(person, ref.kind);
  if (bytes.length === 0) throw new AppError('invalid_request', { detail: documentRefusals.emptyFile });
  const acting = await startActing(deps, person);
  const document = await getReachableDocument(acting, ref);
  const { id, contactId } = document;
  const { workspaceId, organisationId } = acting.caller;
  const content = createHash('sha256').update(bytes).digest('hex');
  const idempotencyKey = hashParts([organisationId, workspaceId, id, fileName, content]);
  const record = getSessionRecord(acting);
  const who = { workspaceId, organisationId, user: person.session.user, requestId: person.requestId, record };
  const act = { ...who, action: 'attach_file' as const, contactId, document, fileName };
  try {
    await deps.xero.attachFile(acting.caller, { ...ref, id }, { fileName, contentType, bytes, idempotencyKey });
  } catch (error) {
    await auditFailure(deps, act, error);
    throw error;
  }
  await appendAudit(deps, { ...act, outcome: 'attached' });
  return { fileName, bytes: bytes.length };
}

/**
 * Records a file that was not attached or whose answer was lost. The person gets the reason even if this cannot be
 * recorded.
 */
async function auditFailure(deps: Deps, act: Omit<Act, 'outcome'>, error: unknown): Promise<void> {
  if (!(error instanceof AppError)) return;
  const isSure = error.details.proof !== undefined;
  await appendAudit(deps, { ...act, outcome: isSure ? error.code : 'unknown' }).catch((failure: unknown) => {
    deps.log.warn({ err: failure }, 'a failed attachment could not be recorded in the audit');
  });
}

export async function getPdf(deps: Deps, person: Person, ref: DocumentRef): Promise<Buffer> {
  requireSee(person, ref.kind);
  const acting = await startActing(deps, person);
  const { id } = await getReachableDocument(acting, ref);
  return deps.xero.getPdf(acting.caller, { ...ref, id });
}

/** The page where the customer sees an invoice. Quotes and bills have none. */
export async function getOnlineInvoice(deps: Deps, person: Person, ref: DocumentRef): Promise<{ url: string | null }> {
  requireSee(person, ref.kind);
  const acting = await startActing(deps, person);
  const { id } = await getReachableDocument(acting, ref);
  if (ref.kind !== 'invoice') return { url: null };
  return { url: await deps.xero.getOnlineInvoiceUrl(acting.caller, id) };
}
