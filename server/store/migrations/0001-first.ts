import type { Kysely, Migration } from 'kysely';
import type { Dialect } from '../database.ts';
import { guardAudit } from './guard-audit.ts';

/** Uses no schema type, because a migration describes the tables as they were when it was written. */
export function buildFirstMigration(dialect: Dialect): Migration {
  return {
    up: async (db) => {
      await createWorkspaces(db);
      await createConnections(db);
      await createSessions(db);
      await createLinks(db);
      await createAccess(db);
      await createWrites(db);
      await createAudit(db);
      await guardAudit(db, dialect);
    },
  };
}

async function createWorkspaces(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('workspaces')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('origins', 'text', (column) => column.notNull())
    .addColumn('sealed_keys', 'text', (column) => column.notNull())
    .execute();
}

async function createConnections(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('connections')
    .addColumn('workspace_id', 'text', (column) => column.primaryKey())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('organisation_id', 'text')
    .addColumn('organisation', 'text')
    .addColumn('xero_connection_id', 'text')
    .addColumn('sealed_tokens', 'text')
    .addColumn('access_expires_at', 'text')
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('lease_owner', 'text')
    .addColumn('lease_until', 'text')
    .addColumn('connected_at', 'text')
    .addColumn('connected_by', 'text')
    .addColumn('last_attempt', 'text')
    .execute();
  await db.schema
    .createIndex('connections_by_organisation')
    .on('connections')
    .columns(['organisation_id', 'workspace_id'])
    .execute();
}

async function createSessions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sessions')
    .addColumn('token_hash', 'text', (column) => column.primaryKey())
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('snapshot', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('sessions_by_end').on('sessions').column('expires_at').execute();
  await db.schema.createIndex('sessions_by_workspace').on('sessions').column('workspace_id').execute();
  await db.schema
    .createTable('one_time')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('data', 'text')
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('one_time_pk', ['kind', 'key'])
    .execute();
  await db.schema.createIndex('one_time_by_end').on('one_time').column('expires_at').execute();
}

async function createLinks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('links')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('organisation_id', 'text', (column) => column.notNull())
    .addColumn('record_type', 'text', (column) => column.notNull())
    .addColumn('record_id', 'text', (column) => column.notNull())
    .addColumn('contact_id', 'text', (column) => column.notNull())
    .addColumn('contact_name', 'text', (column) => column.notNull())
    .addColumn('linked_by', 'text', (column) => column.notNull())
    .addColumn('linked_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('links_pk', ['workspace_id', 'organisation_id', 'record_type', 'record_id'])
    .execute();
  await db.schema.createIndex('links_by_contact').on('links').columns(['organisation_id', 'contact_id']).execute();
  await db.schema
    .createTable('deal_documents')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('organisation_id', 'text', (column) => column.notNull())
    .addColumn('deal_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('document_id', 'text', (column) => column.notNull())
    .addColumn('chosen_by', 'text', (column) => column.notNull())
    .addColumn('chosen_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('deal_documents_pk', ['workspace_id', 'organisation_id', 'deal_id', 'kind', 'document_id'])
    .execute();
}

async function createAccess(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('access')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('email', 'text', (column) => column.notNull())
    .addColumn('rights', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('access_pk', ['workspace_id', 'user_id'])
    .execute();
  await db.schema
    .createTable('defaults')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('organisation_id', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('defaults_pk', ['workspace_id', 'organisation_id'])
    .execute();
}

async function createWrites(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('writes')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('organisation_id', 'text', (column) => column.notNull())
    .addColumn('form_key', 'text', (column) => column.notNull())
    .addColumn('attempt', 'integer', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('record_type', 'text', (column) => column.notNull())
    .addColumn('record_id', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('body_hash', 'text', (column) => column.notNull())
    .addColumn('request', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('result', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('sent_at', 'text')
    .addColumn('settled_at', 'text')
    .addUniqueConstraint('writes_once', ['workspace_id', 'organisation_id', 'form_key', 'attempt'])
    .execute();
  await db.schema
    .createIndex('writes_by_record')
    .on('writes')
    .columns(['workspace_id', 'organisation_id', 'record_type', 'record_id', 'state'])
    .execute();
}

async function createAudit(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('audit')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('organisation_id', 'text')
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('user_name', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('record_type', 'text')
    .addColumn('record_id', 'text')
    .addColumn('contact_id', 'text')
    .addColumn('document_id', 'text')
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('request_id', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('audit_by_time').on('audit').columns(['workspace_id', 'at', 'id']).execute();
}
