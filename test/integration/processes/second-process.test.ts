import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startXero, type XeroSandbox } from '#test/sandbox/xero/start.ts';
import { findFreePort } from '#test/support/programs/free-port.ts';
import { startPostgres } from '#test/support/programs/postgres.ts';
import { newEncryptionKey, newWorkspace, type Product, startProduct } from '#test/support/programs/product.ts';

// Starts a real process three times, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 });

const databases = [
  { name: 'SQLite', start: async () => ({ databaseUrl: undefined, stop: async () => undefined }) },
  {
    name: 'Postgres',
    start: async () => {
      const postgres = await startPostgres();
      return { databaseUrl: await postgres.createDatabase(), stop: postgres.remove };
    },
  },
] as const;

describe.each(databases)('a second process without Redis, on $name', ({ start }) => {
  const running: (() => Promise<unknown>)[] = [];
  let xero: XeroSandbox;
  let startAnother: () => Promise<Product>;

  beforeAll(async () => {
    xero = await startXero();
    const dataDir = await mkdtemp(join(tmpdir(), 'ledgerside-second-'));
    const { databaseUrl, stop } = await start();
    running.push(
      () => rm(dataDir, { recursive: true, force: true }),
      stop,
      () => xero.close(),
    );
    const place = { xero, hostOrigins: ['http://127.0.0.1:4999'], dataDir, databaseUrl };
    const [workspace, encryptionKey] = [newWorkspace(), newEncryptionKey()];
    startAnother = async () => {
      const product = await startProduct({ ...place, workspace, encryptionKey, port: await findFreePort() });
      running.push(() => product.stop());
      return product;
    };
  });
  afterAll(async () => {
    for (const end of running.reverse()) await end();
  });

  test('a second process refuses to start and says what to set', async () => {
    const first = await startAnother();
    await expect(startAnother()).rejects.toThrow(
      'Another process already uses this database. To run several, set REDIS_URL.',
    );
    expect((await fetch(`${first.origin}/readyz`)).status).toBe(200);
    expect(await first.stop()).toBe(0);
    await startAnother();
  });
});
