import type { PersonActing } from '#server/use-cases/acting/acting.ts';
import { canSee } from '#server/use-cases/acting/kind-rights.ts';
import { requireReachable } from '#server/use-cases/acting/reach.ts';
import { actingRefusals } from '#server/use-cases/acting/words.ts';
import type { XeroDocument } from '#server/xero/documents/document.ts';
import { AppError } from '#shared/app-error.ts';
import type { DocumentKind } from '#shared/contract/document.ts';
import { type DocumentAction, listDocumentActions } from '#shared/contract/document-actions.ts';
import { toDocumentAnswer } from './stored-document.ts';

export type ActRequest = {
  kind: DocumentKind;
  id: string;
  action: DocumentAction;
  idempotencyKey: string;
  /** The due date of the invoice that a quote is converted to. */
  dueDate?: string;
};

/** A reachable document whose status lets Xero do this action. */
export async function getActable(acting: PersonActing, { kind, id, action }: ActRequest): Promise<XeroDocument> {
  const document = await getReachableDocument(acting, { kind, id });
  const canApprove = acting.principal.session.user.admin;
  if (listDocumentActions(document, { canApprove }).includes(action)) return document;
  if (!canApprove && listDocumentActions(document, { canApprove: true }).includes(action)) {
    throw new AppError('forbidden', { detail: actingRefusals.adminsOnly });
  }
  throw toNotAllowed(acting, document);
}

export function toNotAllowed(acting: PersonActing, document: XeroDocument): AppError {
  return new AppError('action_not_allowed', { extension: { document: toDocumentAnswer(acting, document) } });
}

/** A document of a contact of this session, of a kind the user may view. Any other is reported as not found. */
export async function getReachableDocument(
  acting: PersonActing,
  ref: { kind: DocumentKind; id: string },
): Promise<XeroDocument> {
  try {
    const document = await acting.deps.xero.getDocument(acting.caller, ref);
    await requireReachable(acting, document.contactId);
    await requireSeenOrOwn(acting, document);
    return document;
  } catch (error) {
    if (error instanceof AppError && error.code === 'xero_not_found') throw new AppError('not_found', { cause: error });
    throw error;
  }
}

/** People who may add but not view can still use what they added: its files and its deletion. */
async function requireSeenOrOwn(acting: PersonActing, { kind, id }: { kind: DocumentKind; id: string }): Promise<void> {
  const { deps, principal: person, caller } = acting;
  if (canSee(person, kind)) return;
  const by = { workspaceId: caller.workspaceId, userId: person.session.user.id };
  const own = await deps.store.writes.listMade(caller.organisationId, [id], by);
  if (own.length === 0) throw new AppError('not_found', { detail: actingRefusals.noDocument });
}
