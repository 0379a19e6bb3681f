import type { Migration } from 'kysely';

/** Which key of its workspace a session began with; sessions of before end, and widgets open them anew. */
export const buildKeyGenerationsMigration = (): Migration => ({
  up: async (db) => {
    await db.schema
      .alterTable('sessions')
      .addColumn('key_generation', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
  },
});
