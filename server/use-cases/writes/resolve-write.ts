import type { WriteRow } from '#server/store/store.ts';
import type { Acting } from '#server/use-cases/acting/acting.ts';
import { AppError } from '#shared/app-error.ts';
import { auditLostAnswer } from './audit-write.ts';
import { endRefused, endUndecided, finishWrite } from './end-write.ts';
import { judgeFailure, withProof } from './judge-failure.ts';
import { toLease } from './leases.ts';
import { buildSendGate } from './send-gate.ts';
import { type HeldWrite, underLease } from './under-lease.ts';
import {
  type Found,
  hashParts,
  toOutcomeUnknown,
  type WriteHandler,
  type Written,
  withWrite,
} from './write-handler.ts';

/**
 * Finds out the outcome of a write. Sends it when that is safe: the first time, or after a complete search that found
 * nothing. One process at a time; callers that waited get the same answer. Rejects with Xero's refusal, or with the
 * reason why the outcome is still unknown.
 */
export async function resolveWrite<T>(acting: Acting, handler: WriteHandler<T>, { id }: WriteRow): Promise<Written<T>> {
  const { deps, caller } = acting;
  const read = async () => {
    const write = await deps.store.writes.find(caller.workspaceId, id);
    return write && toWritten(handler, write);
  };
  return deps.singleFlight(`write:${id}`, {
    read,
    load: async () => {
      const resolved = await underLease(acting, id, (held) => findOrSend(acting, handler, held)).catch(
        async (error: unknown) => (await readAfterLoss(error, read)) ?? Promise.reject(error),
      );
      const known = resolved ?? (await read());
      if (!known) throw new AppError('outcome_unknown', { retryAfterSeconds: 5 });
      return known;
    },
  });
}

/** Another process took the lease and may have finished the write. */
async function readAfterLoss<T>(error: unknown, read: () => Promise<T | undefined>): Promise<T | undefined> {
  return error instanceof AppError && error.code === 'outcome_unknown' ? read() : undefined;
}

function toWritten<T>(handler: WriteHandler<T>, write: WriteRow): Written<T> | undefined {
  return write.state === 'done' ? { write, made: handler.parse(write.result ?? '') } : undefined;
}

async function findOrSend<T>(acting: Acting, handler: WriteHandler<T>, held: HeldWrite): Promise<Written<T>> {
  const found = held.write.sentAt === null ? undefined : await resolveBySearch(acting, handler, held);
  return found ?? send(acting, handler, held);
}

/** Adopts the document that was found. Undefined: there certainly is none. Rejects when neither is certain. */
async function resolveBySearch<T>(
  acting: Acting,
  handler: WriteHandler<T>,
  held: HeldWrite,
): Promise<Written<T> | undefined> {
  const { write } = held;
  const { made, isWhole, isCertain } = await searchXero(handler, write);
  const [found, ...more] = made;
  if (found === undefined) {
    if (!isWhole) throw toOutcomeUnknown(write);
    return undefined;
  }
  if (more.length === 0 && isCertain) return finishWrite(acting, handler, write, found);
  await endUndecided(acting, handler, write, made);
  throw toOutcomeUnknown({ ...write, state: 'undecided' });
}

async function searchXero<T>(handler: WriteHandler<T>, write: WriteRow): Promise<Found<T>> {
  try {
    return await handler.find(write);
  } catch (error) {
    throw error instanceof AppError ? withWrite(error, write) : error;
  }
}

async function send<T>(acting: Acting, handler: WriteHandler<T>, held: HeldWrite): Promise<Written<T>> {
  const { deps, caller } = acting;
  const { write, owner } = held;
  let isMarked = false;
  const gate = buildSendGate(deps.clock, () => {
    isMarked = true;
    return deps.store.writes.markSent(write.id, toLease(deps, owner));
  });
  try {
    const made = await handler.send(write, { caller: { ...caller, gate }, idempotencyKey: toXeroKey(write) });
    return await finishWrite(acting, handler, write, made);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return endFailure(acting, handler, held, withProof(error, { isMarked }));
  }
}

async function endFailure<T>(
  acting: Acting,
  handler: WriteHandler<T>,
  held: HeldWrite,
  error: AppError,
): Promise<Written<T>> {
  const { write } = held;
  const verdict = judgeFailure(error, write);
  if (verdict === 'unknown') {
    if (error.details.proof !== 'not_done') await auditLostAnswer(acting, handler, write);
    throw withWrite(error, write);
  }
  // A refusal such as "must be unique" may be caused by our own earlier sending.
  const found = verdict === 'refused' ? undefined : await resolveBySearch(acting, handler, held);
  if (found) return found;
  await endRefused(acting, handler, held, error);
  throw error;
}

/** Xero's idempotency keys are shared by the whole app, so the key includes organisation and workspace. */
export function toXeroKey({ organisationId, workspaceId, writeKey, attempt }: WriteRow, step = ''): string {
  return hashParts([organisationId, workspaceId, writeKey, attempt, step]);
}
