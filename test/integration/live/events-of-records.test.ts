import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Right } from '#shared/contract/record.ts';
import { type EventListener, listenToEvents } from '#test/support/network/event-listener.ts';
import { adminId } from '#test/support/people/admin.ts';
import { buildCrmBackend, type CrmBackend } from '#test/support/people/crm-backend.ts';
import { openRecord, openSync } from '#test/support/people/sync-visits.ts';
import type { Visit } from '#test/support/people/visit.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
let crm: CrmBackend;
let version = 0;
const open: EventListener[] = [];
const purchases: readonly Right[] = ['view', 'viewBills'];

function put(path: string, data: object = {}) {
  version += 1;
  return crm.send('PUT', `/api/records/${path}`, { version, data });
}

beforeAll(async () => {
  app = await startApp();
  crm = buildCrmBackend(app);
  await app.admin.connect();
  for (const path of ['expenses/e-1', 'expenses/e-2', 'invoices/i-1', 'items/e-1']) await put(path);
  await put('payments/p-1', { invoice: { kind: 'invoices', crmId: 'i-1' } });
});
afterEach(async () => {
  for (const listener of open.splice(0)) {
    listener.close();
    await listener.over;
  }
});
afterAll(() => app?.stop());

async function listen({ opened }: Visit): Promise<EventListener> {
  const listener = await listenToEvents(app.origin, opened.session.token);
  open.push(listener);
  return listener;
}

/** Every `view` after all earlier news: news of one workspace arrives in order, and the admin's overview hears all. */
function countViews(listener: EventListener): number {
  return listener.events().filter(({ name }) => name === 'view').length;
}

/** Waits until a listener that hears everything has heard the last change, so that silence means something. */
async function afterEverything(overview: EventListener, path: string): Promise<void> {
  const before = countViews(overview);
  await app.advanceSeconds(2);
  await put(path);
  await overview.hear('view', before + 1);
}

test('the session of a record hears when that record changed, and of no other', async () => {
  await app.admin.grant({ ben: purchases });
  const own = await listen(await openRecord(app, 'ben', 'expense', 'e-1'));
  const overview = await listen(await openSync(app, adminId));
  await put('expenses/e-1');
  await own.hear('view');
  expect(countViews(own)).toBe(1);
  await app.advanceSeconds(2);
  for (const path of ['expenses/e-2', 'items/e-1']) await put(path);
  await afterEverything(overview, 'invoices/i-1');
  expect(countViews(own)).toBe(1);
});

test('the overview of sync hears of all records, many changes of a second at once', async () => {
  const overview = await listen(await openSync(app, adminId));
  const records = Array.from({ length: 30 }, (_, index) => {
    version += 1;
    return { kind: 'items', crmId: `many-${index}`, version, data: {} };
  });
  await crm.send('POST', '/api/records/batch', { records });
  await overview.hear('view');
  expect(countViews(overview)).toBeLessThanOrEqual(2);
});

test('only those who may see a record hear of it', async () => {
  await app.admin.grant({ ben: ['view'] });
  const deaf = [
    await listen(await openRecord(app, 'ben', 'expense', 'e-1')),
    await listen(await openSync(app, 'ben')),
    await listen(await app.visit({ userId: adminId, recordType: 'contact', recordId: '1001' })),
    await listen(await app.visit({ userId: adminId, recordType: 'settings' })),
  ];
  const payment = await listen(await openRecord(app, 'ben', 'payment', 'p-1'));
  const overview = await listen(await openSync(app, adminId));
  await put('expenses/e-1');
  await put('payments/p-1', { invoice: { kind: 'invoices', crmId: 'i-1' } });
  await payment.hear('view');
  await afterEverything(overview, 'expenses/e-1');
  expect(deaf.map(countViews)).toEqual([0, 0, 0, 0]);
});
