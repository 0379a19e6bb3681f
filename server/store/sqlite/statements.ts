import type { SqliteStatement } from 'kysely';
import type Libsql from 'libsql';
import { LRUCache } from 'lru-cache';
import { translatedSync } from '../foreign-error.ts';
import { isSqliteAway } from './error.ts';

/** The product has some fifty texts; lists of many lengths make the rest. */
const maxStatements = 200;

/** Prepares each text once: that is half the cost of a look-up by key. SQLite renews a statement by itself when the schema changes. */
export const cacheStatements = (sqlite: Libsql.Database): ((sql: string) => SqliteStatement) => {
  const statements = new LRUCache<string, SqliteStatement>({ max: maxStatements });
  return (sql) => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = toKyselyStatement(translatedSync(isSqliteAway, () => sqlite.prepare(sql)));
    statements.set(sql, statement);
    return statement;
  };
};

const toKyselyStatement = (statement: Libsql.Statement): SqliteStatement => ({
  reader: statement.reader,
  all: (parameters) => translatedSync(isSqliteAway, () => statement.all([...parameters])),
  run: (parameters) => {
    const { changes, lastInsertRowid } = translatedSync(isSqliteAway, () => statement.run([...parameters]));
    return { changes, lastInsertRowid };
  },
  iterate: (parameters) => translatedSync(isSqliteAway, () => statement.iterate([...parameters])),
});
