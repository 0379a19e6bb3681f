import { afterAll, beforeAll, expect, test } from 'vitest';
import { fuel, invoiceOf, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: SyncDesk;
beforeAll(async () => {
  desk = await openSyncDesk(await startApp());
  await desk.send('expenses/first', 1, fuel);
});
afterAll(() => desk.app.stop());

/** Puts the record, and does something while it is looked at: after the settings were read. */
async function meanwhile(path: string, data: object, act: () => Promise<unknown>): Promise<void> {
  const { control } = desk.app;
  // The list of contacts is half a minute old at most, so a look reads what changed.
  await desk.app.advanceSeconds(61);
  await control.fault({ kind: 'hold', method: 'GET', path: '/Contacts$' });
  await control.clearRequests();
  await desk.put(path, 1, data);
  const hasBegun = async () => {
    await desk.app.advanceSeconds(1);
    return (await control.requests()).length > 0;
  };
  await waitUntil(hasBegun, 'the look to begin');
  await act();
  await control.clearFaults();
}

/** How many seconds pass until the record is in Xero. */
async function countSeconds(path: string): Promise<number> {
  const before = desk.app.clock.now().getTime();
  await desk.until(async () => (await desk.read(path)).state === 'synced', `${path} to be in Xero`);
  return (desk.app.clock.now().getTime() - before) / 1000;
}

test('a word that is mapped while its record is looked at sends the record at once', async () => {
  const categories = [{ key: 'Client gifts', accountCode: '429' }];
  await meanwhile('expenses/gift', { ...fuel, category: 'Client gifts', reference: 'G-1' }, async () => {
    expect((await desk.crm.send('PUT', '/api/sync/mapping', { categories })).status).toBe(200);
  });
  expect(await countSeconds('expenses/gift')).toBeLessThan(30);
});

test('so does a rule', async () => {
  await desk.send('customers/cent', 1, { name: 'One Cent Ltd' });
  const cent = { ...invoiceOf('CENT-1', 'cent'), total: '110.01' };
  await meanwhile('invoices/cent', cent, async () => {
    expect((await desk.crm.send('PUT', '/api/sync/rules', { roundingLine: true })).status).toBe(200);
  });
  expect(await countSeconds('invoices/cent')).toBeLessThan(30);
});
