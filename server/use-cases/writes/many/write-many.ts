import { randomUUID } from 'node:crypto';
import type { CallWriteRow } from '#server/store/tables/writes/many-write-store.ts';
import type { Acting } from '#server/use-cases/acting/acting.ts';
import { AppError } from '#shared/app-error.ts';
import { toWriteRow } from '../write-row.ts';
import type { ItemOutcome, ManyHandler, ManyItem } from './many-handler.ts';
import { toDone } from './many-round.ts';
import { resolveMany, sendMany } from './resolve-many.ts';

/** When several callers begin at once, one succeeds. The others read again and find its attempt. */
const rounds = 4;

/**
 * Does in Xero what the items ask for, each exactly once and as few calls as possible. The intents with their exact
 * bytes are stored before Xero is called, and the results before this returns. One item's refusal or doubt never touches
 * the others.
 *
 * An item whose key is done answers what was made, whatever body it asks for now. If another body was sent and its
 * outcome is unknown, that is searched for first; where it certainly was not made, the new body is the next attempt.
 *
 * Answers in the order of the items. Rejects only when our store fails.
 */
export async function writeMany<T>(
  acting: Acting,
  handler: ManyHandler<T>,
  items: readonly ManyItem[],
): Promise<ItemOutcome<T>[]> {
  const known = new Map<string, ItemOutcome<T>>();
  for (let round = 0; round < rounds; round += 1) {
    const left = items.filter(({ writeKey }) => !known.has(writeKey));
    if (left.length === 0) break;
    for (const [writeKey, outcome] of await writeOrRead(acting, handler, left)) known.set(writeKey, outcome);
  }
  const error = new AppError('outcome_unknown', { retryAfterSeconds: 1 });
  return items.map(({ writeKey }) => known.get(writeKey) ?? { outcome: 'unknown', error });
}

type Outcomes<T> = Map<string, ItemOutcome<T>>;

/** The outcomes by key. An item without one has to be tried again. */
async function writeOrRead<T>(
  acting: Acting,
  handler: ManyHandler<T>,
  items: readonly ManyItem[],
): Promise<Outcomes<T>> {
  const latest = await findLatest(acting, items);
  const toLatest = ({ writeKey }: ManyItem) => latest.get(writeKey);
  const outcomes = await replace(acting, handler, items, latest);
  const begun = await begin(
    acting,
    items.filter((item) => (toLatest(item)?.state ?? 'refused') === 'refused'),
    latest,
  );
  const repeated = items.flatMap((item) => {
    const write = toLatest(item);
    return write && isOpen(write) && write.bodyHash === item.bodyHash ? [write] : [];
  });
  const sent = await sendMany(acting, handler, [...begun, ...repeated]);
  for (const { id, writeKey } of [...begun, ...repeated]) {
    const outcome = sent.get(id);
    if (outcome) outcomes.set(writeKey, outcome);
  }
  for (const write of latest.values()) {
    if (write.state === 'done') outcomes.set(write.writeKey, toDone(write, handler.parse));
  }
  return outcomes;
}

async function findLatest({ deps, caller }: Acting, items: readonly ManyItem[]): Promise<Map<string, CallWriteRow>> {
  const { workspaceId, organisationId } = caller;
  const keys = items.map(({ writeKey }) => writeKey);
  const latest = await deps.store.writes.findLatestMany(workspaceId, organisationId, keys);
  return new Map(latest.map((write) => [write.writeKey, write]));
}

function isOpen({ state }: CallWriteRow): boolean {
  return state === 'pending' || state === 'undecided';
}

/** Stores the next attempts. One that another process stored at the same time is read in the next round. */
async function begin(
  acting: Acting,
  items: readonly ManyItem[],
  latest: ReadonlyMap<string, CallWriteRow>,
): Promise<CallWriteRow[]> {
  // In a call, writes are in the order of their ids, so that sorted ids keep the order of the items.
  const ids = items.map(() => randomUUID()).toSorted();
  const rows = items.flatMap((item, index) => {
    const id = ids[index];
    if (id === undefined) return [];
    const attempt = (latest.get(item.writeKey)?.attempt ?? 0) + 1;
    const { writeKey, kind, record, bodyHash } = item;
    return [
      toWriteRow(acting, { id, attempt, writeKey, kind, record, bodyHash, ...item.prepare({ writeId: id, attempt }) }),
    ];
  });
  const begun = rows.length === 0 ? [] : await acting.deps.store.writes.beginMany(rows);
  return begun.flatMap(({ isNew, write }) => (isNew ? [{ ...write, sentIn: null }] : []));
}

/** Ends attempts whose body is no longer asked for. What certainly was not made has no outcome yet. */
async function replace<T>(
  acting: Acting,
  handler: ManyHandler<T>,
  items: readonly ManyItem[],
  latest: ReadonlyMap<string, CallWriteRow>,
): Promise<Outcomes<T>> {
  const earlier = items.flatMap(({ writeKey, bodyHash }) => {
    const write = latest.get(writeKey);
    return write && isOpen(write) && write.bodyHash !== bodyHash ? [write] : [];
  });
  const found = await resolveMany(acting, handler, earlier);
  const outcomes: Outcomes<T> = new Map();
  for (const [index, { writeKey }] of earlier.entries()) {
    const outcome = found[index];
    if (outcome && outcome.outcome !== 'not_made') outcomes.set(writeKey, outcome);
  }
  return outcomes;
}
