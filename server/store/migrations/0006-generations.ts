import type { Migration } from 'kysely';

/**
 * Adds the key generation that a session began with, and a version for each access list. Earlier sessions end, and
 * widgets open new ones.
 */
export function buildGenerationsMigration(): Migration {
  return {
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
  };
}
