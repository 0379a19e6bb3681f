import { Kysely, PostgresDialect } from 'kysely';
import { type ClientConfig, Pool } from 'pg';
import type { Database, ErrorListener } from '../database.ts';
import { migrate } from '../migrate.ts';
import type { Schema } from '../schema.ts';
import { toKyselyPool } from './pool.ts';
import { buildPostgresProcessLock } from './process-lock.ts';

/** Connecting and each statement must end within the time that a person waits. */
const timeouts = {
  connectionTimeoutMillis: 5_000,
  statement_timeout: 10_000,
  // If the network drops packets, the server cannot cancel a statement, so the driver gives up on its own.
  query_timeout: 12_000,
  idle_in_transaction_session_timeout: 30_000,
};

/** Waiting for another process's migration is normal and may take minutes. */
const migrationTimeouts = { connectionTimeoutMillis: 5_000 };

/** Most connections per process. Postgres allows 100 for all processes by default. */
const maxConnections = 10;

export async function openPostgresDatabase(databaseUrl: string, onError: ErrorListener): Promise<Database> {
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
}

function openKysely(config: ClientConfig, max: number, onError: ErrorListener): Kysely<Schema> {
  const pool = new Pool({ ...config, max });
  pool.on('error', (error) => {
    // The pool attaches the whole client, including its password, to the error. That must not reach a log.
    Reflect.deleteProperty(error, 'client');
    // Ignore connections that the server ends while we close them.
    if (!pool.ending) onError(error);
  });
  // The pool listens for errors of idle connections only. If a connection breaks between two statements of a
  // transaction and nobody listens, the process ends. The next statement reports the error to its caller.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool: toKyselyPool(pool) }) });
}

async function migrateFirst(config: ClientConfig, onError: ErrorListener): Promise<void> {
  const db = openKysely(config, 1, onError);
  try {
    await migrate(db, 'postgres');
  } finally {
    await db.destroy();
  }
}
