import { createHash } from 'node:crypto';
import { AppError } from '#shared/app-error.ts';
import type { DocumentKind } from '#shared/contract/document.ts';
import type { Deps } from '../deps.ts';
import type { Actor } from './actor.ts';
import { appendAudit } from './audit.ts';
import { requireDocumentView } from './documents/listing.ts';
import { getReachableDocument } from './writes/reachable-document.ts';
import { getSessionRecord } from './writes/session-record.ts';
import { hashParts } from './writes/write-handler.ts';
import { requireKind, startWriting } from './writes/writing.ts';

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
  await deps.xero.attachFile(writing.caller, { ...place, id }, { fileName, contentType, bytes, idempotencyKey });
  const record = getSessionRecord(writing);
  const act = { workspaceId, organisationId, user: actor.session.user, requestId: actor.requestId, record };
  await appendAudit(deps, { ...act, action: 'attach_file', outcome: 'attached', contactId, document, fileName });
  return { fileName, bytes: bytes.length };
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
