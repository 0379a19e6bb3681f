import type { Kysely, Migration } from 'kysely';

/** Adds when a connection is checked next, and audit details beyond ids. */
export function buildLooksAndAuditMigration(): Migration {
  return {
    up: async (db) => {
      await db.schema.alterTable('connections').addColumn('next_look_at', 'text').execute();
      await db.schema
        .createIndex('connections_by_look')
        .on('connections')
        .columns(['status', 'next_look_at', 'connected_at'])
        .execute();
      await addAuditDetails(db);
    },
  };
}

async function addAuditDetails(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('audit').addColumn('document_kind', 'text').execute();
  await db.schema
    .alterTable('audit')
    .addColumn('details', 'text', (column) => column.notNull().defaultTo('{}'))
    .execute();
  await db.schema
    .createIndex('audit_by_user')
    .on('audit')
    .columns(['workspace_id', 'user_id', 'at', 'id', 'user_name'])
    .execute();
  await db.schema.createIndex('audit_by_action').on('audit').columns(['workspace_id', 'action', 'at', 'id']).execute();
}
