import type { Kysely, Migration } from 'kysely';

/** Adds what a write needs beyond its intent: details, lease, the document it made, and its steps. */
export function buildWriteStepsMigration(): Migration {
  return {
    up: async (db) => {
      await db.schema
        .alterTable('writes')
        .addColumn('details', 'text', (column) => column.notNull().defaultTo('{}'))
        .execute();
      for (const column of ['document_id', 'lease_owner', 'lease_until']) {
        await db.schema.alterTable('writes').addColumn(column, 'text').execute();
      }
      await db.schema
        .createIndex('writes_by_document')
        .on('writes')
        .columns(['organisation_id', 'document_id'])
        .execute();
      await createSteps(db);
    },
  };
}

async function createSteps(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('write_steps')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('write_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('request', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('sent_at', 'text')
    .addColumn('settled_at', 'text')
    .addColumn('lease_owner', 'text')
    .addColumn('lease_until', 'text')
    .addUniqueConstraint('write_steps_once', ['write_id', 'name'])
    .execute();
  await db.schema.createIndex('write_steps_by_state').on('write_steps').columns(['state', 'created_at']).execute();
}
