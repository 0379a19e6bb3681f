import type { WriteRow } from '#server/store/store.ts';
import { AppError } from '#shared/app-error.ts';
import { toDoneClosing, toUndecidedClosing } from '../write-closing.ts';
import { type Found, toOutcomeUnknown, withWrite } from '../write-handler.ts';
import { type End, endMany, type Round } from './many-round.ts';

/**
 * Searches Xero for what earlier sendings made, and closes what was found. Returns the writes of which there certainly
 * is nothing. All others get their outcome.
 */
export async function searchMany<T, Row extends WriteRow>(round: Round<T>, writes: readonly Row[]): Promise<Row[]> {
  if (writes.length === 0) return [];
  const found = await findOrTell(round, writes);
  if (!found) return [];
  const ends: End<T>[] = [];
  const absent: Row[] = [];
  for (const write of writes) {
    const { made, isWhole, isCertain } = found.get(write.id) ?? { made: [], isWhole: false, isCertain: false };
    if (made.length > 0) ends.push(toEnd(round, write, { made, isCertain }));
    else if (isWhole) absent.push(write);
    else round.outcomes.set(write.id, { outcome: 'unknown', error: toOutcomeUnknown(write) });
  }
  await endMany(round, ends);
  return absent;
}

/** Undefined when the search failed; then all these writes are unknown. */
async function findOrTell<T>(
  { handler, outcomes }: Round<T>,
  writes: readonly WriteRow[],
): Promise<ReadonlyMap<string, Found<T>> | undefined> {
  try {
    return await handler.find(writes);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    for (const write of writes) outcomes.set(write.id, { outcome: 'unknown', error: withWrite(error, write) });
    return undefined;
  }
}

function toEnd<T>(
  { acting, handler }: Round<T>,
  write: WriteRow,
  { made, isCertain }: Pick<Found<T>, 'made' | 'isCertain'>,
): End<T> {
  const [found, ...more] = made;
  if (found === undefined || more.length > 0 || !isCertain) {
    const closing = toUndecidedClosing(acting, handler, write, made);
    return { write, closing, outcome: { outcome: 'undecided', made } };
  }
  return toDoneEnd({ acting, handler }, write, found);
}

export function toDoneEnd<T>(
  { acting, handler }: Pick<Round<T>, 'acting' | 'handler'>,
  write: WriteRow,
  made: T,
): End<T> {
  const closing = toDoneClosing(acting, handler, write, made);
  const { state, result, documentId = null, at } = closing;
  const done = { ...write, state, result, documentId, closedAt: at };
  return { write, closing, outcome: { outcome: 'done', write: done, made } };
}
