import { type Migration, sql } from 'kysely';

/**
 * The index over pending records of all kinds is only for questions about all kinds. Its condition `tries >= 0` always
 * holds, but a database uses such an index only where a query says so too. Without statistics, Postgres took it for
 * questions about one kind, and read the whole backlog of the other kinds.
 */
export function buildPendingRecordsMigration(): Migration {
  return {
    up: async (db) => {
      await db.schema.dropIndex('records_pending').execute();
      await db.schema
        .createIndex('records_pending')
        .on('records')
        .columns(['workspace_id', 'organisation_id', 'next_try_at'])
        .where(sql<boolean>`next_try_at is not null and tries >= 0`)
        .execute();
    },
  };
}
