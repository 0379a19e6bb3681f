import type { Kysely } from 'kysely';
import { inTransaction } from './in-transaction.ts';
import type { Schema } from './schema.ts';
import type { Store } from './store.ts';

/**
 * Marks every unfinished write and step as sent. A write that was sent is searched for in Xero before it is sent again.
 * A write that the copy holds as unsent may have been sent after the copy was made.
 */
export function distrustCopy(db: Kysely<Schema>): ReturnType<Store['distrustCopy']> {
  return inTransaction(db, async (transaction) => {
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
    await transaction.deleteFrom('sessions').execute();
    return { writes: Number(writes.numUpdatedRows), steps: Number(steps.numUpdatedRows) };
  });
}
