import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RecordList } from '#shared/contract/sync/records.ts';
import { fuel, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: SyncDesk;
beforeAll(async () => {
  desk = await openSyncDesk(await startApp());
  for (const [id, category] of [
    ['gift-1', 'Client gifts'],
    ['gift-2', 'client GIFTS'],
    ['park-1', 'Parking'],
  ])
    await desk.send(`expenses/${id}`, 1, { ...fuel, category, reference: id });
});
afterAll(() => desk.app.stop());

async function list(heldBy: string): Promise<(string | null)[]> {
  const path = `/api/records?heldBy=${encodeURIComponent(heldBy)}`;
  const { body } = await desk.crm.send<RecordList>('GET', path);
  expect(body.total).toBe(body.records.length);
  return body.records.map(({ crmId }) => crmId).toSorted();
}

test('records are found by the word of the CRM that holds them, in any case', async () => {
  expect(await list('categories:Client Gifts')).toEqual(['gift-1', 'gift-2']);
  expect(await list('categories:Parking')).toEqual(['park-1']);
  expect(await list('taxRates:Parking')).toEqual([]);
});

test('records are found by the record that they wait for', async () => {
  await desk.put('payments/pay-1', 1, {
    ...{ bill: { kind: 'expenses', crmId: 'gift-1' }, date: '2026-11-30', amount: '86.40', currency: 'AUD' },
    method: 'bank',
  });
  await desk.until(async () => (await list('record:expenses/gift-1')).length > 0, 'the payment to be held');
  expect(await list('record:expenses/gift-1')).toEqual(['pay-1']);
});

test('an action on all that one word holds leaves the others alone', async () => {
  const filter = { heldBy: 'categories:client gifts' };
  await desk.run('/api/records/actions', { action: 'exclude', kind: 'expenses', filter });
  const stateOf = async (id: string) => (await desk.read(`expenses/${id}`)).state;
  expect([await stateOf('gift-1'), await stateOf('gift-2')]).toEqual(['excluded', 'excluded']);
  expect(await stateOf('park-1')).toBe('problem');
});
