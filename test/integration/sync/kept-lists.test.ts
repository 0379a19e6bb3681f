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

function choose(accountCode: string) {
  return desk.crm.send('PUT', '/api/sync/mapping', { categories: [{ key: 'Client gifts', accountCode }] });
}

test('an admin and the records that go share what was read of Xero’s accounts', async () => {
  expect((await desk.send('expenses/gift', 1, { ...fuel, category: 'Client gifts' })).problem).toMatchObject({
    code: 'category_unmapped',
  });
  expect(await countLists()).toBe(1);
  await desk.crm.send('GET', '/api/sync/mapping');
  expect(await countLists()).toBe(1);
  await choose('429');
  await desk.until(async () => (await desk.read('expenses/gift')).state === 'synced', 'the expense to go');
  expect(await countLists()).toBe(1);
});

test('an account that was restored in Xero a moment ago can be chosen, and an unknown one is refused', async () => {
  const { control } = desk.app;
  const [organisation] = (await control.seedInfo()).organisations;
  const account = { tenantId: organisation?.tenantId ?? '', code: '453' };
  await control.changeAccount({ ...account, isArchived: true });
  expect((await choose('453')).status).toBe(200);
  await desk.app.advanceSeconds(61);
  expect((await choose('453')).status).toBe(422);
  await control.changeAccount({ ...account, isArchived: false });
  const before = await countLists();
  expect((await choose('453')).status).toBe(200);
  expect(await countLists()).toBe(before + 1);
  expect((await choose('4711')).status).toBe(422);
});

test('an admin’s list is at most a minute old', async () => {
  await desk.app.advanceSeconds(61);
  const before = await countLists();
  await desk.crm.send('GET', '/api/sync/mapping');
  await desk.crm.send('GET', '/api/sync/mapping');
  expect(await countLists()).toBe(before + 1);
});
