import type { Migration } from 'kysely';

/**
 * Lets a link show that its contact is archived in Xero. Finding that out later would mean asking for every contact.
 */
export function buildArchivedContactsMigration(): Migration {
  return {
    up: async (db) => {
      await db.schema
        .alterTable('links')
        .addColumn('contact_is_archived', 'integer', (column) => column.notNull().defaultTo(0))
        .execute();
    },
  };
}
