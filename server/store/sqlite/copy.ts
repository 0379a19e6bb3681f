import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Libsql from 'libsql';
import { z } from 'zod';
import { AppError } from '#shared/app-error.ts';
import { codeOf } from '../foreign-error.ts';
import { findUnknownMigration, newerReleaseWords } from '../migrate.ts';
import { buildSqliteProcessLock } from './process-lock.ts';

/** What a copy of the database contains. */
export type Copy = {
  bytes: number;
  /** The instant of the newest audit row; null when the audit is empty. */
  newestAct: string | null;
  rows: { links: number; writes: number; audit: number };
};

const rowsSchema = z.array(z.record(z.string(), z.unknown()));

function refuse(detail: string, cause?: unknown): AppError {
  return new AppError('unavailable', { detail, cause });
}

/**
 * Writes a complete and consistent copy of `{dataDir}/ledgerside.db` to a new file that only its owner can read. The
 * server may be running. The database is not migrated, so that a backup can be made before an upgrade.
 */
export function backUpSqlite({ dataDir, to }: { dataDir: string; to: string }): Copy {
  const from = join(dataDir, 'ledgerside.db');
  if (!existsSync(from)) throw refuse(`There is no database in ${dataDir}.`);
  if (existsSync(to)) throw refuse(`${to} exists already.`);
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  // `vacuum into` accepts an empty file; a file that it creates itself would be readable by everybody.
  closeSync(openSync(to, 'wx', 0o600));
  const sqlite = new Libsql(from);
  try {
    sqlite.pragma('busy_timeout = 10000');
    sqlite.prepare('vacuum into ?').run([to]);
  } finally {
    sqlite.close();
  }
  sync(to);
  return readCopy(to);
}

/** Rejects, with a plain message, a file that is not a complete database of this or an earlier release. */
export function readCopy(file: string): Copy {
  if (!existsSync(file)) throw refuse(`There is no file ${file}.`);
  const sqlite = new Libsql(file, { readonly: true });
  try {
    const all = (text: string) => rowsSchema.parse(sqlite.prepare(text).all([]));
    if (JSON.stringify(all('pragma integrity_check')) !== '[{"integrity_check":"ok"}]')
      throw refuse(`${file} is damaged: SQLite’s integrity check does not pass.`);
    const newer = findUnknownMigration(all('select name from kysely_migration').map(({ name }) => String(name)));
    if (newer !== undefined) throw refuse(`${file} cannot be used: ${newerReleaseWords(newer)}`);
    const count = (table: string) => Number(all(`select count(*) as n from ${table}`)[0]?.n);
    const newest = all('select max(at) as at from audit')[0]?.at;
    return {
      bytes: statSync(file).size,
      newestAct: typeof newest === 'string' ? newest : null,
      rows: { links: count('links'), writes: count('writes'), audit: count('audit') },
    };
  } catch (error) {
    if (error instanceof AppError) throw error;
    const reason = codeOf(error) === 'SQLITE_NOTADB' ? 'no SQLite database' : 'no database of Ledgerside';
    throw refuse(`${file} is ${reason}, or cannot be read.`, error);
  } finally {
    sqlite.close();
  }
}

/**
 * Replaces the database by a copy. The old database is kept beside it with its side files. Use it only while no server
 * runs.
 */
export function putBackSqlite(place: { dataDir: string; from: string; stamp: string }): { kept: string | null } {
  const { dataDir, from, stamp } = place;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = buildSqliteProcessLock(join(dataDir, 'ledgerside.lock'));
  if (!lock.hold()) throw refuse('The server still runs on this database. Stop it first.');
  try {
    const file = join(dataDir, 'ledgerside.db');
    const arriving = join(dataDir, `ledgerside.db.arriving-${stamp}`);
    copyWhole(from, arriving);
    readCopy(arriving);
    dropSideFiles(arriving);
    sync(arriving);
    const kept = existsSync(file) ? `${file}.before-${stamp}` : null;
    if (kept !== null) for (const part of ['', '-wal', '-shm']) moveIfThere(file + part, kept + part);
    renameSync(arriving, file);
    sync(dataDir);
    return { kept };
  } finally {
    lock.release();
  }
}

/** Includes the -wal file beside it, if the operator copied both. */
function copyWhole(from: string, to: string): void {
  copyFileSync(from, to);
  chmodSync(to, 0o600);
  if (!existsSync(`${from}-wal`)) return;
  copyFileSync(`${from}-wal`, `${to}-wal`);
  const sqlite = new Libsql(to);
  try {
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    sqlite.close();
  }
}

/** Both are empty by now. A later database of this name must not read them. */
function dropSideFiles(file: string): void {
  for (const part of ['-wal', '-shm']) rmSync(file + part, { force: true });
}

/** SQLite finds a -wal file by the name of its database, so all three files are renamed together. */
function moveIfThere(from: string, to: string): void {
  if (existsSync(from)) renameSync(from, to);
}

/** Makes what was written survive a power cut. */
function sync(path: string): void {
  const handle = openSync(path, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
