import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompiledQuery, createQueryId, type Kysely, type RootOperationNode, sql } from 'kysely';
import Libsql from 'libsql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '#server/store/database.ts';
import { migrate } from '#server/store/migrate.ts';
import { openPostgresDatabase } from '#server/store/postgres/database.ts';
import type { Schema } from '#server/store/schema.ts';
import { openSqliteDatabase } from '#server/store/sqlite/database.ts';
import type { RecordFilter, RecordStore } from '#server/store/tables/records/record-store.ts';
import { buildRecords } from '#server/store/tables/records/records.ts';
import type { ChangeStore } from '#server/store/tables/sync/change-store.ts';
import { buildChanges } from '#server/store/tables/sync/changes.ts';
import { startPostgres } from '#test/support/programs/postgres.ts';
import { at, newRecord } from './suites/rows.ts';

const where = { workspaceId: 'acme', organisationId: 'org' };
const backlog = 6_000;

/** `explain`: the plan of a statement, as the database tells it. */
type Opened = {
  database: Database;
  explain(statement: CompiledQuery): Promise<unknown[]>;
  stop(): Promise<void>;
};

const backends: Record<string, () => Promise<Opened>> = {
  SQLite: async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'ledgerside-plans-'));
    const database = openSqliteDatabase(dataDir);
    await migrate(database.db, 'sqlite');
    // The product's own driver runs `explain query plan update` as a change, which has no rows.
    const reader = new Libsql(join(dataDir, 'ledgerside.db'), { readonly: true });
    const explain = async (compiled: CompiledQuery) =>
      reader.prepare(`explain query plan ${compiled.sql}`).all([...compiled.parameters]);
    const stop = async () => {
      reader.close();
      await rm(dataDir, { recursive: true, force: true });
    };
    return { database, explain, stop };
  },
  Postgres: async () => {
    const postgres = await startPostgres();
    const database = await openPostgresDatabase(await postgres.createDatabase(), () => undefined);
    const explain = async (compiled: CompiledQuery) =>
      (await database.db.executeQuery(CompiledQuery.raw(`explain ${compiled.sql}`, [...compiled.parameters]))).rows;
    return { database, explain, stop: () => postgres.remove() };
  },
};

/** Most wait for the same thing; some are of other states and kinds. */
async function fill({ db, dialect }: Database): Promise<void> {
  const records = buildRecords(db);
  const states = ['synced', 'problem', 'question'];
  for (let start = 0; start < backlog; start += 500) {
    const rows = Array.from({ length: 500 }, (_, index) => {
      const number = start + index;
      const held = { blockedOn: number % 2 ? 'plan' : null, nextTryAt: at(number % 60) };
      const other = { state: states[number % 3] ?? '', code: 'category_unmapped', blockedOn: `lock-${number % 9}` };
      const row = { ...where, key: `x-${number}`, crmId: `x-${number}`, stateSince: at(number), ...held };
      return newRecord({ ...row, ...(number % 10 ? {} : { ...other, nextTryAt: null, kind: 'invoices' }) });
    });
    await records.save(...rows);
  }
  const changes = buildChanges(db);
  const change = {
    ...{ organisationId: 'org', type: 'state', kind: 'expenses', crmId: 'x' },
    xeroId: null,
    data: '{}',
  };
  for (let start = 0; start < backlog; start += 500) {
    const rows = Array.from({ length: 500 }, (_, index) => ({ ...change, state: null, at: at(start + index) }));
    await changes.append(where.workspaceId, rows);
  }
  // Postgres does this by itself after a while.
  if (dialect === 'postgres') await sql`analyze`.execute(db);
}

/** Runs a call of the store, and returns the plans of its reads and changes. */
async function plansOf(
  { database: { db }, explain }: Opened,
  call: (stores: { records: RecordStore; changes: ChangeStore }) => Promise<unknown>,
): Promise<string> {
  const nodes: RootOperationNode[] = [];
  const watched: Kysely<Schema> = db.withPlugin({
    transformQuery: ({ node }) => {
      nodes.push(node);
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  await call({ records: buildRecords(watched), changes: buildChanges(watched) });
  const plans = [];
  for (const node of nodes.filter(({ kind }) => kind !== 'InsertQueryNode')) {
    const compiled = db.getExecutor().compileQuery(node, createQueryId());
    plans.push(...(await explain(compiled)).map((row) => JSON.stringify(row)));
  }
  return plans.join('\n');
}

/** A walk over all rows of a table. */
const slow = /SCAN (records|changes)\b(?! USING COVERING INDEX)|Seq Scan on (records|changes)\b/;

const leased = { owner: 'a', now: at(59), until: at(99), onlyProcess: null };

const calls: Record<string, (stores: { records: RecordStore; changes: ChangeStore }) => Promise<unknown>> = {
  takeDue: ({ records }) => records.takeDue(where, { kinds: ['expenses', 'invoices'], limit: 50, lease: leased }),
  renewLeases: ({ records }) => records.renewLeases('a', at(99)),
  releaseLeases: ({ records }) => records.releaseLeases('a'),
  wake: ({ records }) => records.wake(where, ['lock-1', 'lock-2'], at(60)),
  listDue: ({ records }) => records.listDue(at(60), 10),
  nextDue: ({ records }) => records.nextDue(where),
  'nextDue of a kind': ({ records }) => records.nextDue(where, 'expenses'),
  findMany: ({ records }) => records.findMany(where, [{ kind: 'expenses', key: 'x-1' }]),
  findByXeroId: ({ records }) => records.findByXeroId(where, 'expenses', 'none'),
  listByXeroId: ({ records }) => records.listByXeroId(where, 'expenses', 'none'),
  'changes.list': ({ changes }) => changes.list(where.workspaceId, 100, 50),
  'changes.removeBefore': ({ changes }) => changes.removeBefore(at(10)),
};

/** The index in whose order a page is read. Of a code, Postgres knows whether there are few rows, which it sorts. */
const lists: Record<string, { filter: RecordFilter; index: RegExp }> = {
  everything: { filter: {}, index: /records_by_state/ },
  'a kind': { filter: { kinds: ['invoices'] }, index: /records_by_state/ },
  'a kind in a state': { filter: { kinds: ['invoices'], states: ['problem'] }, index: /records_by_kind/ },
  'a state': { filter: { states: ['problem'] }, index: /records_in_state/ },
  'several states': { filter: { states: ['problem', 'question'] }, index: /records_in_state/ },
  'a code': { filter: { states: ['problem'], codes: ['category_unmapped'] }, index: /records_(in_state|by_code)/ },
  'a cause': { filter: { blockedOn: 'categories:client gifts' }, index: /records_by_(hold|state)/ },
  'a few records': {
    filter: { kinds: ['expenses'], crmIds: ['x-1', 'x-2'] },
    index: /records_pk|PRIMARY KEY|autoindex/,
  },
};

for (const [name, start] of Object.entries(backends)) {
  describe(`plans of ${name} with ${backlog} records and changes`, () => {
    let opened: Opened;
    beforeAll(async () => {
      opened = await start();
      await fill(opened.database);
    });
    afterAll(async () => {
      await opened.database.close();
      await opened.stop();
    });

    test.each(Object.entries(calls))('%s finds its rows by an index', async (_, call) => {
      const plans = await plansOf(opened, call);
      expect(plans).not.toMatch(slow);
    });

    test.each(Object.entries(lists))('a page of %s is read in its order', async (_, { filter, index }) => {
      const plans = await plansOf(opened, ({ records }) => records.list(where, filter, { limit: 50 }));
      expect(plans).not.toMatch(slow);
      expect(plans).toMatch(index);
    });
  });
}
