import type { WriteRow } from '#server/store/store.ts';
import type { CallWriteRow } from '#server/store/tables/writes/many-write-store.ts';
import type { Acting } from '#server/use-cases/acting/acting.ts';
import { AppError } from '#shared/app-error.ts';
import type { FoundOutcome, ItemOutcome, ManyHandler } from './many-handler.ts';
import { type AnyOutcome, type Round, readEnds, toDone } from './many-round.ts';
import { findOrGiveUpMany, findOrSendMany } from './send-many.ts';
import { underLeases } from './under-leases.ts';

/**
 * Finds out what earlier sendings of these writes made, and sends nothing. Closes what was found, and what certainly
 * was not made, so that it is never sent later. Answers in the order of the writes; a closed one answers what is stored.
 * Rejects only when our store fails.
 */
export async function resolveMany<T>(
  acting: Acting,
  handler: ManyHandler<T>,
  writes: readonly WriteRow[],
): Promise<FoundOutcome<T>[]> {
  const open = writes.filter(isOpen);
  const outcomes = await work(acting, handler, { writes: open, along: [] }, findOrGiveUpMany);
  return writes.map((write): FoundOutcome<T> => {
    if (write.state === 'done') return toDone(write, handler.parse);
    const known = isOpen(write) ? outcomes.get(write.id) : ({ outcome: 'not_made' } as const);
    return known && isFound(known) ? known : toUnknown();
  });
}

/**
 * Sends these open writes, after a search for those that were sent before. The rest of an earlier call comes along, as
 * only the whole call may be sent again at once. The outcomes are by the write's id.
 */
export async function sendMany<T>(
  acting: Acting,
  handler: ManyHandler<T>,
  writes: readonly CallWriteRow[],
): Promise<Map<string, ItemOutcome<T>>> {
  const calls = writes.flatMap(({ sentIn }) => sentIn ?? []);
  const along = await acting.deps.store.writes.listSentIn(acting.caller.workspaceId, calls);
  const outcomes = await work(acting, handler, { writes, along }, findOrSendMany);
  return new Map(
    writes.map(({ id }): [string, ItemOutcome<T>] => {
      const known = outcomes.get(id);
      return [id, known && known.outcome !== 'not_made' ? known : toUnknown()];
    }),
  );
}

async function work<T>(
  acting: Acting,
  handler: ManyHandler<T>,
  { writes, along }: { writes: readonly WriteRow[]; along: readonly WriteRow[] },
  step: (round: Round<T>, held: readonly CallWriteRow[]) => Promise<void>,
): Promise<Map<string, AnyOutcome<T>>> {
  const outcomes = new Map<string, AnyOutcome<T>>();
  const ids = writes.map(({ id }) => id);
  const further = along.map(({ id }) => id).filter((id) => !ids.includes(id));
  await underLeases(acting, { ids, along: further }, (held) =>
    step({ acting, handler, owner: held.owner, outcomes }, held.writes),
  );
  await readEnds(
    acting,
    handler,
    ids.filter((id) => !outcomes.has(id)),
    outcomes,
  );
  return outcomes;
}

function isOpen({ state }: WriteRow): boolean {
  return state === 'pending' || state === 'undecided';
}

function isFound<T>(known: AnyOutcome<T>): known is FoundOutcome<T> {
  return known.outcome !== 'refused' && known.outcome !== 'not_sent';
}

function toUnknown() {
  return { outcome: 'unknown' as const, error: new AppError('outcome_unknown', { retryAfterSeconds: 1 }) };
}
