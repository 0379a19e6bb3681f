import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Schema } from '../schema.ts';
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

/** Does nothing when the row has another owner by now. */
export async function releaseLease(
  db: Kysely<Schema>,
  table: 'writes' | 'write_steps',
  { id, owner }: { id: string; owner: string },
): Promise<void> {
  const query = db.updateTable(table).set({ lease_owner: null, lease_until: null }).where('id', '=', id);
  await query.where('lease_owner', '=', owner).execute();
}
