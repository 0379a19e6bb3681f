import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import Libsql from 'libsql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '#server/store/open-store.ts';
import type { Store } from '#server/store/store.ts';
import { startPostgres, type TestPostgres } from '#test/support/programs/postgres.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { newLink } from './suites/rows.ts';

const unavailable = expect.objectContaining({ name: 'AppError', code: 'unavailable', cause: expect.anything() });

describe('store on a Postgres that comes and goes', () => {
  let postgres: TestPostgres;
  let databaseUrl: string;
  let store: Store;
  const heard: unknown[] = [];
  const onError = (error: unknown): void => {
    heard.push(error);
  };

  beforeAll(async () => {
    postgres = await startPostgres();
    databaseUrl = await postgres.createDatabase();
    store = await openStore({ databaseUrl, dataDir: tmpdir(), onError });
  });
  afterAll(async () => {
    await store.close();
    await postgres.remove();
  });

  test('calls are unavailable during a crash, and everything is there after', async () => {
    const [before, after] = [newLink(), newLink()];
    await store.links.put(before);
    // Several idle connections in the pool, all of which break.
    await Promise.all(Array.from({ length: 5 }, () => store.ping()));

    await postgres.kill();
    const calls = [
      store.ping(),
      store.links.put(after),
      store.access.change('w', null, () => []),
      store.holdProcessLock(),
    ];
    for (const outcome of await Promise.allSettled(calls)) {
      expect(outcome).toEqual({ status: 'rejected', reason: unavailable });
    }

    await postgres.start();
    await store.ping();
    await store.links.put(after);
    for (const { workspaceId, organisationId, record } of [before, after]) {
      expect(await store.links.find(workspaceId, organisationId, record)).toBeDefined();
    }
    expect(heard).not.toEqual([]);
    expect(inspect(heard, { depth: null, showHidden: true })).not.toContain(new URL(databaseUrl).password);
  });

  test('the process lock is taken again after it broke', async () => {
    expect(await store.holdProcessLock()).toBe(true);
    await postgres.kill();
    await postgres.start();
    const another = await openStore({ databaseUrl, dataDir: tmpdir(), onError });
    // Uses its own connection: true only once this store has the lock again.
    await waitUntil(() => store.holdProcessLock(), 'the lock to be taken again');
    expect(await another.holdProcessLock()).toBe(false);
    await another.close();
  });

  test('a missing database is named at the start with the reason', async () => {
    const opened = openStore({ databaseUrl: 'postgres://nobody:secret@127.0.0.1:1/none', dataDir: tmpdir(), onError });
    await expect(opened).rejects.toEqual(unavailable);
    await expect(opened).rejects.toThrow(/^The Postgres database could not be opened: .*ECONNREFUSED/);
    await expect(opened).rejects.not.toThrow(/secret/);
  });
});

describe('store on a SQLite that is held up', () => {
  test('a long write elsewhere blocks writes but not reads', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'ledgerside-busy-'));
    const store = await openStore({ dataDir, onError: () => undefined });
    const link = newLink();
    await store.links.put(link);
    const other = new Libsql(join(dataDir, 'ledgerside.db'));
    other.exec('begin immediate');

    await expect(store.links.put(newLink())).rejects.toEqual(unavailable);
    await expect(store.access.change('w', null, () => [])).rejects.toEqual(unavailable);
    expect(await store.links.find(link.workspaceId, link.organisationId, link.record)).toEqual(link);

    other.exec('rollback');
    await store.links.put(newLink());
    await store.close();
    await rm(dataDir, { recursive: true });
  });

  test('reports a folder that cannot be created', async () => {
    // A file in the place of a folder.
    const dataDir = join(fileURLToPath(import.meta.url), 'data');
    const opened = openStore({ dataDir, onError: () => undefined });
    await expect(opened).rejects.toThrow(/^The SQLite database could not be opened: ENOTDIR/);
  });
});
