import type { Kysely } from 'kysely';
import { nextTurn } from '#server/next-turn.ts';
import { inTransaction } from '../../in-transaction.ts';
import type { Schema } from '../../schema.ts';
import type { Instant } from '../../store.ts';

/** This many deletions take about 5 ms on SQLite, during which no other request runs. */
const removedPerTransaction = 500;

export async function removeChangesBefore(db: Kysely<Schema>, at: Instant): Promise<number> {
  let removed = 0;
  let count: number;
  do {
    count = await inTransaction(db, (transaction) => removeSome(transaction, at));
    removed += count;
    await nextTurn();
  } while (count === removedPerTransaction);
  await db.deleteFrom('sync_days').where('day', '<', at.slice(0, 10)).execute();
  return removed;
}

/** Remembers per workspace up to which change some are gone, so that a reader of earlier ones can be told. */
async function removeSome(db: Kysely<Schema>, at: Instant): Promise<number> {
  const old = await db
    .selectFrom('changes')
    .select(['workspace_id', 'id'])
    .where('at', '<', at)
    .orderBy('at')
    .limit(removedPerTransaction)
    .execute();
  // The order prevents a deadlock with another process that removes at the same time.
  for (const workspaceId of [...new Set(old.map((row) => row.workspace_id))].toSorted()) {
    const ids = old.filter((row) => row.workspace_id === workspaceId).map(({ id }) => Number(id));
    const newest = Math.max(...ids);
    await db
      .updateTable('record_workspaces')
      .set({ removed_change: newest })
      .where('workspace_id', '=', workspaceId)
      .where('removed_change', '<', newest)
      .execute();
    await db.deleteFrom('changes').where('workspace_id', '=', workspaceId).where('id', 'in', ids).execute();
  }
  return old.length;
}
