import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { fuel, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: SyncDesk;
beforeAll(async () => {
  desk = await openSyncDesk(await startApp());
  await desk.send('expenses/b', 1, fuel);
});
afterAll(() => desk.app.stop());
beforeEach(() => desk.app.control.clearRequests());

const line = { description: 'Beams', quantity: '1', unitAmount: '10.00', category: 'Fuel' };

function toCredit(number: string, ...amounts: readonly string[]) {
  return {
    ...{ number, supplier: fuel.supplier, date: '2026-11-05', currency: 'AUD', lineAmountTypes: 'exclusive' },
    ...{ lines: [line], total: '11.00' },
    applied: amounts.map((amount) => ({ bill: { kind: 'expenses', crmId: 'b' }, amount, date: '2026-11-29' })),
  };
}

async function apply(id: string, version: number, ...amounts: readonly string[]): Promise<void> {
  await desk.put(`supplier-credits/${id}`, version, toCredit(id, ...amounts));
  const isApplied = async () => {
    const { sentVersion, also } = await desk.read(`supplier-credits/${id}`);
    return sentVersion === version && also.every(({ state }) => state === 'done');
  };
  await desk.until(isApplied, 'the credit to be applied');
}

async function readApplied(number: string) {
  const { creditNotes } = await desk.documents();
  const credit = creditNotes.find((one) => one.number === number);
  return credit?.Allocations.map(({ Amount }) => Amount);
}

test('the same amount that is applied twice to one bill is there twice', async () => {
  await apply('CR-1', 1, '2.00', '2.00');
  expect(await readApplied('CR-1')).toEqual([2, 2]);
  const { also } = await desk.read('supplier-credits/CR-1');
  expect(new Set(also.map(({ xeroId }) => xeroId)).size).toBe(2);
});

test('so is one that a later version adds', async () => {
  await apply('CR-2', 1, '3.00');
  await apply('CR-2', 2, '3.00', '3.00');
  expect(await readApplied('CR-2')).toEqual([3, 3]);
});

test('one whose answer was lost is there once', async () => {
  await desk.app.control.fault({ kind: 'lose-answer', method: 'PUT', path: '/Allocations$', times: 1 });
  await apply('CR-3', 1, '1.00', '1.00');
  expect(await readApplied('CR-3')).toEqual([1, 1]);
});

test('a credit note is read once before it is applied', async () => {
  await apply('CR-4', 1, '1.00', '2.00');
  const calls = await desk.app.control.requests();
  expect(calls.filter(({ method, path }) => method === 'GET' && /CreditNotes\/.+/.test(path))).toHaveLength(1);
});
