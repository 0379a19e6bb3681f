import type { WriteRow } from '#server/store/store.ts';
import type { Acting } from '#server/use-cases/acting/acting.ts';
import { AppError } from '#shared/app-error.ts';
import { toWriteAudit } from './audit-write.ts';
import type { HeldWrite } from './under-lease.ts';
import { hashParts, toOutcomeUnknown, type WriteHandler, type Written } from './write-handler.ts';

/** Stores the end, its audit row and its steps together. */
export async function finishWrite<T>(
  acting: Acting,
  handler: WriteHandler<T>,
  write: WriteRow,
  made: T,
): Promise<Written<T>> {
  const { store, clock } = acting.deps;
  const at = clock.now().toISOString();
  const { result, documentId, about, steps = [] } = handler.toEnd(write, made);
  const outcome = handler.action.startsWith('create_') ? 'created' : 'done';
  const isFirst = await store.writes.close(write.id, {
    state: 'done',
    result,
    at,
    ...(documentId !== undefined && { documentId }),
    audit: toWriteAudit(acting, handler, write, { outcome, about }),
    steps: steps.map((step) => ({
      ...step,
      id: hashParts([write.id, step.name]),
      writeId: write.id,
      state: 'pending',
      createdAt: at,
      sentAt: null,
      closedAt: null,
    })),
  });
  return isFirst ? { write: { ...write, state: 'done', result }, made } : readEnd(acting, handler, write);
}

/** Another process was faster. Everybody returns what it stored. */
async function readEnd<T>(acting: Acting, handler: WriteHandler<T>, { id }: WriteRow): Promise<Written<T>> {
  const write = await acting.deps.store.writes.find(acting.caller.workspaceId, id);
  if (write?.state !== 'done') throw new AppError('outcome_unknown', { retryAfterSeconds: 1 });
  return { write, made: handler.parse(write.result ?? '') };
}

export async function endUndecided<T>(
  acting: Acting,
  handler: WriteHandler<T>,
  write: WriteRow,
  made: readonly T[],
): Promise<void> {
  const { store, clock } = acting.deps;
  await store.writes.close(write.id, {
    state: 'undecided',
    result: JSON.stringify(made.map((one) => handler.toEnd(write, one).result)),
    at: clock.now().toISOString(),
    audit: toWriteAudit(acting, handler, write, { outcome: 'undecided' }),
  });
}

/** Only the lease holder may do this, because another process may have sent or found the write meanwhile. */
export async function endRefused<T>(
  acting: Acting,
  handler: WriteHandler<T>,
  { write, owner }: HeldWrite,
  { code }: { code: string },
): Promise<void> {
  const { store, clock } = acting.deps;
  const isEnded = await store.writes.close(write.id, {
    state: 'refused',
    result: JSON.stringify({ code }),
    at: clock.now().toISOString(),
    owner,
    audit: toWriteAudit(acting, handler, write, { outcome: code }),
  });
  if (!isEnded) throw toOutcomeUnknown(write);
}
