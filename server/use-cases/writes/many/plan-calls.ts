import type { CallWriteRow } from '#server/store/tables/writes/many-write-store.ts';
import { hashParts } from '../write-handler.ts';

/** As many as Xero takes in one call. */
const mostPerCall = 50;

/**
 * Xero remembers an idempotency key for six minutes. A request that is still on its way after that is not expected, for
 * one write as for many.
 */
export const settledAfterMs = 6 * 60 * 1000;

/** A time of sending that is further ahead than this was noted before the clock was set back. */
const farAheadMs = 10 * 60 * 1000;

export type CallPlan<Row> = {
  calls: Row[][];
  /** Sent a moment ago in another call, so they have to wait. */
  early: Row[];
};

/**
 * Divides writes into calls. The writes of an earlier call are sent again at once only as the very same call with the
 * same key: if the earlier request is still on its way, Xero does it once. In any other call, what was sent before waits
 * until no request can be on its way any more.
 */
export function planCalls<Row extends Sendable>(
  writes: readonly Row[],
  { nowMs, perCall = mostPerCall }: { nowMs: number; perCall?: number },
): CallPlan<Row> {
  const repeated = listRepeatable(writes);
  const isRepeated = new Set(repeated.flat());
  const others = writes.filter((write) => !isRepeated.has(write));
  const early = others.filter((write) => !isSettled(write, nowMs));
  const rest = others.filter((write) => !early.includes(write)).toSorted(byId);
  return { calls: [...repeated, ...toParts(rest, perCall)], early };
}

export type Sendable = Pick<CallWriteRow, 'id' | 'attempt' | 'sentAt' | 'sentIn'>;

/** Xero's key of a call: the same writes have the same key, and any other set has another. */
export function toCallKey(writes: readonly Pick<Sendable, 'id' | 'attempt'>[]): string {
  return hashParts(writes.toSorted(byId).map(({ id, attempt }) => [id, attempt]));
}

export function isSettled({ sentAt }: Pick<Sendable, 'sentAt'>, nowMs: number): boolean {
  if (sentAt === null) return true;
  const passedMs = nowMs - Date.parse(sentAt);
  return passedMs >= settledAfterMs || passedMs < -farAheadMs;
}

/** Earlier calls of which all writes are here. */
function listRepeatable<Row extends Sendable>(writes: readonly Row[]): Row[][] {
  const keys = [...new Set(writes.flatMap(({ sentIn }) => sentIn ?? []))];
  return keys
    .map((key) => ({ key, group: writes.filter(({ sentIn }) => sentIn === key).toSorted(byId) }))
    .filter(({ key, group }) => toCallKey(group) === key)
    .map(({ group }) => group);
}

/** Halves keep the order. One write is one part. */
export function toHalves<Row>(writes: readonly Row[]): Row[][] {
  return toParts(writes, Math.max(1, Math.ceil(writes.length / 2)));
}

function toParts<Row>(writes: readonly Row[], size: number): Row[][] {
  return Array.from({ length: Math.ceil(writes.length / size) }, (_, index) =>
    writes.slice(index * size, (index + 1) * size),
  );
}

function byId(a: Pick<Sendable, 'id'>, b: Pick<Sendable, 'id'>): number {
  return a.id < b.id ? -1 : 1;
}
