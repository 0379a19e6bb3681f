import { type Kysely, type Migration, sql } from 'kysely';

/**
 * Sending records to Xero: what the engine remembers of a record, when it is tried next and who works on it; the rules
 * and the mapping of an organisation, runs, the feed of changes, and the webhook that tells the CRM of them.
 */
export function buildSyncMigration(): Migration {
  return {
    up: async (db) => {
      await extendRecords(db);
      await indexPending(db);
      await indexLists(db);
      await createSettings(db);
      await createRuns(db);
      await createChanges(db);
      await createWebhooks(db);
      await createRestores(db);
    },
  };
}

async function extendRecords(db: Kysely<unknown>): Promise<void> {
  const table = () => db.schema.alterTable('records');
  await table()
    .addColumn('memory', 'text', (column) => column.notNull().defaultTo('{}'))
    .execute();
  for (const name of ['blocked_on', 'run_id', 'lease_owner', 'lease_until']) {
    await table().addColumn(name, 'text').execute();
  }
}

/** Records that are tried again, by kind and of all kinds; what holds them; who works on them. */
async function indexPending(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex('records_due').execute();
  await db.schema
    .createIndex('records_pending_by_kind')
    .on('records')
    .columns(['workspace_id', 'organisation_id', 'kind', 'next_try_at'])
    .where(sql.ref('next_try_at'), 'is not', null)
    .execute();
  await db.schema
    .createIndex('records_pending')
    .on('records')
    .columns(['workspace_id', 'organisation_id', 'next_try_at'])
    .where(sql.ref('next_try_at'), 'is not', null)
    .execute();
  await db.schema
    .createIndex('records_by_hold')
    .on('records')
    .columns(['workspace_id', 'organisation_id', 'blocked_on', 'next_try_at'])
    .where(sql.ref('blocked_on'), 'is not', null)
    .execute();
  await db.schema
    .createIndex('records_by_lease')
    .on('records')
    .columns(['lease_owner'])
    .where(sql.ref('lease_owner'), 'is not', null)
    .execute();
}

/** Lists of a state and of a kind in it, in the order in which they are shown, and what is counted. */
async function indexLists(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('records_in_state')
    .on('records')
    // The code is in it, so that a page of one code reads no other rows.
    .columns(['workspace_id', 'organisation_id', 'state', 'state_since', 'kind', 'record_key', 'code'])
    .execute();
  await db.schema
    .createIndex('records_by_kind')
    .on('records')
    .columns(['workspace_id', 'organisation_id', 'kind', 'state', 'state_since', 'record_key'])
    .execute();
  await db.schema
    .createIndex('records_by_code')
    .on('records')
    .columns(['workspace_id', 'organisation_id', 'code', 'state', 'kind', 'blocked_on'])
    .where(sql.ref('code'), 'is not', null)
    .execute();
}

async function createSettings(db: Kysely<unknown>): Promise<void> {
  for (const name of ['sync_rules', 'sync_mapping']) {
    await db.schema
      .createTable(name)
      .addColumn('workspace_id', 'text', (column) => column.notNull())
      .addColumn('organisation_id', 'text', (column) => column.notNull())
      .addColumn('value', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint(`${name}_pk`, ['workspace_id', 'organisation_id'])
      .execute();
  }
  await db.schema
    .createTable('sync_mapping_keys')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('organisation_id', 'text', (column) => column.notNull())
    .addColumn('mapping', 'text', (column) => column.notNull())
    .addColumn('folded_key', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('sync_mapping_keys_pk', ['workspace_id', 'organisation_id', 'mapping', 'folded_key'])
    .execute();
}

async function createRuns(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('runs')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('organisation_id', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('dry_run', 'integer', (column) => column.notNull())
    .addColumn('kind', 'text')
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('started_at', 'text', (column) => column.notNull())
    .addColumn('ended_at', 'text')
    .addColumn('started_by', 'text', (column) => column.notNull())
    .addColumn('request', 'text', (column) => column.notNull())
    .addColumn('counts', 'text', (column) => column.notNull())
    .addColumn('calls', 'integer', (column) => column.notNull())
    .addColumn('error', 'text')
    .execute();
  await db.schema
    .createIndex('runs_by_start')
    .on('runs')
    .columns(['workspace_id', 'organisation_id', 'started_at', 'id'])
    .execute();
  await db.schema.createIndex('runs_by_status').on('runs').columns(['status', 'started_at']).execute();
  await db.schema
    .createTable('run_rows')
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('record_key', 'text', (column) => column.notNull())
    .addColumn('crm_id', 'text')
    .addColumn('xero_id', 'text')
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('done', 'integer', (column) => column.notNull())
    .addColumn('details', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('run_rows_pk', ['run_id', 'kind', 'record_key'])
    .execute();
  await db.schema
    .createIndex('run_rows_by_outcome')
    .on('run_rows')
    .columns(['run_id', 'outcome', 'done', 'kind', 'record_key'])
    .execute();
}

/** Changes are numbered per workspace. Which number is the last one is kept where the workspace is locked. */
async function createChanges(db: Kysely<unknown>): Promise<void> {
  for (const name of ['last_change', 'removed_change']) {
    await db.schema
      .alterTable('record_workspaces')
      .addColumn(name, 'bigint', (column) => column.notNull().defaultTo(0))
      .execute();
  }
  await db.schema
    .createTable('changes')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('id', 'bigint', (column) => column.notNull())
    .addColumn('organisation_id', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('kind', 'text')
    .addColumn('crm_id', 'text')
    .addColumn('xero_id', 'text')
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .addColumn('accepted_kind', 'text')
    .addColumn('accepted_crm_id', 'text')
    .addPrimaryKeyConstraint('changes_pk', ['workspace_id', 'id'])
    .execute();
  await db.schema.createIndex('changes_by_time').on('changes').columns(['at']).execute();
  await db.schema
    .createTable('sync_days')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('organisation_id', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('count', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('sync_days_pk', ['workspace_id', 'organisation_id', 'day', 'kind', 'state'])
    .execute();
}

async function createWebhooks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('webhooks')
    .addColumn('workspace_id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('enabled', 'integer', (column) => column.notNull())
    .addColumn('sealed_secret', 'text', (column) => column.notNull())
    .addColumn('sealed_old_secret', 'text')
    .addColumn('old_secret_until', 'text')
    .addColumn('last_delivery_at', 'text')
    .addColumn('last_delivery_status', 'integer')
    .addColumn('failing_since', 'text')
    .addColumn('message_id', 'text')
    .addColumn('cursor', 'bigint', (column) => column.notNull())
    .addColumn('tries', 'integer', (column) => column.notNull())
    .addColumn('next_try_at', 'text')
    .addColumn('lease_owner', 'text')
    .addColumn('lease_until', 'text')
    .execute();
}

/** Copies of the database that were put back. What happened between the copy and that moment is not in it. */
async function createRestores(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('restores')
    .addColumn('at', 'text', (column) => column.primaryKey().notNull())
    .addColumn('missing_since', 'text', (column) => column.notNull())
    .addColumn('change_floor', 'bigint', (column) => column.notNull())
    .execute();
}
