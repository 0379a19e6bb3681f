import Libsql from 'libsql';
import { type KindName, kindNames } from './kinds/kind.ts';
import { kinds } from './kinds/kinds.ts';

/** Opens the file and creates what is missing in it. `:memory:` is a database that ends with the process. */
export function openDatabase(file: string): Libsql.Database {
  const sqlite = new Libsql(file);
  for (const kind of kindNames) sqlite.exec(toTable(kind));
  sqlite.exec('CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value TEXT NOT NULL)');
  return sqlite;
}

/** `lines` is JSON. The columns of `sync…` hold what Ledgerside last said of the record. */
function toTable(kind: KindName): string {
  const fields = kinds[kind].fields.map(({ name }) => `"${name}" TEXT NOT NULL DEFAULT ''`);
  return `CREATE TABLE IF NOT EXISTS "${kind}" (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    handedVersion INTEGER,
    isDeleted INTEGER NOT NULL DEFAULT 0,
    lines TEXT NOT NULL DEFAULT '[]',
    syncState TEXT,
    syncMessage TEXT,
    xeroId TEXT,
    xeroNumber TEXT,
    xeroUrl TEXT,
    syncedAt TEXT,
    ${fields.join(', ')}
  )`;
}
