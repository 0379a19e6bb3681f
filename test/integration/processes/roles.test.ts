import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startXero, type XeroSandbox } from '#test/sandbox/xero/start.ts';
import { findFreePort } from '#test/support/programs/free-port.ts';
import { startPostgres, type TestPostgres } from '#test/support/programs/postgres.ts';
import {
  newEncryptionKey,
  newWorkspace,
  type Product,
  type ProductOptions,
  startProduct,
} from '#test/support/programs/product.ts';
import { startRedis, type TestRedis } from '#test/support/programs/redis.ts';

let xero: XeroSandbox;
let redis: TestRedis;
let postgres: TestPostgres;
let dataDir: string;
let place: Omit<ProductOptions, 'port'>;
const running: Product[] = [];

beforeAll(async () => {
  [xero, redis, postgres] = await Promise.all([startXero(), startRedis(), startPostgres()]);
  dataDir = await mkdtemp(join(tmpdir(), 'ledgerside-roles-'));
  const shared = { databaseUrl: await postgres.createDatabase(), redisUrl: redis.url };
  const secrets = { workspace: newWorkspace(), encryptionKey: newEncryptionKey() };
  place = { ...shared, ...secrets, xero, hostOrigins: ['http://127.0.0.1:4999'], dataDir };
});
afterEach(async () => {
  for (const product of running.splice(0)) await product.stop('SIGINT');
});
afterAll(async () => {
  await xero?.close();
  await redis?.stop();
  await postgres?.remove();
  await rm(dataDir, { recursive: true, force: true });
});

async function start(options: Partial<ProductOptions>): Promise<Product> {
  const product = await startProduct({ ...place, port: await findFreePort(), ...options });
  running.push(product);
  return product;
}

function statusOf(product: Product, path: string): Promise<number> {
  return fetch(`${product.origin}${path}`).then((answer) => answer.status);
}

test('a process for the web and a worker share one database, and only the web has an API', async () => {
  const web = await start({ args: ['--role', 'web'] });
  const worker = await start({ args: ['--role', 'worker'] });
  expect([await statusOf(web, '/embed.js'), await statusOf(web, '/api/view')]).toEqual([200, 401]);
  expect([await statusOf(worker, '/embed.js'), await statusOf(worker, '/api/view')]).toEqual([404, 404]);
});

test('a worker stops without a drain, as no load balancer waits for it', async () => {
  // An hour, by a clock that nobody moves.
  const env = { DRAIN_SECONDS: '3600', STOP_SECONDS: '7200' };
  const worker = await start({ env, args: ['--role', 'worker'] });
  expect(await worker.stop('SIGTERM')).toBe(0);
});

test('a worker without Redis does not start and says what to do', async () => {
  await expect(start({ redisUrl: '', args: ['--role', 'worker'] })).rejects.toThrow(
    'ROLE can only be all without REDIS_URL',
  );
});
