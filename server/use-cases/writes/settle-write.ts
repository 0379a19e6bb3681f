import { AppError } from '#shared/app-error.ts';
import type { WriteRow, WriteState } from '../../store/store.ts';
import { auditLostAnswer, toWriteAudit } from './audit-write.ts';
import { refusals, turnedAway } from './refusal-codes.ts';
import { underLease } from './under-lease.ts';
import { type Found, hashParts, toOutcomeUnknown, type WriteHandler, type Written } from './write-handler.ts';
import type { Writing } from './writing.ts';

/**
 * Finds out what became of a write, sending it where it is safe to: a first time, under a key that Xero still
 * remembers, or when a look found nothing of it. No clock of ours decides any of that. One at a time over all processes; who waited gets
 * the same answer. Rejects with Xero's refusal, or with the reason why the outcome is still unknown.
 */
export async function settleWrite<T>(
  writing: Writing,
  handler: WriteHandler<T>,
  { id }: WriteRow,
): Promise<Written<T>> {
  const { deps, caller } = writing;
  const read = async () => {
    const write = await deps.store.writes.find(caller.workspaceId, id);
    return write && toWritten(handler, write);
  };
  return deps.singleFlight(`write:${id}`, {
    read,
    load: async () => {
      const settled = await underLease(writing, id, (write) => lookOrSend(writing, handler, write));
      const known = settled ?? (await read());
      if (!known) throw new AppError('outcome_unknown', { retryAfterSeconds: 5 });
      return known;
    },
  });
}

function toWritten<T>(handler: WriteHandler<T>, write: WriteRow): Written<T> | undefined {
  return write.state === 'done' ? { write, made: handler.parse(write.result ?? '') } : undefined;
}

async function lookOrSend<T>(writing: Writing, handler: WriteHandler<T>, write: WriteRow): Promise<Written<T>> {
  if (write.sentAt === null) return send(writing, handler, write);
  const { made, isRemembered } = await look(handler, write);
  if (isRemembered && write.state === 'pending') return send(writing, handler, write);
  const [found, ...more] = made;
  if (more.length > 0 && found !== undefined) {
    await endWrite(writing, handler, write, { state: 'undecided', made });
    throw toOutcomeUnknown({ ...write, state: 'undecided' });
  }
  return found === undefined ? send(writing, handler, write) : finishWrite(writing, handler, write, found);
}

async function look<T>(handler: WriteHandler<T>, write: WriteRow): Promise<Found<T>> {
  try {
    return await handler.find(write);
  } catch (error) {
    throw error instanceof AppError ? withWrite(error, write) : error;
  }
}

async function send<T>(writing: Writing, handler: WriteHandler<T>, write: WriteRow): Promise<Written<T>> {
  const { store, clock } = writing.deps;
  await store.writes.markSent(write.id, clock.now().toISOString());
  try {
    const made = await handler.send(write, toXeroKey(write));
    return await finishWrite(writing, handler, write, made);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (!isRefusal(error, write)) {
      if (!turnedAway.includes(error.code)) await auditLostAnswer(writing, handler, write);
      throw withWrite(error, write);
    }
    await endWrite(writing, handler, write, { state: 'refused', error });
    throw error;
  }
}

/** Scoped to the app at Xero, so the organisation and the workspace are in it. */
export function toXeroKey({ organisationId, workspaceId, formKey, attempt }: WriteRow, step = ''): string {
  return hashParts([organisationId, workspaceId, formKey, attempt, step]);
}

function isRefusal({ code }: AppError, { sentAt }: WriteRow): boolean {
  return refusals.includes(code) || (sentAt === null && turnedAway.includes(code));
}

/**
 * The reason, and which write is open because of it. A storage that is full says that nothing was saved, which after
 * Xero was asked would be wrong.
 */
function withWrite(error: AppError, { id, kind, state }: WriteRow): AppError {
  const code = error.code === 'storage_full' ? 'outcome_unknown' : error.code;
  const extension = { ...error.details.extension, write: { id, kind, state } };
  return new AppError(code, { ...error.details, extension, cause: error });
}

export async function finishWrite<T>(
  writing: Writing,
  handler: WriteHandler<T>,
  write: WriteRow,
  made: T,
): Promise<Written<T>> {
  await endWrite(writing, handler, write, { state: 'done', made });
  return { write: { ...write, state: 'done', result: handler.toEnd(write, made).result }, made };
}

type Ending<T> =
  | { state: 'done'; made: T }
  | { state: 'undecided'; made: readonly T[] }
  | { state: Extract<WriteState, 'refused'>; error: AppError };

/** The end, its audit row and its steps are stored together. */
export async function endWrite<T>(
  writing: Writing,
  handler: WriteHandler<T>,
  write: WriteRow,
  ending: Ending<T>,
): Promise<void> {
  const { store, clock } = writing.deps;
  const at = clock.now().toISOString();
  if (ending.state === 'refused') {
    const { code } = ending.error;
    const audit = toWriteAudit(writing, handler, write, { outcome: code });
    await store.writes.settle(write.id, { state: 'refused', result: JSON.stringify({ code }), at, audit });
    return;
  }
  if (ending.state === 'undecided') {
    const result = JSON.stringify(ending.made.map((made) => handler.toEnd(write, made).result));
    const audit = toWriteAudit(writing, handler, write, { outcome: 'undecided' });
    await store.writes.settle(write.id, { state: 'undecided', result, at, audit });
    return;
  }
  const { result, documentId, about, steps = [] } = handler.toEnd(write, ending.made);
  const outcome = handler.action.startsWith('create_') ? 'created' : 'done';
  await store.writes.settle(write.id, {
    state: 'done',
    result,
    at,
    ...(documentId !== undefined && { documentId }),
    audit: toWriteAudit(writing, handler, write, { outcome, about }),
    steps: steps.map((step) => ({
      ...step,
      id: hashParts([write.id, step.name]),
      writeId: write.id,
      state: 'pending',
      createdAt: at,
      sentAt: null,
      settledAt: null,
    })),
  });
}
