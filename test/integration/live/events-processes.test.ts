import { afterAll, beforeAll, expect, test } from 'vitest';
import { linkRoute } from '#shared/contract/contact.ts';
import { getViewRoute } from '#shared/contract/session/view.ts';
import { listenToEvents } from '#test/support/network/event-listener.ts';
import { presets } from '#test/support/people/admin.ts';
import { startPostgres, type TestPostgres } from '#test/support/programs/postgres.ts';
import { webhookKey } from '#test/support/programs/product.ts';
import { startRedis, type TestRedis } from '#test/support/programs/redis.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let postgres: TestPostgres;
let redis: TestRedis;
let first: TestApp;
let second: TestApp;
let contactId = '';

beforeAll(async () => {
  [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  const shared = { databaseUrl: await postgres.createDatabase(), redisUrl: redis.url };
  first = await startApp(shared);
  second = await startApp({ ...shared, beside: first });
  await first.admin.connect();
  await first.admin.grant({ ben: presets.full });
  ({ contactId } = await first.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd'));
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
async function listen(app: TestApp) {
  return listenToEvents(app.origin, (await openNora(app)).opened.session.token);
}

test('changes in one process reach the other’s streams', async () => {
  const listener = await listen(first);
  const organisationId = (await second.deps.store.connections.find(first.workspace.id))?.organisationId ?? '';
  await second.deps.news.announce(
    { organisationId: organisationId },
    { kind: 'figures', contactIds: [contactId], onlyBills: [] },
  );
  await listener.hear('view', 1);
  await (await openNora(second)).call(linkRoute, { body: { contactId } });
  await listener.hear('view', 2);
  await second.admin.grant({ ben: presets.sales });
  await listener.hear('session', 1);
  await second.admin.disconnect();
  await listener.hear('session', 2);
  await second.admin.connect();
  await listener.hear('session', 3);
  listener.close();
});

test('a webhook at the other process updates this widget for one call', async () => {
  const { opened, call } = await openNora(first);
  const listener = await listenToEvents(first.origin, opened.session.token);
  const tenantId = opened.organisation?.id ?? '';
  const before = await call(getViewRoute);
  expect(before).toMatchObject({ summary: { outstandingInvoices: { count: 3 } } });
  await first.control.webhooks({ url: `${second.origin}/webhooks/xero`, key: webhookKey });
  const { invoices } = await first.control.documents({ tenantId, contactId });
  const due = invoices.find(({ AmountDue }) => AmountDue === 4200);
  await first.control.clearRequests();
  await first.control.updateInvoice({ tenantId, InvoiceID: due?.InvoiceID ?? '', pay: 4200 });
  await listener.hear('view');
  expect(await call(getViewRoute)).toMatchObject({
    summary: { outstandingInvoices: { count: 2, totals: [{ currency: 'AUD', amount: '8280.00' }] } },
  });
  const calls = (await first.control.requests()).filter(({ path }) => path.startsWith('/api.xro/'));
  expect(calls.map(({ path }) => path)).toEqual(['/api.xro/2.0/Invoices']);
  listener.close();
});

test('without Redis, streams end and views work; streams return with it', async () => {
  const [one, other] = await Promise.all([listen(first), listen(second)]);
  await redis.kill();
  await Promise.all([one.over, other.over]);
  for (const listener of [one, other]) {
    expect(listener.events().at(-1)).toEqual({ name: 'end', data: { reason: 'unavailable' } });
  }
  const { opened, send } = await openNora(first);
  expect(await send('GET', '/api/events')).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  expect(await send('GET', '/api/view')).toMatchObject({ status: 200, body: { status: 'linked' } });
  await redis.start();
  const isBack = (app: TestApp) =>
    app.deps.cache.ping().then(
      () => true,
      () => false,
    );
  await waitUntil(async () => (await isBack(first)) && (await isBack(second)), 'Redis to be back');
  const again = await listenToEvents(first.origin, opened.session.token);
  await second.admin.grant({ ben: presets.full });
  await again.hear('session');
  again.close();
});
