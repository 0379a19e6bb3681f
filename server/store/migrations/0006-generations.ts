import type { Migration } from 'kysely';

/**
 * Which key of its workspace a session began with; sessions of before end, and widgets open them anew. And which version
 * an access list has.
 */
export const buildGenerationsMigration = (): Migration => ({
  up: async (db) => {
    await db.schema
      .alterTable('sessions')
      .addColumn('key_generation', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
    await db.schema
      .createTable('access_lists')
      .addColumn('workspace_id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .execute();
  },
});
