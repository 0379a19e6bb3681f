import type { WriteRow } from '#server/store/store.ts';
import type { Acting } from '#server/use-cases/acting/acting.ts';
import { AppError } from '#shared/app-error.ts';
import type { HeldWrite } from './under-lease.ts';
import { toDoneClosing, toRefusedClosing, toUndecidedClosing } from './write-closing.ts';
import { toOutcomeUnknown, type WriteHandler, type Written } from './write-handler.ts';

/** Stores the end, its audit row and its steps together. */
export async function finishWrite<T>(
  acting: Acting,
  handler: WriteHandler<T>,
  write: WriteRow,
  made: T,
): Promise<Written<T>> {
  const closing = toDoneClosing(acting, handler, write, made);
  const isFirst = await acting.deps.store.writes.close(write.id, closing);
  const { state, result } = closing;
  return isFirst ? { write: { ...write, state, result }, made } : readEnd(acting, handler, write);
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
  await acting.deps.store.writes.close(write.id, toUndecidedClosing(acting, handler, write, made));
}

/** Only the lease holder may do this. */
export async function endRefused<T>(
  acting: Acting,
  handler: WriteHandler<T>,
  held: HeldWrite,
  error: { code: string },
): Promise<void> {
  const { write } = held;
  const isEnded = await acting.deps.store.writes.close(write.id, toRefusedClosing(acting, handler, held, error));
  if (!isEnded) throw toOutcomeUnknown(write);
}
