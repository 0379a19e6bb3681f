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
 * How long a statement waits for another process's write. It holds up the event loop meanwhile, so it is short; the
 * only other writer beside one server is the command line.
 */
const busyTimeoutMs = 2_000;

/** SQLite in `{dataDir}/ledgerside.db`; folder and file are readable by their owner only. */
export const openSqliteDatabase = (dataDir: string): Database => {
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
};

/**
 * SQLite gives its -wal and -shm files the mode of the database file. Never opens a file that is there: closing it
 * would drop the locks this process may hold on it.
 */
const createPrivate = (file: string): void => {
  closeSync(openSync(file, 'a', 0o600));
};

/**
 * Moves what was written from the -wal file into the database file, so that a copy of that file alone is whole after a
 * clean stop. SQLite does so when its last connection closes, but libsql leaves the connection open as long as a
 * statement has not been collected. What fails here loses nothing: the next opening reads the -wal file.
 */
const checkpoint = (sqlite: Libsql.Database): void => {
  try {
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
  } catch {
    // Closing goes on.
  }
};

/** Between two tries, and how often until the busy time-out is over. */
const walRetryMs = 20;
const walTries = busyTimeoutMs / walRetryMs;

/**
 * The change to WAL is made once, when the file is new. It does not wait for another process's write transaction as
 * statements do: SQLite answers SQLITE_BUSY at once, whatever the busy time-out says. So it is tried again for as long.
 */
const useWal = (sqlite: Libsql.Database): void => {
  for (let tries = 1; ; tries += 1) {
    try {
      sqlite.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (tries >= walTries || !codeOf(error).startsWith('SQLITE_BUSY')) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, walRetryMs);
    }
  }
};

const openFile = (file: string): Libsql.Database => {
  const sqlite = new Libsql(file);
  sqlite.pragma(`busy_timeout = ${busyTimeoutMs}`);
  useWal(sqlite);
  // An acknowledged row survives a power cut.
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  return sqlite;
};

/**
 * Kysely's SQLite dialect with three changes: transactions take the write lock at their start (a deferred one fails
 * as busy when it turns from reading to writing), a failed commit is not hidden behind a failed rollback, and
 * migrations run inside such a transaction, so that processes that start together migrate one after the other.
 */
const buildDialect = (sqlite: Libsql.Database): Dialect => {
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
};

const toKyselyDatabase = (sqlite: Libsql.Database): SqliteDatabase => ({
  prepare: cacheStatements(sqlite),
  close: () => {
    sqlite.close();
  },
});
