import type { Deps } from '#server/deps.ts';
import { listNamedRecords } from '#server/identity/session.ts';
import type { WriteRow } from '#server/store/store.ts';
import { type PersonActing, startActing } from '#server/use-cases/acting/acting.ts';
import { canAdd, canSee } from '#server/use-cases/acting/kind-rights.ts';
import type { Person } from '#server/use-cases/acting/principal.ts';
import { endRefused, endUndecided, finishWrite } from '#server/use-cases/writes/end-write.ts';
import { resolveWrite } from '#server/use-cases/writes/resolve-write.ts';
import { type HeldWrite, underLease } from '#server/use-cases/writes/under-lease.ts';
import { toOutcomeUnknown, type WriteHandler, type Written } from '#server/use-cases/writes/write-handler.ts';
import { AppError } from '#shared/app-error.ts';
import { type CreatedDocument, type DocumentKind, documentKindSchema } from '#shared/contract/document.ts';
import { buildDocumentHandler } from './document-handler.ts';
import { finishDocument } from './finish-document.ts';
import { parseCandidates, parseStoredDocument, type StoredDocument } from './stored-document.ts';
import { documentRefusals } from './words.ts';

export type Resolution = { action: 'retry' | 'discard' } | { action: 'adopt'; documentId: string };

/** For this long after the last sending, a request without an answer may still be on its way. */
const onItsWayMs = 60 * 1000;

/** Resolves a document's write with unknown outcome, as the person decided. */
export async function decideWrite(
  deps: Deps,
  person: Person,
  { id, resolution }: { id: string; resolution: Resolution },
): Promise<{ created: CreatedDocument | null }> {
  const acting = await startActing(deps, person);
  const { write, handler } = await getWrite(acting, id);
  const known = toOutcome(write) ?? { written: await act(acting, handler, write, resolution) };
  return { created: known.written ? await finishDocument(acting, known.written) : null };
}

function toOutcome(write: WriteRow): { written: Written<StoredDocument> | null } | undefined {
  if (write.state === 'done') return { written: toWritten(write) };
  return write.state === 'refused' ? { written: null } : undefined;
}

/** Finds a write of this session's records, of a kind the user may write. Any other write is reported as not found. */
async function getWrite(acting: PersonActing, id: string) {
  const { deps, principal: person, caller } = acting;
  const write = await deps.store.writes.find(caller.workspaceId, id);
  const kind = documentKindSchema.safeParse(write?.kind);
  const isOurs =
    write &&
    listNamedRecords(person.session).some(({ type, id: recordId }) => {
      return type === write.record.type && recordId === write.record.id;
    });
  const mayKnow = (of: DocumentKind): boolean =>
    canAdd(person, of) && (canSee(person, of) || write?.userId === person.session.user.id);
  if (!isOurs || !kind.success || write.organisationId !== caller.organisationId || !mayKnow(kind.data)) {
    throw new AppError('not_found', { detail: documentRefusals.noWrite });
  }
  return { write, handler: buildDocumentHandler(acting, kind.data) };
}

function toWritten(write: WriteRow): Written<StoredDocument> {
  return { write, made: parseStoredDocument(write.result ?? '') };
}

async function act(
  acting: PersonActing,
  handler: WriteHandler<StoredDocument>,
  write: WriteRow,
  resolution: Resolution,
): Promise<Written<StoredDocument> | null> {
  if (resolution.action === 'retry') return resolveWrite(acting, handler, write);
  const decided = await underLease(acting, write.id, async (held) => ({
    written:
      resolution.action === 'adopt'
        ? await adopt(acting, handler, held.write, resolution.documentId)
        : await discard(acting, handler, held),
  }));
  // If somebody else is resolving it, their result is the answer, if there is one.
  const known = decided ?? toOutcome((await getWrite(acting, write.id)).write);
  if (!known) throw toOutcomeUnknown(write);
  return known.written;
}

/** The candidates that people were shown. */
function listShown({ state, result }: WriteRow): StoredDocument[] {
  return state === 'undecided' ? parseCandidates(result ?? '[]') : [];
}

/** Accepts only one of the candidates. */
async function adopt(acting: PersonActing, handler: WriteHandler<StoredDocument>, write: WriteRow, documentId: string) {
  const chosen = listShown(write).find(({ id }) => id === documentId.toLowerCase());
  if (!chosen) throw new AppError('not_found', { detail: documentRefusals.noCandidate });
  return finishWrite(acting, handler, write, chosen);
}

/**
 * Gives the write up only if nothing is in Xero. If one document is there, it is returned. If there are several, the
 * person said that none is it. A document that the person was not shown is a new question.
 */
async function discard(acting: PersonActing, handler: WriteHandler<StoredDocument>, held: HeldWrite) {
  const { deps } = acting;
  const { write } = held;
  const now = deps.clock.now();
  if (write.sentAt !== null) {
    const { made: found, isWhole, isCertain } = await handler.find(write);
    const [only] = found;
    if (found.length === 1 && only && isCertain) return finishWrite(acting, handler, write, only);
    const shown = listShown(write).map(({ id: shownId }) => shownId);
    if (found.some(({ id: foundId }) => !shown.includes(foundId))) {
      await endUndecided(acting, handler, write, found);
      throw toOutcomeUnknown({ ...write, state: 'undecided' });
    }
    const leftMs = Date.parse(write.sentAt) + onItsWayMs - now.getTime();
    if (found.length === 0 && !isWhole) throw toOutcomeUnknown(write);
    if (found.length === 0 && leftMs > 0) {
      throw new AppError('outcome_unknown', { retryAfterSeconds: Math.ceil(leftMs / 1000) });
    }
  }
  await endRefused(acting, { ...handler, action: 'discard_write' }, held, { code: 'discarded' });
  return null;
}
