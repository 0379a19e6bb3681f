import { afterAll, beforeAll, expect, test } from 'vitest';
import { getViewRoute } from '#shared/contract/session/view.ts';
import { presets } from '#test/support/people/admin.ts';
import { startPostgres, type TestPostgres } from '#test/support/programs/postgres.ts';
import { startRedis, type TestRedis } from '#test/support/programs/redis.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let postgres: TestPostgres;
let redis: TestRedis;
let first: TestApp;
let second: TestApp;

beforeAll(async () => {
  [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  const shared = { databaseUrl: await postgres.createDatabase(), redisUrl: redis.url };
  first = await startApp(shared);
  second = await startApp({ ...shared, beside: first });
  await first.admin.connect();
  await first.admin.grant({ ben: presets.full });
  await first.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
});
afterAll(async () => {
  await second?.stop();
  await first?.stop();
  await redis?.stop();
  await postgres?.remove();
});

function openNora(app: TestApp) {
  return app.visit({ userId: 'ben', recordType: 'contact', recordId: '1001' });
}

test('the other process shows loaded figures without a call', async () => {
  await openNora(first);
  await first.control.clearRequests();
  // After the credits were loaded in the background.
  const before = (await openNora(first)).opened.view;
  const after = (await openNora(second)).opened.view;
  expect(after).toEqual(before);
  expect(after).toMatchObject({ status: 'linked', summary: { outstandingInvoices: { count: 3 } } });
  expect(await first.control.requests()).toEqual([]);
});

test('many Refreshes in both processes make few calls', async () => {
  const sessions = await Promise.all([first, second, first, second, first, second].map(openNora));
  await first.control.clearRequests();
  await Promise.all(sessions.map((session) => session.call(getViewRoute, { query: { fresh: 'true' } })));
  const invoices = (await first.control.requests()).filter(({ path }) => path.endsWith('/Invoices'));
  expect(invoices.length).toBeLessThanOrEqual(2);
});

test('both processes refresh an expiring token once', async () => {
  await first.advanceSeconds(27 * 60);
  await first.control.clearRequests();
  const sessions = await Promise.all([first, second].map(openNora));
  await Promise.all(sessions.map((session) => session.call(getViewRoute, { query: { fresh: 'true' } })));
  const refreshes = (await first.control.requests()).filter(({ path }) => path === '/connect/token');
  expect(refreshes).toHaveLength(1);
});

test('a session opened in one process is known in the other', async () => {
  const { opened } = await openNora(first);
  const answer = await fetch(`${second.origin}/api/view`, {
    headers: { authorization: `Bearer ${opened.session.token}` },
  });
  expect(answer.status).toBe(200);
});
