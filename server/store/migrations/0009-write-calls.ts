import type { Migration } from 'kysely';

/** Adds in which call to Xero a write was sent last. Writes of sync share their calls. */
export function buildWriteCallsMigration(): Migration {
  return {
    up: async (db) => {
      await db.schema.alterTable('writes').addColumn('sent_in', 'text').execute();
      await db.schema
        .createIndex('writes_by_call')
        .on('writes')
        .column('sent_in')
        .where('sent_in', 'is not', null)
        .execute();
    },
  };
}
