import type { Kysely } from 'kysely';
import { inTransaction } from './in-transaction.ts';
import type { Schema } from './schema.ts';
import type { Store } from './store.ts';

/**
 * A write that was sent is looked for in Xero before it is sent again. In a copy one may stand as not sent that was sent
 * after the copy was made: it counts as sent from its beginning. The same for the steps that follow it.
 */
export const distrustCopy = (db: Kysely<Schema>): ReturnType<Store['distrustCopy']> =>
  inTransaction(db, async (transaction) => {
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
