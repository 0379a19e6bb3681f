import { afterAll, beforeAll, expect, test } from 'vitest';
import { fuel, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: SyncDesk;
beforeAll(async () => {
  desk = await openSyncDesk(await startApp());
});
afterAll(() => desk.app.stop());

async function countLists(): Promise<number> {
  const calls = await desk.app.control.requests();
  return calls.filter(({ path }) => path.endsWith('/Accounts')).length;
}

test('an admin and the records that go share what was read of Xero’s accounts', async () => {
  expect((await desk.send('expenses/gift', 1, { ...fuel, category: 'Client gifts' })).problem).toMatchObject({
    code: 'category_unmapped',
  });
  expect(await countLists()).toBe(1);
  await desk.crm.send('GET', '/api/sync/mapping');
  expect(await countLists()).toBe(1);
  const categories = [{ key: 'Client gifts', accountCode: '429' }];
  // What is chosen is checked against what Xero has at this moment.
  await desk.crm.send('PUT', '/api/sync/mapping', { categories });
  await desk.until(async () => (await desk.read('expenses/gift')).state === 'synced', 'the expense to go');
  expect(await countLists()).toBe(2);
});

test('an admin’s list is at most a minute old', async () => {
  await desk.app.advanceSeconds(61);
  const before = await countLists();
  await desk.crm.send('GET', '/api/sync/mapping');
  await desk.crm.send('GET', '/api/sync/mapping');
  expect(await countLists()).toBe(before + 1);
});
