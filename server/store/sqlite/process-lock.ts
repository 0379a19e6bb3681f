import { chmodSync } from 'node:fs';
import Libsql from 'libsql';
import { codeOf } from '../foreign-error.ts';

export type ProcessLock = { hold(): boolean; release(): void };

/**
 * Node cannot lock files, but SQLite can: this holds an exclusive transaction open on a small database of its own. The
 * operating system releases it however the process ends. Nothing else in this process may open the file, because
 * closing any descriptor of it would release the lock.
 */
export function buildSqliteProcessLock(file: string): ProcessLock {
  let held: Libsql.Database | undefined;
  return {
    hold: () => {
      held ??= tryLock(file);
      return held !== undefined;
    },
    release: () => {
      // Closing alone keeps the transaction open until the last statement is garbage-collected.
      held?.exec('rollback');
      held?.close();
      held = undefined;
    },
  };
}

function tryLock(file: string): Libsql.Database | undefined {
  const sqlite = new Libsql(file);
  try {
    sqlite.pragma('busy_timeout = 0');
    sqlite.exec('begin exclusive');
    chmodSync(file, 0o600);
    return sqlite;
  } catch (error) {
    sqlite.close();
    if (codeOf(error).startsWith('SQLITE_BUSY')) return undefined;
    throw error;
  }
}
