import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RecordList } from '#shared/contract/sync/records.ts';
import { xeroControl } from '#test/sandbox/xero/control.ts';
import { startXero, type XeroSandbox } from '#test/sandbox/xero/start.ts';
import { buildAdmin } from '#test/support/people/admin.ts';
import { buildCrmBackend } from '#test/support/people/crm-backend.ts';
import { fuel } from '#test/support/people/sync-desk.ts';
import { openVisit, type VisitRequest } from '#test/support/people/visit.ts';
import { findFreePort } from '#test/support/programs/free-port.ts';
import { startPostgres, type TestPostgres } from '#test/support/programs/postgres.ts';
import { newEncryptionKey, newWorkspace, type Product, startProduct } from '#test/support/programs/product.ts';
import { startRedis, type TestRedis } from '#test/support/programs/redis.ts';
import { waitUntil } from '#test/support/wait-until.ts';

/** The queue gives the work of a dead process away after its lock, which Redis measures in real time. */
const patienceMs = 240_000;
const crmOrigin = 'http://127.0.0.1:4999';
const ids = Array.from({ length: 60 }, (_, place) => `worker-${place}`);

let xero: XeroSandbox;
let redis: TestRedis;
let postgres: TestPostgres;
let dataDir: string;
let start: (role: string) => Promise<Product>;
const running: Product[] = [];

beforeAll(async () => {
  [xero, redis, postgres] = await Promise.all([startXero(), startRedis(), startPostgres()]);
  dataDir = await mkdtemp(join(tmpdir(), 'ledgerside-sync-worker-'));
  const databaseUrl = await postgres.createDatabase();
  const secrets = { workspace: newWorkspace(), encryptionKey: newEncryptionKey() };
  const place = { databaseUrl, redisUrl: redis.url, ...secrets, xero, hostOrigins: [crmOrigin], dataDir };
  start = async (role) => {
    const product = await startProduct({ ...place, port: await findFreePort(), args: ['--role', role] });
    running.push(product);
    return product;
  };
});
afterAll(async () => {
  for (const product of running) await product.stop('SIGKILL');
  await xero?.close();
  await redis?.stop();
  await postgres?.remove();
  await rm(dataDir, { recursive: true, force: true });
});

/** Connects Xero and turns sync on. */
async function openCrm({ origin, workspace }: Product) {
  const visit = (request: VisitRequest) =>
    openVisit({ productUrl: origin, crmOrigin, workspace, now: () => new Date() }, request);
  await buildAdmin({ visit, productUrl: origin, control: xeroControl(xero.origin) }).connect();
  const crm = buildCrmBackend({ origin, workspace, clock: { now: () => new Date() } });
  await crm.send('PUT', '/api/sync/rules', { enabled: true, since: '2020-01-01' });
  await crm.send('PUT', '/api/sync/mapping', { categories: [{ key: 'Fuel', accountCode: '429' }] });
  return crm;
}

test('a worker is killed in the middle of a batch, and another sends the rest: each bill once', async () => {
  const control = xeroControl(xero.origin);
  const crm = await openCrm(await start('web'));
  const first = await start('worker');
  // Xero makes the bills of the first call, and does not answer.
  await control.fault({ kind: 'hold', method: 'PUT', path: '/Invoices$' });
  const records = ids.map((crmId) => ({ kind: 'expenses', crmId, version: 1, data: { ...fuel, reference: crmId } }));
  await crm.send('POST', '/api/records/batch', { records });
  const isSent = async () =>
    (await control.requests()).some(({ method, path }) => method === 'PUT' && /Invoices$/.test(path));
  await waitUntil(isSent, 'the first call to reach Xero', patienceMs);
  await first.stop('SIGKILL');
  await control.clearFaults();

  await start('worker');
  const isDone = async () => {
    const { body } = await crm.send<RecordList>('GET', '/api/records?state=synced&limit=500');
    return body.records.length === ids.length;
  };
  await waitUntil(isDone, 'every expense to be in Xero', patienceMs);
  const tenantId = (await control.seedInfo()).organisations[0]?.tenantId ?? '';
  const { bills } = await control.documents({ tenantId });
  const made = bills.map(({ InvoiceNumber }) => InvoiceNumber).filter((number) => number.startsWith('worker-'));
  expect(made.toSorted()).toEqual(ids.toSorted());
});
