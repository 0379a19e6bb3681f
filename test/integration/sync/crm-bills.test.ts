import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Books, openBooks } from '#test/sandbox/crm/books/books.ts';
import { buildSync, type Sync } from '#test/sandbox/crm/sync/build-sync.ts';
import { type BillDesk, openBillDesk } from '#test/support/people/bill-desk.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: BillDesk;
let books: Books;
let sync: Sync;
beforeAll(async () => {
  const app = await startApp();
  desk = await openBillDesk(app);
  books = openBooks({ now: () => app.clock.now() });
  const place = { productUrl: app.origin, workspace: app.workspace, now: app.clock.now };
  sync = await buildSync({ ...place, books, origin: () => app.crmOrigin });
});
afterAll(() => desk.app.stop());

test('three bills of Xero become three expenses of the CRM, and editing one sends nothing', async () => {
  const own = books.save('expenses', {
    values: {
      description: 'Own',
      date: '2030-02-02',
      amount: '10.00',
      currency: 'AUD',
      category: 'Fuel',
      supplier: 'BP',
    },
  });
  await sync.handOverAll();
  expect((await desk.settled(`expenses/${own.id}`)).state).toBe('synced');
  const ids = [await desk.enter({ InvoiceNumber: 'S-1' }), await desk.enter(), await desk.enter()];
  await desk.round();
  for (const _twice of [1, 2]) await sync.readChanges();
  const came = books.list('expenses').filter(({ id }) => id !== own.id);
  expect(new Set(came.map((row) => row.sync?.xeroId))).toEqual(new Set(ids));
  expect(came.map(({ values }) => values.amount)).toEqual(['110.00', '110.00', '110.00']);
  const [first] = came;
  if (first)
    books.save('expenses', { id: first.id, values: { ...first.values, amount: '99.00', description: 'Ours' } });
  await desk.app.control.clearRequests();
  expect(await sync.handOverAll()).toEqual({ taken: 1, refused: 0 });
  await desk.round();
  await sync.readChanges();
  expect(books.list('expenses')).toHaveLength(4);
  const written = (await desk.app.control.requests()).filter(
    ({ method, path }) => method !== 'GET' && path.startsWith('/api.xro/'),
  );
  expect(written).toEqual([]);
  expect(await desk.read(`expenses/${first?.id}`)).toMatchObject({ origin: 'xero', state: 'synced' });
});
