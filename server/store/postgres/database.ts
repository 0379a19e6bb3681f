import { Kysely, PostgresDialect } from 'kysely';
import { type ClientConfig, Pool } from 'pg';
import type { Database, ErrorListener } from '../database.ts';
import { migrate } from '../migrate.ts';
import type { Schema } from '../schema.ts';
import { toKyselyPool } from './pool.ts';
import { buildPostgresProcessLock } from './process-lock.ts';

/** A connection is found or refused, a statement answers or is cancelled, within what a person waits. */
const timeouts = {
  connectionTimeoutMillis: 5_000,
  statement_timeout: 10_000,
  // Where the network swallows packets the server cannot cancel: the driver gives up by itself.
  query_timeout: 12_000,
  idle_in_transaction_session_timeout: 30_000,
};

/** Waiting for another process's migration is no fault; it may take minutes. */
const migrationTimeouts = { connectionTimeoutMillis: 5_000 };

/** Every process opens so many at most; Postgres gives 100 to all of them by default. */
const maxConnections = 10;

export const openPostgresDatabase = async (databaseUrl: string, onError: ErrorListener): Promise<Database> => {
  const connection = { connectionString: databaseUrl, keepAlive: true, application_name: 'ledgerside' };
  await migrateFirst({ ...connection, ...migrationTimeouts }, onError);
  const db = openKysely({ ...connection, ...timeouts }, maxConnections, onError);
  const processLock = buildPostgresProcessLock({ ...connection, ...timeouts }, onError);
  return {
    dialect: 'postgres',
    db,
    holdProcessLock: processLock.hold,
    close: async () => {
      await processLock.release();
      await db.destroy();
    },
  };
};

const openKysely = (config: ClientConfig, max: number, onError: ErrorListener): Kysely<Schema> => {
  const pool = new Pool({ ...config, max });
  pool.on('error', (error) => {
    // The pool hangs the whole connection on its error, password and all; that must not reach a log.
    Reflect.deleteProperty(error, 'client');
    // A connection that the server ends while we close it is no news.
    if (!pool.ending) onError(error);
  });
  // The pool listens to idle connections only. One that breaks between two statements of a transaction ends the
  // process unless somebody listens; its next statement tells the caller.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool: toKyselyPool(pool) }) });
};

const migrateFirst = async (config: ClientConfig, onError: ErrorListener): Promise<void> => {
  const db = openKysely(config, 1, onError);
  try {
    await migrate(db, 'postgres');
  } finally {
    await db.destroy();
  }
};
