import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Lease } from '../store.ts';

/** No lease is taken for as long as this. One that reaches further was taken before the clock was set back. */
const longerThanAnyMs = 10 * 60 * 1000;

export const toBeyondAnyLease = (now: string): string => new Date(Date.parse(now) + longerThanAnyMs).toISOString();

/** Of a row of writes or steps: nobody's, lapsed, or a dead process's. */
export const isLeaseFree = ({ now, onlyProcess }: Lease): RawBuilder<SqlBool> => {
  const isOver = sql<SqlBool>`lease_until is null or lease_until <= ${now} or lease_until > ${toBeyondAnyLease(now)}`;
  return onlyProcess === null
    ? sql<SqlBool>`(${isOver})`
    : sql<SqlBool>`(${isOver} or lease_owner not like ${`${onlyProcess}%`})`;
};
