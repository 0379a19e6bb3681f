import { copyFile, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openStore } from '#server/store/open-store.ts';
import type { Store } from '#server/store/store.ts';
import { startPostgres } from '#test/support/programs/postgres.ts';
import { newEncryptionKey } from '#test/support/programs/product.ts';
import { requireProgram } from '#test/support/programs/require-program.ts';
import { runCommand } from '#test/support/programs/run-command.ts';
import { newLink, newSession, newWrite } from './suites/rows.ts';

// Each test runs the operator's commands, which are slow on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'ledgerside-copies-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

function open(dir = dataDir): Promise<Store> {
  return openStore({
    dataDir: dir,
    onError: (error) => {
      throw error;
    },
  });
}

/** Runs the operator's command with the server's environment. */
function run(name: 'backup' | 'restore', ...args: string[]) {
  return runWith({}, name, ...args);
}
function runWith(env: Record<string, string>, name: 'backup' | 'restore', ...args: string[]) {
  return runCommand(process.execPath, [`dist/server/${name}.js`, ...args], {
    env: {
      DATA_DIR: dataDir,
      ENCRYPTION_KEY: newEncryptionKey(),
      PUBLIC_URL: 'http://localhost:4000',
      XERO_CLIENT_ID: 'id',
      XERO_CLIENT_SECRET: 'secret',
      WORKSPACE_ID: 'acme',
      WORKSPACE_SECRET: 'a secret of the workspace acme, long enough',
      WORKSPACE_ORIGINS: 'http://127.0.0.1:4999',
      ...env,
    },
  });
}

function findLink(store: Store, { workspaceId, organisationId, record }: ReturnType<typeof newLink>) {
  return store.links.find(workspaceId, organisationId, record);
}

describe('a copy of the database file alone', () => {
  test('a copy of a closed store is complete', async () => {
    const store = await open();
    const link = newLink();
    await store.links.put(link);
    expect(await findLink(store, link)).toEqual(link);
    await store.close();
    const elsewhere = await mkdtemp(join(dataDir, 'elsewhere-'));
    await copyFile(join(dataDir, 'ledgerside.db'), join(elsewhere, 'ledgerside.db'));
    const copy = await open(elsewhere);
    expect(await findLink(copy, link)).toEqual(link);
    await copy.close();
  });
});

describe('backup and restore', () => {
  test('a restored backup is as it was, and says what that means', async () => {
    const store = await open();
    const [kept, later] = [newLink(), newLink()];
    await store.links.put(kept);
    const unsent = newWrite();
    const sent = newWrite({ sentAt: '2026-03-14T12:01:00.000Z' });
    for (const write of [unsent, sent]) await store.writes.begin(write);
    const session = newSession({ expiresAt: '2099-01-01T00:00:00.000Z' });
    await store.sessions.create(session);
    const file = join(dataDir, 'safe', 'copy.db');
    const backup = await run('backup', '--to', file);
    expect([backup.code, backup.output]).toEqual([0, expect.stringContaining('1 links, 2 writes')]);
    expect(backup.output).toContain('ENCRYPTION_KEY is not in it');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await store.links.put(later);
    await store.close();

    const restored = await run('restore', '--from', file);
    expect([restored.code, restored.output]).toEqual([0, expect.stringContaining('Reconnect needed')]);
    expect(restored.output).toContain('have access again');
    expect(restored.output).toContain('1 documents and 0 notes');
    const again = await open();
    expect([await findLink(again, kept), await findLink(again, later)]).toEqual([kept, undefined]);
    // It may have been sent since, so Xero is searched first.
    expect((await again.writes.find(unsent.workspaceId, unsent.id))?.sentAt).toBe(unsent.createdAt);
    expect((await again.writes.find(sent.workspaceId, sent.id))?.sentAt).toBe(sent.sentAt);
    expect(await again.sessions.find(session.tokenHash)).toBeUndefined();
    expect(await again.audit.list('acme', { limit: 5 })).toMatchObject([{ action: 'restore', outcome: 'restored' }]);
    await again.close();

    const before = (await readdir(dataDir)).find((name) => /^ledgerside\.db\.before-[^.]*Z$/.test(name)) ?? '';
    const replaced = new Libsql(join(dataDir, before), { readonly: true });
    expect(replaced.prepare('select count(*) as n from links').all([])).toEqual([{ n: 2 }]);
    replaced.close();
    expect((await readdir(dataDir)).filter((name) => name.includes('arriving'))).toEqual([]);
  });

  test('restores a database that was copied with its -wal file', async () => {
    const store = await open();
    const link = newLink();
    await store.links.put(link);
    const file = join(dataDir, 'raw.db');
    for (const part of ['', '-wal']) await copyFile(join(dataDir, `ledgerside.db${part}`), file + part);
    await store.close();
    expect((await run('restore', '--from', file)).code).toBe(0);
    const again = await open();
    expect(await findLink(again, link)).toEqual(link);
    await again.close();
  });

  test('does not restore over a running server', async () => {
    const store = await open();
    expect(await store.holdProcessLock()).toBe(true);
    const file = join(dataDir, 'copy.db');
    expect((await run('backup', '--to', file)).code).toBe(0);
    const { code, output } = await run('restore', '--from', file);
    expect([code, output]).toEqual([1, expect.stringContaining('The server still runs on this database')]);
    await store.close();
  });

  test('a missing, damaged or wrong file changes nothing', async () => {
    const store = await open();
    const link = newLink();
    await store.links.put(link);
    await store.close();
    const file = join(dataDir, 'copy.db');
    expect((await run('restore', '--from', file)).output).toContain('There is no file');
    await writeFile(file, 'not a database '.repeat(500));
    expect(await run('restore', '--from', file)).toMatchObject({
      code: 1,
      output: expect.stringContaining('no SQLite database'),
    });
    await rm(file);
    new Libsql(file).exec('create table strangers (id text)');
    expect(await run('restore', '--from', file)).toMatchObject({
      code: 1,
      output: expect.stringContaining('no database of Ledgerside'),
    });
    const again = await open();
    expect(await findLink(again, link)).toEqual(link);
    await again.close();
  });
});

