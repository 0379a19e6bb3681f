import type { SqliteStatement } from 'kysely';
import type Libsql from 'libsql';
import { LRUCache } from 'lru-cache';
import { translatedSync } from '../foreign-error.ts';
import { isSqliteAway } from './error.ts';

/** The product has about fifty SQL texts. Lists of different lengths add more. */
const maxStatements = 200;

/**
 * Prepares each text once, which saves half the cost of a lookup by key. SQLite re-prepares a statement when the schema
 * changes.
 */
export function cacheStatements(sqlite: Libsql.Database): (sql: string) => SqliteStatement {
  const statements = new LRUCache<string, SqliteStatement>({ max: maxStatements });
  return (sql) => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = toKyselyStatement(translatedSync(isSqliteAway, () => sqlite.prepare(sql)));
    statements.set(sql, statement);
    return statement;
  };
}

function toKyselyStatement(statement: Libsql.Statement): SqliteStatement {
  return {
    reader: statement.reader,
    all: (parameters) => translatedSync(isSqliteAway, () => statement.all([...parameters])),
    run: (parameters) => {
      const { changes, lastInsertRowid } = translatedSync(isSqliteAway, () => statement.run([...parameters]));
      return { changes, lastInsertRowid };
    },
    iterate: (parameters) => translatedSync(isSqliteAway, () => statement.iterate([...parameters])),
  };
}
