import { createHash } from 'node:crypto';
import type { Deps } from '#server/deps.ts';
import type { Actor } from '#server/use-cases/acting/actor.ts';
import { type Act, appendAudit } from '#server/use-cases/audit/audit.ts';
import { hashParts } from '#server/use-cases/writes/write-handler.ts';
import { requireKind, startWriting } from '#server/use-cases/writes/writing.ts';
import { AppError } from '#shared/app-error.ts';
import type { DocumentKind } from '#shared/contract/document.ts';
import { requireDocumentView } from './lists/listing.ts';
import { getReachableDocument } from './reachable-document.ts';
import { getSessionRecord } from './session-record.ts';

type Place = { kind: DocumentKind; id: string };
export type Attachment = { fileName: string; contentType: string; bytes: Buffer };

/** Puts a file beside a document. Tried again alone: the same name replaces, so that there is never a second. */
export async function attachFile(
  deps: Deps,
  actor: Actor,
  place: Place,
  { fileName, contentType, bytes }: Attachment,
): Promise<{ fileName: string; bytes: number }> {
  requireKind(actor, place.kind);
  if (bytes.length === 0) throw new AppError('invalid_request', { detail: 'The file is empty' });
  const writing = await startWriting(deps, actor);
  const document = await getReachableDocument(writing, place);
  const { id, contactId } = document;
  const { workspaceId, organisationId } = writing.caller;
  const content = createHash('sha256').update(bytes).digest('hex');
  const idempotencyKey = hashParts([organisationId, workspaceId, id, fileName, content]);
  const record = getSessionRecord(writing);
  const who = { workspaceId, organisationId, user: actor.session.user, requestId: actor.requestId, record };
  const act = { ...who, action: 'attach_file' as const, contactId, document, fileName };
  try {
    await deps.xero.attachFile(writing.caller, { ...place, id }, { fileName, contentType, bytes, idempotencyKey });
  } catch (error) {
    await auditFailure(deps, act, error);
    throw error;
  }
  await appendAudit(deps, { ...act, outcome: 'attached' });
  return { fileName, bytes: bytes.length };
}

/** Tried and not done, or its answer was lost. Whoever waits is told the reason, also where this cannot be written. */
async function auditFailure(deps: Deps, act: Omit<Act, 'outcome'>, error: unknown): Promise<void> {
  if (!(error instanceof AppError)) return;
  const isSure = error.details.proof !== undefined;
  await appendAudit(deps, { ...act, outcome: isSure ? error.code : 'unknown' }).catch((failure: unknown) => {
    deps.log.warn({ err: failure }, 'a file that was not attached could not be written into the audit');
  });
}

export async function getPdf(deps: Deps, actor: Actor, place: Place): Promise<Buffer> {
  requireDocumentView(actor, place.kind);
  const writing = await startWriting(deps, actor);
  const { id } = await getReachableDocument(writing, place);
  return deps.xero.getPdf(writing.caller, { ...place, id });
}

/** Where the customer sees an invoice; quotes and bills have no such page. */
export async function getOnlineInvoice(deps: Deps, actor: Actor, place: Place): Promise<{ url: string | null }> {
  requireDocumentView(actor, place.kind);
  const writing = await startWriting(deps, actor);
  const { id } = await getReachableDocument(writing, place);
  if (place.kind !== 'invoice') return { url: null };
  return { url: await deps.xero.getOnlineInvoiceUrl(writing.caller, id) };
}
