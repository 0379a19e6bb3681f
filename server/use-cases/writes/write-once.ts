import { randomUUID } from 'node:crypto';
import type { WriteReservations, WriteRow } from '#server/store/store.ts';
import type { Acting } from '#server/use-cases/acting/acting.ts';
import { AppError } from '#shared/app-error.ts';
import type { RecordKey } from '#shared/contract/record.ts';
import { resolveWrite } from './resolve-write.ts';
import { toOutcomeUnknown, type WriteHandler, type Written } from './write-handler.ts';
import { toWriteRow } from './write-row.ts';

export type WritePlan<T> = {
  writeKey: string;
  kind: string;
  record: RecordKey;
  /** A hash of everything that the person entered. */
  bodyHash: string;
  handler: WriteHandler<T>;
  /** Checks the form and builds the bytes. Runs only when a new attempt begins. */
  prepare(intent: { writeId: string; attempt: number }): Promise<Prepared>;
  /** What a finished write returns when it is asked for again; undefined: its document is gone, so make another. */
  replay?(write: WriteRow): Promise<T | undefined>;
  /** The error for another body under the key of a finished write. */
  toConflict?(write: WriteRow): AppError;
};

/** `reservations`: names that only one write may hold, as known when it was prepared. */
export type Prepared = { request: string; details: string; reservations?: WriteReservations };

/** When several callers begin at once, one succeeds. The others read again and find its attempt or its reservations. */
const rounds = 4;

/**
 * Does in Xero what a form asks for, exactly once. The intent with its exact bytes is stored before Xero is called, and
 * the result before this returns. The same body again is the same write: its result is returned, or its unknown outcome
 * is resolved. A refusal closes the attempt, and the next body is the next attempt. Another body rejects with
 * outcome_unknown while the first is undecided, and with already_created after it succeeded.
 */
export async function writeOnce<T>(acting: Acting, plan: WritePlan<T>): Promise<Written<T>> {
  const { store } = acting.deps;
  const { workspaceId, organisationId } = acting.caller;
  for (let round = 0; round < rounds; round += 1) {
    const latest = await store.writes.findLatest(workspaceId, organisationId, plan.writeKey);
    const known = latest && (await answerEarlier(acting, plan, latest));
    if (known) return known;
    const { isNew, write } = await begin(acting, plan, (latest?.attempt ?? 0) + 1);
    if (isNew) return resolveWrite(acting, plan.handler, write);
  }
  throw new AppError('outcome_unknown', { retryAfterSeconds: 1 });
}

/** What an earlier attempt means for this one; undefined: nothing, begin the next. */
async function answerEarlier<T>(acting: Acting, plan: WritePlan<T>, latest: WriteRow): Promise<Written<T> | undefined> {
  if (latest.state === 'refused') return undefined;
  const isSame = latest.bodyHash === plan.bodyHash;
  if (latest.state !== 'done') {
    if (isSame) return resolveWrite(acting, plan.handler, latest);
    throw toOutcomeUnknown(latest);
  }
  if (!isSame) throw plan.toConflict?.(latest) ?? new AppError('already_created');
  const made = plan.replay ? await plan.replay(latest) : plan.handler.parse(latest.result ?? '');
  return made === undefined ? undefined : { write: latest, made };
}

async function begin<T>(acting: Acting, plan: WritePlan<T>, attempt: number) {
  const id = randomUUID();
  const { request, details, reservations } = await plan.prepare({ writeId: id, attempt });
  const { writeKey, kind, record, bodyHash } = plan;
  const row = toWriteRow(acting, { id, writeKey, attempt, kind, record, bodyHash, request, details });
  return acting.deps.store.writes.begin(row, reservations);
}
