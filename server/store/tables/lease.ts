import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Lease } from '../store.ts';

/** Longer than any lease. A lease that ends later than this was taken before the clock was set back. */
const longerThanAnyMs = 10 * 60 * 1000;

export function toBeyondAnyLease(now: string): string {
  return new Date(Date.parse(now) + longerThanAnyMs).toISOString();
}

/** Whether a row of writes or steps has no lease, an expired one, or a dead process's. */
export function isLeaseFree({ now, onlyProcess }: Lease): RawBuilder<SqlBool> {
  const isOver = sql<SqlBool>`lease_until is null or lease_until <= ${now} or lease_until > ${toBeyondAnyLease(now)}`;
  return onlyProcess === null
    ? sql<SqlBool>`(${isOver})`
    : sql<SqlBool>`(${isOver} or lease_owner not like ${`${onlyProcess}%`})`;
}
