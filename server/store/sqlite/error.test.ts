import Libsql from 'libsql';
import { expect, test } from 'vitest';
import { isSqliteAway } from './error.ts';

function errorOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('expected an error');
}

test('a full disk counts as unavailable', () => {
  const sqlite = new Libsql(':memory:');
  sqlite.exec('create table t (a text)');
  sqlite.pragma('max_page_count = 2');
  const insert = sqlite.prepare('insert into t values (?)');
  expect(isSqliteAway(errorOf(() => insert.run(['x'.repeat(100_000)])))).toBe(true);
});

test('our own bug does not count as unavailable', () => {
  const sqlite = new Libsql(':memory:');
  sqlite.exec('create table t (a text primary key)');
  const insert = sqlite.prepare('insert into t values (?)');
  insert.run(['x']);
  expect(isSqliteAway(errorOf(() => insert.run(['x'])))).toBe(false);
  expect(isSqliteAway(errorOf(() => sqlite.prepare('select nothing')))).toBe(false);
  expect(isSqliteAway(new TypeError('no'))).toBe(false);
});

test('an extended code counts as its base', () => {
  for (const code of ['SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_IOERR_FSYNC', 'SQLITE_READONLY_DBMOVED']) {
    expect(isSqliteAway(Object.assign(new Error('x'), { code }))).toBe(true);
  }
});
