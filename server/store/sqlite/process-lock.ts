import { chmodSync } from 'node:fs';
import Libsql from 'libsql';
import { codeOf } from '../foreign-error.ts';

export type ProcessLock = { hold(): boolean; release(): void };

/**
 * Node has no lock on files, SQLite has: an exclusive transaction on a small database of its own, left open. The
 * operating system lets go of it however the process ends. Nothing else may open this file in this process: closing
 * any descriptor of it would drop the lock.
 */
export const buildSqliteProcessLock = (file: string): ProcessLock => {
  let held: Libsql.Database | undefined;
  return {
    hold: () => {
      held ??= tryLock(file);
      return held !== undefined;
    },
    release: () => {
      // Closing alone leaves the transaction open until the last statement has been collected.
      held?.exec('rollback');
      held?.close();
      held = undefined;
    },
  };
};

const tryLock = (file: string): Libsql.Database | undefined => {
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
};