describe('Postgres, restored with its own tools', () => {
  test('restore --done after pg_restore marks everything as possibly sent', async () => {
    const { postgres, databaseUrl } = await startDatabase();
    const openAt = (url: string) => openStore({ databaseUrl: url, dataDir, onError: () => undefined });
    const store = await openAt(databaseUrl);
    const [unsent, sent] = [newWrite(), newWrite({ sentAt: '2026-03-14T12:01:00.000Z' })];
    for (const write of [unsent, sent]) await store.writes.begin(write);
    const session = newSession({ expiresAt: '2099-01-01T00:00:00.000Z' });
    await store.sessions.create(session);
    const [kept, later] = [newLink(), newLink()];
    await store.links.put(kept);
    const file = join(dataDir, 'ledgerside.dump');
    const dumped = await runCommand(requireProgram('pg_dump'), ['--format=custom', '-d', databaseUrl, '-f', file]);
    expect([dumped.code, dumped.output]).toEqual([0, '']);
    await store.links.put(later);
    await store.close();

    const restoredUrl = await postgres.createDatabase();
    const put = await runCommand(requireProgram('pg_restore'), ['--no-owner', '-d', restoredUrl, file]);
    expect([put.code, put.output]).toEqual([0, '']);
    const env = { DATABASE_URL: restoredUrl };
    // Backup files are only for SQLite.
    expect(await runWith(env, 'restore', '--from', file)).toMatchObject({ code: 1 });
    const restored = await runWith(env, 'restore', '--done');
    expect([restored.code, restored.output]).toEqual([0, expect.stringContaining('Reconnect needed')]);
    expect(restored.output).toContain('1 documents and 0 notes');

    const again = await openAt(restoredUrl);
    expect([await findLink(again, kept), await findLink(again, later)]).toEqual([kept, undefined]);
    expect((await again.writes.find(unsent.workspaceId, unsent.id))?.sentAt).toBe(unsent.createdAt);
    expect((await again.writes.find(sent.workspaceId, sent.id))?.sentAt).toBe(sent.sentAt);
    expect(await again.sessions.find(session.tokenHash)).toBeUndefined();
    expect(await again.audit.list('acme', { limit: 5 })).toMatchObject([{ action: 'restore', outcome: 'restored' }]);
    await again.close();
    await postgres.remove();
  });
});

async function startDatabase() {
  const postgres = await startPostgres();
  const databaseUrl = await postgres.createDatabase();
  const query = async (statement: string) => {
    const client = new Client(databaseUrl);
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  return { postgres, databaseUrl, query };
}

describe('a database that a newer release has changed', () => {
  const newer = 'a newer release of Ledgerside has used it and changed its tables (9999-later)';
  const useLater = () => {
    const sqlite = new Libsql(join(dataDir, 'ledgerside.db'));
    sqlite.prepare("insert into kysely_migration values ('9999-later', '2030-01-01T00:00:00.000Z')").run([]);
    sqlite.close();
  };

  test('refuses on Postgres in the same words, also when restoring', async () => {
    const { postgres, databaseUrl, query } = await startDatabase();
    await (await openStore({ databaseUrl, dataDir, onError: () => undefined })).close();
    await query("insert into kysely_migration values ('9999-later', '2030-01-01T00:00:00.000Z')");
    await expect(openStore({ databaseUrl, dataDir, onError: () => undefined })).rejects.toThrow(
      `The Postgres database could not be opened: ${newer}`,
    );
    const { code, output } = await runWith({ DATABASE_URL: databaseUrl }, 'restore', '--done');
    expect([code, output]).toEqual([1, expect.stringContaining(newer)]);
    await postgres.remove();
  });

  test('refuses in plain words, also when restoring a copy', async () => {
    await (await open()).close();
    useLater();
    await expect(open()).rejects.toThrow(newer);
    const file = join(dataDir, 'copy.db');
    await copyFile(join(dataDir, 'ledgerside.db'), file);
    const { code, output } = await run('restore', '--from', file);
    expect([code, output]).toEqual([1, expect.stringContaining(newer)]);
  });
});
