import type { Migration } from 'kysely';

/** How far each list of Xero was read for the CRM, and when it is read next. */
export function buildReadersMigration(): Migration {
  return {
    up: async (db) => {
      await db.schema
        .createTable('sync_readers')
        .addColumn('workspace_id', 'text', (column) => column.notNull())
        .addColumn('organisation_id', 'text', (column) => column.notNull())
        .addColumn('resource', 'text', (column) => column.notNull())
        .addColumn('cursor_at', 'text')
        .addColumn('since', 'text')
        .addColumn('read_at', 'text')
        .addColumn('next_at', 'text')
        .addColumn('tries', 'integer', (column) => column.notNull())
        .addColumn('set_aside', 'integer', (column) => column.notNull())
        .addColumn('lease_owner', 'text')
        .addColumn('lease_until', 'text')
        .addPrimaryKeyConstraint('sync_readers_pk', ['workspace_id', 'organisation_id', 'resource'])
        .execute();
    },
  };
}
