import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '#server/store/database.ts';
import { openPostgresDatabase } from '#server/store/postgres/database.ts';
import { buildRecords } from '#server/store/tables/records/records.ts';
import { startPostgres, type TestPostgres } from '#test/support/programs/postgres.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { at, newRecord } from './suites/rows.ts';

const where = { workspaceId: 'acme', organisationId: 'org' };
const backlog = 6_000;
const picked = 50;

let postgres: TestPostgres;
let database: Database;
beforeAll(async () => {
  postgres = await startPostgres();
  database = await openPostgresDatabase(await postgres.createDatabase(), () => undefined);
});
afterAll(async () => {
  await database.close();
  await postgres.remove();
});

async function fill(workspaceId: string, size: number): Promise<void> {
  const { save } = buildRecords(database.db);
  for (let start = 0; start < size; start += 500) {
    const rows = Array.from({ length: 500 }, (_, index) => {
      const key = `x-${start + index}`;
      return newRecord({ ...where, workspaceId, key, crmId: key, nextTryAt: at(index % 60) });
    });
    await save(...rows);
  }
}

/** How many entries of each index Postgres has read. It tells a moment later. */
async function readEntries(): Promise<Map<string, number>> {
  const { rows } = await sql<{ name: string; read: string }>`
    select indexrelname as name, idx_tup_read as read from pg_stat_user_indexes where relname = 'records'
  `.execute(database.db);
  return new Map(rows.map(({ name, read }) => [name, Number(read)]));
}

/** What each index was read for since then, as soon as Postgres tells of this one. */
async function readSince(before: Map<string, number>, name: string): Promise<[string, number][]> {
  let read: [string, number][] = [];
  await waitUntil(async () => {
    read = [...(await readEntries())].map(([index, entries]) => [index, entries - (before.get(index) ?? 0)]);
    return read.some(([index, entries]) => index === name && entries >= picked);
  }, 'Postgres to tell what it has read');
  return read;
}

test('due records are picked by their own index, though Postgres knows nothing of the backlog', async () => {
  await fill('other', 500);
  await sql`analyze records`.execute(database.db);
  await fill(where.workspaceId, backlog);
  const before = await readEntries();
  const lease = { owner: 'a', now: at(59), until: at(99), onlyProcess: null };
  const taking = { kinds: ['customers', 'expenses', 'payments'], limit: picked, lease };
  expect(await buildRecords(database.db).takeDue(where, taking)).toHaveLength(picked);

  const read = await readSince(before, 'records_pending_by_kind');
  expect(read.filter(([, entries]) => entries > picked * 2)).toEqual([]);
});

test('records are found by their names through the primary key, though Postgres knows nothing of them', async () => {
  const workspaceId = 'arrived';
  await fill('known', 500);
  await sql`analyze records`.execute(database.db);
  await fill(workspaceId, backlog);
  const before = await readEntries();
  const names = Array.from({ length: picked }, (_, index) => ({ kind: 'expenses', key: `x-${index * 7}` }));
  const found = await buildRecords(database.db).findMany({ ...where, workspaceId }, names);
  expect(found.map(({ key }) => key).toSorted()).toEqual(names.map(({ key }) => key).toSorted());

  const read = await readSince(before, 'records_pk');
  expect(read.filter(([, entries]) => entries > picked * 2)).toEqual([]);
});
