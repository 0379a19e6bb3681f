import type { Deps } from '#server/deps.ts';
import { listNamedRecords } from '#server/identity/session.ts';
import type { WriteRow } from '#server/store/store.ts';
import type { Actor } from '#server/use-cases/acting/actor.ts';
import { buildDocumentHandler } from '#server/use-cases/documents/document-handler.ts';
import { finishDocument } from '#server/use-cases/documents/finish-document.ts';
import {
  parseCandidates,
  parseStoredDocument,
  type StoredDocument,
} from '#server/use-cases/documents/stored-document.ts';
import { AppError } from '#shared/app-error.ts';
import { type CreatedDocument, type DocumentKind, documentKindSchema } from '#shared/contract/document.ts';
import { endRefused, finishWrite } from './end-write.ts';
import { settleWrite } from './settle-write.ts';
import { type HeldWrite, underLease } from './under-lease.ts';
import { toOutcomeUnknown, type WriteHandler, type Written } from './write-handler.ts';
import { canSee, hasKind, startWriting, type Writing } from './writing.ts';

export type Resolution = { action: 'retry' | 'discard' } | { action: 'adopt'; documentId: string };

/** A request that nobody heard the answer of may still be on its way for this long after it was sent last. */
const onItsWayMs = 60 * 1000;

/** Settles a document's write whose outcome is unknown, as the person decides. */
export async function resolveWrite(
  deps: Deps,
  actor: Actor,
  { id, resolution }: { id: string; resolution: Resolution },
): Promise<{ created: CreatedDocument | null }> {
  const writing = await startWriting(deps, actor);
  const { write, handler } = await getWrite(writing, id);
  const known = toSettled(write) ?? { written: await act(writing, handler, write, resolution) };
  return { created: known.written ? await finishDocument(writing, known.written) : null };
}

function toSettled(write: WriteRow): { written: Written<StoredDocument> | null } | undefined {
  if (write.state === 'done') return { written: toWritten(write) };
  return write.state === 'refused' ? { written: null } : undefined;
}

/** Of this session's records and a kind the user may write; anything else does not exist. */
async function getWrite(writing: Writing, id: string) {
  const { deps, actor, caller } = writing;
  const write = await deps.store.writes.find(caller.workspaceId, id);
  const kind = documentKindSchema.safeParse(write?.kind);
  const isOurs =
    write &&
    listNamedRecords(actor.session).some(({ type, id: recordId }) => {
      return type === write.record.type && recordId === write.record.id;
    });
  const mayKnow = (of: DocumentKind): boolean =>
    hasKind(actor, of) && (canSee(actor, of) || write?.userId === actor.session.user.id);
  if (!isOurs || !kind.success || write.organisationId !== caller.organisationId || !mayKnow(kind.data)) {
    throw new AppError('not_found', { detail: 'No such write in this session' });
  }
  return { write, handler: buildDocumentHandler(writing, kind.data) };
}

function toWritten(write: WriteRow): Written<StoredDocument> {
  return { write, made: parseStoredDocument(write.result ?? '') };
}

async function act(
  writing: Writing,
  handler: WriteHandler<StoredDocument>,
  write: WriteRow,
  resolution: Resolution,
): Promise<Written<StoredDocument> | null> {
  if (resolution.action === 'retry') return settleWrite(writing, handler, write);
  const settled = await underLease(writing, write.id, async (held) => ({
    written:
      resolution.action === 'adopt'
        ? await adopt(writing, handler, held.write, resolution.documentId)
        : await discard(writing, handler, held),
  }));
  // Somebody else was at it: theirs is the answer, if there is one.
  const known = settled ?? toSettled((await getWrite(writing, write.id)).write);
  if (!known) throw toOutcomeUnknown(write);
  return known.written;
}

/** One of those that could be it. */
async function adopt(writing: Writing, handler: WriteHandler<StoredDocument>, write: WriteRow, documentId: string) {
  const candidates = write.state === 'undecided' ? parseCandidates(write.result ?? '[]') : [];
  const chosen = candidates.find(({ id }) => id === documentId.toLowerCase());
  if (!chosen) throw new AppError('not_found', { detail: 'This document is not among those found' });
  return finishWrite(writing, handler, write, chosen);
}

/** Given up only where nothing stands in Xero; one document that does is the answer. Of several none was it. */
async function discard(writing: Writing, handler: WriteHandler<StoredDocument>, held: HeldWrite) {
  const { deps } = writing;
  const { write } = held;
  const now = deps.clock.now();
  if (write.sentAt !== null) {
    const { made: found, isWhole, isCertain } = await handler.find(write);
    const [only] = found;
    if (found.length === 1 && only && isCertain) return finishWrite(writing, handler, write, only);
    const leftMs = Date.parse(write.sentAt) + onItsWayMs - now.getTime();
    if (found.length === 0 && !isWhole) throw toOutcomeUnknown(write);
    if (found.length === 0 && leftMs > 0) {
      throw new AppError('outcome_unknown', { retryAfterSeconds: Math.ceil(leftMs / 1000) });
    }
  }
  await endRefused(writing, { ...handler, action: 'discard_write' }, held, { code: 'discarded' });
  return null;
}
