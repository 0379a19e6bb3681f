import type { Kysely } from 'kysely';
import { inTransaction } from './in-transaction.ts';
import type { Schema } from './schema.ts';
import type { Instant, Store } from './store.ts';

/**
 * Marks every unfinished write and step as sent. A write that was sent is searched for in Xero before it is sent again.
 * A write that the copy holds as unsent may have been sent after the copy was made.
 */
export function distrustCopy(db: Kysely<Schema>, at: Instant): ReturnType<Store['distrustCopy']> {
  return inTransaction(db, async (transaction) => {
    await noteRestore(transaction, at);
    const writes = await transaction
      .updateTable('writes')
      .set(({ ref }) => ({ sent_at: ref('created_at'), lease_owner: null, lease_until: null }))
      .where('state', 'in', ['pending', 'undecided'])
      .where('sent_at', 'is', null)
      .executeTakeFirst();
    const steps = await transaction
      .updateTable('write_steps')
      .set(({ ref }) => ({ sent_at: ref('created_at'), lease_owner: null, lease_until: null }))
      .where('state', 'in', ['pending', 'undecided'])
      .where('sent_at', 'is', null)
      .executeTakeFirst();
    await endLeases(transaction);
    await transaction.deleteFrom('sessions').execute();
    return { writes: Number(writes.numUpdatedRows), steps: Number(steps.numUpdatedRows) };
  });
}

/**
 * Remembers since when things happened of which the copy knows nothing. The milliseconds of now are above every number
 * of a change that was given out: a workspace has less than one change a millisecond.
 */
async function noteRestore(db: Kysely<Schema>, at: Instant): Promise<void> {
  const audited = await db
    .selectFrom('audit')
    .select(({ fn }) => fn.max('at').as('at'))
    .executeTakeFirst();
  const changed = await db
    .selectFrom('records')
    .select(({ fn }) => fn.max('state_since').as('at'))
    .executeTakeFirst();
  const known = [audited?.at, changed?.at].filter((instant) => instant != null && instant <= at).toSorted();
  const row = { missing_since: known.at(-1) ?? firstInstant, change_floor: Date.parse(at) };
  await db
    .insertInto('restores')
    .values({ at, ...row })
    .onConflict((conflict) => conflict.column('at').doUpdateSet(row))
    .execute();
}

/** A copy that knows nothing misses everything. */
const firstInstant = '1970-01-01T00:00:00.000Z';

/** Their owners are gone. The records stay as they are. */
async function endLeases(db: Kysely<Schema>): Promise<void> {
  const free = { lease_owner: null, lease_until: null };
  await db.updateTable('records').set(free).where('lease_owner', 'is not', null).execute();
  await db.updateTable('sync_readers').set(free).where('lease_owner', 'is not', null).execute();
  await db.updateTable('webhooks').set(free).where('lease_owner', 'is not', null).execute();
}
