import type { Closing, WriteRow } from '#server/store/store.ts';
import type { Acting } from '#server/use-cases/acting/acting.ts';
import { AppError } from '#shared/app-error.ts';
import type { FoundOutcome, ItemOutcome, ManyHandler } from './many-handler.ts';

export type AnyOutcome<T> = ItemOutcome<T> | FoundOutcome<T>;

/** Work on writes whose leases this owner holds. Each write that is dealt with gets an outcome, by its id. */
export type Round<T> = {
  acting: Acting;
  handler: ManyHandler<T>;
  owner: string;
  outcomes: Map<string, AnyOutcome<T>>;
};

/** An end to store, and what it means for the caller. */
export type End<T> = { write: WriteRow; closing: Closing; outcome: AnyOutcome<T> };

/** Stores the ends together. Where another process was faster, its end is the outcome. */
export async function endMany<T>({ acting, handler, outcomes }: Round<T>, ends: readonly End<T>[]): Promise<void> {
  if (ends.length === 0) return;
  const { writes } = acting.deps.store;
  const closed = new Set(await writes.closeMany(ends.map(({ write: { id }, closing }) => ({ id, closing }))));
  for (const { write, outcome } of ends) if (closed.has(write.id)) outcomes.set(write.id, outcome);
  const overtaken = ends.map(({ write }) => write.id).filter((id) => !closed.has(id));
  await readEnds(acting, handler, overtaken, outcomes);
}

/** What is stored of these writes is their outcome. One that another process did not finish is unknown. */
export async function readEnds<T>(
  { deps, caller }: Acting,
  { parse }: Pick<ManyHandler<T>, 'parse'>,
  ids: readonly string[],
  outcomes: Map<string, AnyOutcome<T>>,
): Promise<void> {
  if (ids.length === 0) return;
  const stored = new Map((await deps.store.writes.findMany(caller.workspaceId, ids)).map((write) => [write.id, write]));
  for (const id of ids) {
    const write = stored.get(id);
    const error = new AppError('outcome_unknown', { retryAfterSeconds: 1 });
    outcomes.set(id, write?.state === 'done' ? toDone(write, parse) : { outcome: 'unknown', error });
  }
}

export function toDone<T>(write: WriteRow, parse: (result: string) => T) {
  return { outcome: 'done' as const, write, made: parse(write.result ?? '') };
}
