import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Lease } from './store.ts';

/** Of a row of writes or steps: nobody's, lapsed, or a dead process's. */
export const isLeaseFree = ({ now, onlyProcess }: Lease): RawBuilder<SqlBool> =>
  onlyProcess === null
    ? sql<SqlBool>`(lease_until is null or lease_until <= ${now})`
    : sql<SqlBool>`(lease_until is null or lease_until <= ${now} or lease_owner not like ${`${onlyProcess}%`})`;
