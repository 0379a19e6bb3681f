import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { CompiledQuery, type Dialect, Kysely, type SqliteDatabase, SqliteDialect } from 'kysely';
import Libsql from 'libsql';
import type { Database } from '../database.ts';
import { codeOf, translatedSync } from '../foreign-error.ts';
import type { Schema } from '../schema.ts';
import { isSqliteAway } from './error.ts';
import { buildSqliteProcessLock } from './process-lock.ts';
import { cacheStatements } from './statements.ts';

/**
 * How long a statement waits for another process's write. It blocks the event loop meanwhile, so it is short. Besides
 * the server, only the command line writes.
 */
const busyTimeoutMs = 2_000;

/** SQLite in `{dataDir}/ledgerside.db`. Only the owner can read the folder and the file. */
export function openSqliteDatabase(dataDir: string): Database {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'ledgerside.db');
  if (!existsSync(file)) createPrivate(file);
  const sqlite = translatedSync(isSqliteAway, () => openFile(file));
  const processLock = buildSqliteProcessLock(join(dataDir, 'ledgerside.lock'));
  const db = new Kysely<Schema>({ dialect: buildDialect(sqlite) });
  return {
    dialect: 'sqlite',
    db,
    holdProcessLock: async () => processLock.hold(),
    close: async () => {
      checkpoint(sqlite);
      await db.destroy();
      processLock.release();
    },
  };
}

/**
 * Creates the file as private; SQLite gives its -wal and -shm files the same mode. Never opens an existing file,
 * because closing it would release locks that this process may hold on it.
 */
function createPrivate(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
}

/**
 * Moves the -wal file's content into the database file, so that a copy of that file alone is complete after a clean
 * stop. SQLite does this when its last connection closes, but libsql keeps the connection open until every statement is
 * garbage-collected. A failure loses nothing: the next start reads the -wal file.
 */
function checkpoint(sqlite: Libsql.Database): void {
  try {
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
  } catch {
    // Closing continues.
  }
}

/** The pause between two attempts. Attempts go on until the busy timeout is over. */
const walRetryMs = 20;
const walTries = busyTimeoutMs / walRetryMs;

/**
 * Changes to WAL once, when the file is new. Unlike a statement, this change does not wait for another process's write
 * transaction: SQLite answers SQLITE_BUSY at once, whatever the busy timeout is. So we retry for as long as the
 * timeout.
 */
function enableWal(sqlite: Libsql.Database): void {
  for (let tries = 1; ; tries += 1) {
    try {
      sqlite.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (tries >= walTries || !codeOf(error).startsWith('SQLITE_BUSY')) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, walRetryMs);
    }
  }
}

function openFile(file: string): Libsql.Database {
  const sqlite = new Libsql(file);
  sqlite.pragma(`busy_timeout = ${busyTimeoutMs}`);
  enableWal(sqlite);
  // An acknowledged row must survive a power cut.
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  return sqlite;
}

/**
 * Kysely's SQLite dialect with three changes. Transactions take the write lock at their start, because a deferred one
 * fails as busy when it turns from reading to writing. A failed commit is not hidden behind a failed rollback.
 * Migrations run inside such a transaction, so that processes that start together migrate one after the other.
 */
function buildDialect(sqlite: Libsql.Database): Dialect {
  const base = new SqliteDialect({ database: toKyselyDatabase(sqlite) });
  return {
    createQueryCompiler: () => base.createQueryCompiler(),
    createIntrospector: (db) => base.createIntrospector(db),
    createAdapter: () => Object.defineProperty(base.createAdapter(), 'supportsTransactionalDdl', { value: true }),
    createDriver: () => {
      const driver = base.createDriver();
      const rollback = driver.rollbackTransaction.bind(driver);
      driver.beginTransaction = async (connection) => {
        await connection.executeQuery(CompiledQuery.raw('begin immediate'));
      };
      driver.rollbackTransaction = async (connection) => {
        if (sqlite.inTransaction) await rollback(connection);
      };
      return driver;
    },
  };
}

function toKyselyDatabase(sqlite: Libsql.Database): SqliteDatabase {
  return {
    prepare: cacheStatements(sqlite),
    close: () => {
      sqlite.close();
    },
  };
}
