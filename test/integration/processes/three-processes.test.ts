import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openStore } from '#server/store/open-store.ts';
import type { Store } from '#server/store/store.ts';
import { xeroControl } from '#test/sandbox/xero/control.ts';
import { startXero, type XeroSandbox } from '#test/sandbox/xero/start.ts';
import { type Admin, adminId, buildAdmin } from '#test/support/people/admin.ts';
import { openVisit } from '#test/support/people/visit.ts';
import { findFreePort } from '#test/support/programs/free-port.ts';
import { startPostgres, type TestPostgres } from '#test/support/programs/postgres.ts';
import { newEncryptionKey, newWorkspace, type Product, startProduct } from '#test/support/programs/product.ts';
import { startRedis, type TestRedis } from '#test/support/programs/redis.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { crmOrigin } from '#test/support/world/app.ts';
import { buildMovingClock } from '#test/support/world/moving-clock.ts';

/** Three real processes on one Postgres and one Redis, whose clocks move with Xero's. */
const workspace = newWorkspace();
const clock = buildMovingClock();
let postgres: TestPostgres;
let redis: TestRedis;
let xero: XeroSandbox;
let control: ReturnType<typeof xeroControl>;
let products: Product[] = [];
let store: Store;
let start: () => Promise<Product>;
let admin: Admin;

beforeAll(async () => {
  [postgres, redis, xero] = await Promise.all([startPostgres(), startRedis(), startXero()]);
  control = xeroControl(xero.origin);
  await control.limits({ minute: 100_000, day: 1_000_000 });
  const databaseUrl = await postgres.createDatabase();
  const place = { xero, workspace, encryptionKey: newEncryptionKey(), databaseUrl, redisUrl: redis.url };
  start = async () => {
    const port = await findFreePort();
    return startProduct({ ...place, port, hostOrigins: [crmOrigin], dataDir: '/nowhere', hasMovingClock: true });
  };
  products = await Promise.all([start(), start(), start()]);
  store = await openStore({ databaseUrl, dataDir: '/nowhere', onError: () => undefined });
  const visit = (request: Parameters<typeof openVisit>[1]) => openOn(0, request);
  admin = buildAdmin({ visit, productUrl: products[0]?.origin ?? '', control });
});
afterAll(async () => {
  await store?.close();
  await Promise.all(products.map((product) => product.stop()));
  await xero?.close();
  await redis?.stop();
  await postgres?.remove();
});
beforeEach(async () => {
  await control.clearFaults();
  // A new minute, so that each test has Xero's full limit.
  await control.clearRequests();
  await pass(61);
  await admin.connect();
  await admin.link(nora, 'Harbour Lights Pty Ltd');
  await beCalm();
  await control.clearRequests();
});

// One test restarts a process, which is slow on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const nora = { type: 'contact', id: '1001' } as const;

function openOn(index: number, request: Parameters<typeof openVisit>[1]) {
  return openVisit({ productUrl: products[index]?.origin ?? '', crmOrigin, workspace, now: clock.now }, request);
}
const admins = { userId: adminId, recordType: 'contact', recordId: '1001' };
async function openNora(index: number) {
  return (await openOn(index, admins)).opened.view;
}
async function listRefreshes() {
  return (await control.requests()).filter(({ path }) => path === '/connect/token');
}

/** Waits for background calls, because a clock that moves during a call expires its token. */
function beCalm() {
  return waitUntil(async () => (await control.requests()).every(({ status }) => status !== 0), 'calls to have ended');
}

async function pass(seconds: number): Promise<void> {
  await beCalm();
  clock.advanceSeconds(seconds);
  await control.clock({ advanceSeconds: seconds });
  await Promise.all(products.map((product) => product.advanceSeconds(seconds)));
}

/** Each term finds somebody, so each costs one call. */
const terms = [...'abcdefghijklmnoprstuvw', ...'ab an ar at co de el en er in la le li ma on or re st'.split(' ')];

test('fifty requests at a token’s end refresh it once', async () => {
  await pass(20 * 60);
  const visits = await Promise.all(products.map((_, index) => openOn(index, admins)));
  await pass(11 * 60);
  await control.clearRequests();
  await control.fault({ kind: 'slow', delayMs: 300, path: '/connect/token' });
  const asked = [...terms.map((term) => `/api/contacts?search=${term}`), ...Array(10).fill('/api/view?fresh=true')];
  const answers = await Promise.all(asked.map((path, person) => visits[person % visits.length]?.send('GET', path)));
  expect(answers).toHaveLength(50);
  for (const answer of answers)
    expect(answer).toMatchObject({ status: 200, body: expect.not.objectContaining({ error: expect.anything() }) });
  expect(await listRefreshes()).toHaveLength(1);
});

test('fifty requests after a token’s end refresh it once', async () => {
  await control.fault({ kind: 'slow', delayMs: 300, path: '/connect/token' });
  await pass(31 * 60);
  const views = await Promise.all(Array.from({ length: 50 }, (_, person) => openNora(person % products.length)));
  for (const view of views)
    expect(view).toMatchObject({ status: 'linked', summary: { outstandingInvoices: { count: 3 } } });
  expect(views.flatMap((view) => (view && 'error' in view && view.error ? [view.error.code] : []))).toEqual([]);
  await waitUntil(async () => (await listRefreshes()).length > 0, 'the refresh behind them');
  await pass(1);
  expect(await listRefreshes()).toHaveLength(1);
});

test('recovers tokens rotated by a process that was killed', async () => {
  const { version } = (await store.connections.find(workspace.id)) ?? {};
  // The token was rotated, but the answer was lost. The second attempt hangs until the process is gone.
  await control.fault({ kind: 'lose-answer', path: '/connect/token' });
  await control.fault({ kind: 'hang', path: '/connect/token' });
  await pass(31 * 60);
  // Returns the known figures while newer ones are loaded in the background.
  expect(await openNora(2)).toMatchObject({ status: 'linked', stale: true });
  await waitUntil(async () => (await listRefreshes()).length === 2, 'the second asking');
  await products[2]?.stop('SIGKILL');
  const row = await store.connections.find(workspace.id);
  expect([row?.version, row?.status, row?.leaseOwner !== null]).toEqual([version, 'running', true]);
  products.splice(2, 1);
  // Its slots expire within half a minute.
  await control.clearRequests();
  await pass(31);
  const session = await openOn(1, admins);
  const { body } = await session.send('GET', '/api/view?fresh=true');
  expect(body).toMatchObject({ status: 'linked', stale: false });
  expect(await store.connections.find(workspace.id)).toMatchObject({ version: (version ?? 0) + 1, status: 'running' });
  products.push(await start());
  await products[2]?.advanceSeconds(Math.round((clock.now().getTime() - Date.now()) / 1000));
});

test('each hour, one of three processes checks an idle connection', async () => {
  const open = async () =>
    (await control.requests()).flatMap(({ path, status }) => (path === '/connections' ? status : []));
  for (const round of [1, 2, 3]) {
    await pass(2 * 3600);
    // Waits for the answer, because a clock that moves during the call would expire its token.
    await waitUntil(async () => (await open()).filter((status) => status === 200).length === round, `round ${round}`);
  }
  expect(await open()).toEqual([200, 200, 200]);
});
