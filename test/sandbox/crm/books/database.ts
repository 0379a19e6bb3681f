import Libsql from 'libsql';
import { type KindName, kindNames } from './kinds/kind.ts';
import { kinds } from './kinds/kinds.ts';

/** Opens the file and creates what is missing in it. `:memory:` is a database that ends with the process. */
export function openDatabase(file: string): Libsql.Database {
  const sqlite = new Libsql(file);
  for (const kind of kindNames) {
    sqlite.exec(toTable(kind));
    addMissingColumn(sqlite, kind, 'xeroKind');
  }
  sqlite.exec('CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value TEXT NOT NULL)');
  return sqlite;
}

/** A file of an older version of this CRM has not got the column. */
function addMissingColumn(sqlite: Libsql.Database, kind: KindName, column: string): void {
  const known = sqlite.prepare<unknown[]>(`SELECT 1 FROM pragma_table_info('${kind}') WHERE name = '${column}'`).get();
  if (known === undefined) sqlite.exec(`ALTER TABLE "${kind}" ADD COLUMN ${column} TEXT`);
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
    xeroKind TEXT,
    xeroId TEXT,
    xeroNumber TEXT,
    xeroUrl TEXT,
    syncedAt TEXT,
    ${fields.join(', ')}
  )`;
}
