import type { Migration } from 'kysely';

/** A link shows when its contact was archived in Xero; nobody finds that out again without asking for every contact. */
export const buildArchivedContactsMigration = (): Migration => ({
  up: async (db) => {
    await db.schema
      .alterTable('links')
      .addColumn('contact_is_archived', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
  },
});
