import type Libsql from 'libsql';
import { openDatabase } from './database.ts';
import type { KindName, Lookup } from './kinds/kind.ts';
import { kinds } from './kinds/kinds.ts';
import { parseRow } from './parse-row.ts';
import type { Line, Row, SyncState, Values } from './row.ts';

export type Entry = { values: Values; lines?: readonly Line[] };

/** Records that are also sent to Xero, in a database. */
export type Books = Lookup & {
  /** Newest first. */
  list(kind: KindName): readonly Row[];
  /** A new record without an id, or a change of one. Its version is raised. */
  save(kind: KindName, entry: Entry & { id?: string }): Row;
  remove(kind: KindName, id: string): void;
  /** Rows of which Ledgerside does not have the newest version, deleted ones among them. */
  listToHand(kind: KindName): readonly Row[];
  /** Ledgerside has this version. */
  markHanded(row: Row): void;
  /** Gives the row a version above the one that Ledgerside has. */
  raiseVersion(row: Row, above: number): void;
  noteSync(kind: KindName, id: string, sync: SyncState): void;
  /** What the CRM keeps for itself, such as the place in the feed. */
  keep(name: string, value: string | undefined): void;
  findKept(name: string): string | undefined;
  /** Names that begin so, with their values. */
  listKept(prefix: string): readonly (readonly [string, string])[];
  inTransaction(work: () => void): void;
  close(): void;
};

const prefixes: Readonly<Record<KindName, string>> = {
  ...{ expenses: 'exp', invoices: 'inv', payments: 'pay', items: 'item', customers: 'c', suppliers: 's' },
  ...{ 'purchase-orders': 'po', 'supplier-credits': 'cr' },
};

export function openBooks({ file = ':memory:', now }: { file?: string; now: () => Date }): Books {
  const sqlite = openDatabase(file);
  const { all, find, get, list, run } = buildStatements(sqlite);
  return {
    list: (kind) => all(kind, 'isDeleted = 0 ORDER BY rowid DESC'),
    find: (kind, id) => {
      const row = find(kind, id);
      return row?.isDeleted ? undefined : row;
    },
    save: (kind, { id: given, ...entry }) => {
      const known = given === undefined ? undefined : find(kind, given);
      const newest = `SELECT id FROM "${kind}" ORDER BY rowid DESC LIMIT 1`;
      const id = given ?? nextId(kind, get(newest));
      const version = Math.max(now().getTime(), (known?.version ?? -1) + 1);
      const { sql, parameters } = toSave(kind, { ...entry, id, version });
      run(sql, ...parameters);
      return getRow(find(kind, id));
    },
    remove: (kind, id) => {
      const row = find(kind, id);
      if (!row) return;
      const version = Math.max(now().getTime(), row.version + 1);
      run(`UPDATE "${kind}" SET isDeleted = 1, version = ? WHERE id = ?`, version, id);
    },
    listToHand: (kind) => all(kind, '(handedVersion IS NULL OR handedVersion < version) ORDER BY rowid'),
    markHanded: ({ kind, id, version }) => {
      run(`UPDATE "${kind}" SET handedVersion = ? WHERE id = ?`, version, id);
    },
    raiseVersion: ({ kind, id }, above) => {
      run(`UPDATE "${kind}" SET version = ? WHERE id = ? AND version <= ?`, above + 1, id, above);
    },
    noteSync: (kind, id, { state, message, xeroKind, xeroId, xeroNumber, xeroUrl, syncedAt }) => {
      run(
        `UPDATE "${kind}" SET syncState = ?, syncMessage = ?, xeroKind = ?, xeroId = ?, xeroNumber = ?, xeroUrl = ?,
          syncedAt = ? WHERE id = ?`,
        ...[state, message, xeroKind, xeroId, xeroNumber, xeroUrl, syncedAt, id],
      );
    },
    keep: (name, value) => {
      if (value === undefined) run('DELETE FROM kept WHERE name = ?', name);
      else run('INSERT OR REPLACE INTO kept VALUES (?, ?)', name, value);
    },
    findKept: (name) => {
      const found: unknown = get('SELECT value FROM kept WHERE name = ?', name);
      return typeof found === 'object' && found && 'value' in found ? String(found.value) : undefined;
    },
    listKept: (prefix) =>
      parseKept(list('SELECT name, value FROM kept WHERE substr(name, 1, ?) = ?', prefix.length, prefix)),
    inTransaction: (work) => sqlite.transaction(work)(),
    close: () => sqlite.close(),
  };
}

/** Each text is prepared once. */
function buildStatements(sqlite: Libsql.Database) {
  const statements = new Map<string, Libsql.Statement<unknown[]>>();
  const prepare = (sql: string) => {
    const statement = statements.get(sql) ?? sqlite.prepare<unknown[]>(sql);
    statements.set(sql, statement);
    return statement;
  };
  const get = (sql: string, ...parameters: unknown[]): unknown => prepare(sql).get(...parameters);
  return {
    get,
    list: (sql: string, ...parameters: unknown[]): unknown[] => prepare(sql).all(...parameters),
    run: (sql: string, ...parameters: unknown[]) => prepare(sql).run(...parameters),
    all: (kind: KindName, where: string) =>
      prepare(`SELECT * FROM "${kind}" WHERE ${where}`)
        .all()
        .map((found) => parseRow(kind, found)),
    find: (kind: KindName, id: string) => {
      const found = get(`SELECT * FROM "${kind}" WHERE id = ?`, id);
      return found === undefined ? undefined : parseRow(kind, found);
    },
  };
}

function parseKept(rows: readonly unknown[]): [string, string][] {
  return rows.flatMap((row): [string, string][] =>
    typeof row === 'object' && row && 'name' in row && 'value' in row ? [[String(row.name), String(row.value)]] : [],
  );
}

/** Deleted records stay in the table, so that their ids are never given again. */
function nextId(kind: KindName, newest: unknown): string {
  const id = typeof newest === 'object' && newest && 'id' in newest ? String(newest.id) : '';
  return `${prefixes[kind]}-${Number(/\d+$/.exec(id)?.[0] ?? 0) + 1}`;
}

function getRow(row: Row | undefined): Row {
  if (!row) throw new Error('the record was not saved');
  return row;
}

function toSave(kind: KindName, { id, version, values, lines = [] }: Entry & { id: string; version: number }) {
  const columns = new Map<string, string | number>([
    ...kinds[kind].fields.map(({ name }) => [name, values[name] ?? ''] as const),
    ...([
      ['id', id],
      ['version', version],
      ['lines', JSON.stringify(lines)],
      ['isDeleted', 0],
    ] as const),
  ]);
  const names = [...columns.keys()].map((name) => `"${name}"`);
  const updates = names.filter((name) => name !== '"id"').map((name) => `${name} = excluded.${name}`);
  const sql = `INSERT INTO "${kind}" (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})
    ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')}`;
  return { sql, parameters: [...columns.values()] };
}
