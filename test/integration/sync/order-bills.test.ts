import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: SyncDesk;
beforeAll(async () => {
  desk = await openSyncDesk(await startApp());
  await desk.send('suppliers/s', 1, { name: 'Quay Timber' });
});
afterAll(() => desk.app.stop());

const line = { description: 'Beams', quantity: '1', unitAmount: '10.00', category: 'Fuel' };

/** A finished order. */
function toOrder(number: string) {
  const data = {
    ...{ number, supplier: { crmId: 's' }, date: '2026-11-01', currency: 'AUD', lineAmountTypes: 'exclusive' },
    ...{ lines: [line], total: '11.00', status: 'finished' },
    bill: { number: `B-${number}`, date: '2026-11-02', dueDate: '2026-12-01' },
  };
  return { kind: 'purchase-orders', crmId: number, version: 1, data };
}

async function sendTogether(...numbers: string[]): Promise<void> {
  await desk.crm.send('POST', '/api/records/batch', { records: numbers.map((number) => toOrder(number)) });
  const isDone = async () => {
    const orders = await Promise.all(numbers.map((number) => desk.read(`purchase-orders/${number}`)));
    return orders.every(({ state, also }) => state === 'synced' && also.every((one) => one.state !== 'waiting'));
  };
  await desk.until(isDone, 'the orders to be in Xero, with their bills');
}

async function readBills(...numbers: string[]) {
  const { bills } = await desk.documents();
  return numbers.map((number) => bills.filter(({ InvoiceNumber }) => InvoiceNumber === `B-${number}`).length);
}

async function countCalls(): Promise<number> {
  const calls = await desk.app.control.requests();
  return calls.filter(({ method, path }) => method === 'PUT' && path.endsWith('/Invoices')).length;
}

test('the bills of orders that are finished together go with one call, each once', async () => {
  await desk.app.control.clearRequests();
  await sendTogether('PO-1', 'PO-2', 'PO-3');
  expect(await readBills('PO-1', 'PO-2', 'PO-3')).toEqual([1, 1, 1]);
  expect(await countCalls()).toBe(1);
});

test('when the answer is lost, each bill is there once', async () => {
  await desk.app.control.fault({ kind: 'lose-answer', method: 'PUT', path: '/Invoices$', times: 1 });
  await sendTogether('PO-4', 'PO-5');
  expect(await readBills('PO-4', 'PO-5')).toEqual([1, 1]);
  const ids = await Promise.all(['PO-4', 'PO-5'].map(async (one) => (await desk.read(`purchase-orders/${one}`)).also));
  expect(new Set(ids.map(([bill]) => bill?.xeroId)).size).toBe(2);
});

test('a bill that cannot be made holds up no other', async () => {
  const locked = toOrder('PO-7');
  const records = [
    { ...locked, data: { ...locked.data, bill: { ...locked.data.bill, date: '2020-01-01' } } },
    toOrder('PO-8'),
  ];
  await desk.crm.send('POST', '/api/records/batch', { records });
  const readBill = async (number: string) => (await desk.read(`purchase-orders/${number}`)).also[0];
  await desk.until(async () => (await readBill('PO-8'))?.state === 'done', 'the other bill');
  expect(await readBill('PO-7')).toMatchObject({ state: 'problem', problem: { code: 'period_locked' } });
  expect(await readBills('PO-7', 'PO-8')).toEqual([0, 1]);
});
