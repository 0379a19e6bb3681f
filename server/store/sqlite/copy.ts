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

/** What a copy of the database holds. */
export type Copy = {
  bytes: number;
  /** Of the newest act in its audit, an instant; null for an empty one. */
  newestAct: string | null;
  rows: { links: number; writes: number; audit: number };
};

const rowsSchema = z.array(z.record(z.string(), z.unknown()));

const refuse = (detail: string, cause?: unknown): AppError => new AppError('unavailable', { detail, cause });

/**
 * Writes a whole and consistent copy of `{dataDir}/ledgerside.db` to a new file, readable by its owner only, beside a
 * server that runs. The database is not brought up to date by it, so that a backup can be made before an upgrade.
 */
export const backUpSqlite = ({ dataDir, to }: { dataDir: string; to: string }): Copy => {
  const from = join(dataDir, 'ledgerside.db');
  if (!existsSync(from)) throw refuse(`There is no database in ${dataDir}.`);
  if (existsSync(to)) throw refuse(`${to} exists already.`);
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  // `vacuum into` takes an empty file, and would make one that everybody can read.
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
};

/** Rejects in plain words what is no whole database of this release or an earlier one. */
export const readCopy = (file: string): Copy => {
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
};

/**
 * Puts a copy in the place of the database, which is kept beside it with everything that belongs to it. Only while no
 * server runs on it.
 */
export const putBackSqlite = (place: { dataDir: string; from: string; stamp: string }): { kept: string | null } => {
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
};

/** With what stands in the -wal file beside it, where somebody copied both. */
const copyWhole = (from: string, to: string): void => {
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
};

/** Empty by now; another database of this name must not find them. */
const dropSideFiles = (file: string): void => {
  for (const part of ['-wal', '-shm']) rmSync(file + part, { force: true });
};

/** SQLite finds a -wal file by the name of its database: the three stay together under another name. */
const moveIfThere = (from: string, to: string): void => {
  if (existsSync(from)) renameSync(from, to);
};

/** What was written survives a power cut. */
const sync = (path: string): void => {
  const handle = openSync(path, 'r');
  fsyncSync(handle);
  closeSync(handle);
};
