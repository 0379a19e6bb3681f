import type { Kysely, Migration } from 'kysely';
import type { Dialect } from '../database.ts';

/**
 * Records of the CRM that are synced with Xero. What the CRM said of a record belongs to the workspace. Its state and
 * its twin in Xero belong to the organisation, so they are kept aside while another organisation is connected.
 */
export function buildRecordsMigration(dialect: Dialect): Migration {
  return {
    up: async (db) => {
      await createWorkspaces(db);
      await createData(db);
      await createRecords(db);
      await createHistory(db, dialect);
    },
  };
}

/** One row for each workspace with records. It is locked while one of them changes. */
async function createWorkspaces(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('record_workspaces')
    .addColumn('workspace_id', 'text', (column) => column.primaryKey())
    .execute();
}

async function createData(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('record_data')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('crm_id', 'text', (column) => column.notNull())
    .addColumn('wanted', 'text', (column) => column.notNull())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('data', 'text')
    .addColumn('data_hash', 'text', (column) => column.notNull())
    .addColumn('receipt', 'text')
    .addPrimaryKeyConstraint('record_data_pk', ['workspace_id', 'kind', 'crm_id'])
    .execute();
}

async function createRecords(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('records')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('organisation_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('record_key', 'text', (column) => column.notNull())
    .addColumn('crm_id', 'text')
    .addColumn('xero_id', 'text')
    .addColumn('origin', 'text', (column) => column.notNull())
    .addColumn('wanted', 'text', (column) => column.notNull())
    .addColumn('wanted_version', 'bigint')
    .addColumn('sent_version', 'bigint')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('code', 'text')
    .addColumn('state_since', 'text', (column) => column.notNull())
    .addColumn('next_try_at', 'text')
    .addColumn('tries', 'integer', (column) => column.notNull())
    .addColumn('title', 'text')
    .addColumn('date', 'text')
    .addColumn('amount', 'text')
    .addColumn('currency', 'text')
    .addColumn('searched', 'text', (column) => column.notNull())
    .addColumn('details', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('records_pk', ['workspace_id', 'organisation_id', 'kind', 'record_key'])
    .execute();
  await db.schema
    .createIndex('records_by_state')
    .on('records')
    .columns(['workspace_id', 'organisation_id', 'state_since', 'kind', 'record_key'])
    .execute();
  await db.schema
    .createIndex('records_by_xero_id')
    .on('records')
    .columns(['workspace_id', 'organisation_id', 'kind', 'xero_id'])
    .execute();
  await db.schema
    .createIndex('records_due')
    .on('records')
    .columns(['state', 'next_try_at', 'organisation_id'])
    .execute();
}

/** Numbered by the database, so that two entries of one millisecond keep their order. */
async function createHistory(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const table = db.schema.createTable('record_history');
  const numbered =
    dialect === 'sqlite'
      ? table.addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
      : table.addColumn('id', 'bigserial', (column) => column.primaryKey());
  await numbered
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('organisation_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('record_key', 'text', (column) => column.notNull())
    .addColumn('details', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('record_history_by_record')
    .on('record_history')
    .columns(['workspace_id', 'kind', 'record_key', 'id'])
    .execute();
}
