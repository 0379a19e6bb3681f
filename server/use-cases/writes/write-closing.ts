import type { Closing, WriteRow } from '#server/store/store.ts';
import type { Acting } from '#server/use-cases/acting/acting.ts';
import { toWriteAudit } from './audit-write.ts';
import { hashParts, type WriteHandler } from './write-handler.ts';

/** What closing needs of a handler. */
export type Ending<T> = Pick<WriteHandler<T>, 'action' | 'about' | 'toEnd'>;

/** The end of a write that was done, with its audit row and its steps. */
export function toDoneClosing<T>(acting: Acting, handler: Ending<T>, write: WriteRow, made: T) {
  const at = acting.deps.clock.now().toISOString();
  const { result, documentId, about, steps = [] } = handler.toEnd(write, made);
  const outcome = handler.action.startsWith('create_') ? 'created' : 'done';
  return {
    state: 'done' as const,
    result,
    at,
    ...(documentId !== undefined && { documentId }),
    audit: toWriteAudit(acting, handler, write, { outcome, about }),
    steps: steps.map((step) => ({
      ...step,
      id: hashParts([write.id, step.name]),
      writeId: write.id,
      state: 'pending' as const,
      createdAt: at,
      sentAt: null,
      closedAt: null,
    })),
  } satisfies Closing;
}

/** The end of a search that found what may be this write's. A person decides. */
export function toUndecidedClosing<T>(
  acting: Acting,
  handler: Ending<T>,
  write: WriteRow,
  made: readonly T[],
): Closing {
  return {
    state: 'undecided',
    result: JSON.stringify(made.map((one) => handler.toEnd(write, one).result)),
    at: acting.deps.clock.now().toISOString(),
    audit: toWriteAudit(acting, handler, write, { outcome: 'undecided' }),
  };
}

/** Only the lease holder may store this, because another process may have sent or found the write meanwhile. */
export function toRefusedClosing(
  acting: Acting,
  handler: Pick<Ending<never>, 'action' | 'about'>,
  { write, owner }: { write: WriteRow; owner: string },
  { code }: { code: string },
): Closing {
  return {
    state: 'refused',
    result: JSON.stringify({ code }),
    at: acting.deps.clock.now().toISOString(),
    owner,
    audit: toWriteAudit(acting, handler, write, { outcome: code }),
  };
}
