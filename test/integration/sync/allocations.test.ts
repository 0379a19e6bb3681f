import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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

describe('an allocation', () => {
  test('whose amount changes has only the new one in Xero', async () => {
    await apply('CR-5', 1, '1.00', '2.00');
    await apply('CR-5', 2, '1.00', '3.00');
    expect(await readApplied('CR-5')).toEqual([1, 3]);
    expect((await desk.read('supplier-credits/CR-5')).also).toHaveLength(2);
  });

  test('that is taken away is taken away in Xero, and comes back with a later version', async () => {
    await apply('CR-6', 1, '1.00', '2.00');
    await apply('CR-6', 2, '2.00');
    expect(await readApplied('CR-6')).toEqual([2]);
    await apply('CR-6', 3, '1.00', '2.00');
    expect(await readApplied('CR-6')).toEqual([2, 1]);
  });

  test('that only another spelling of its amount differs in stays', async () => {
    await apply('CR-7', 1, '2.00');
    const { also } = await desk.read('supplier-credits/CR-7');
    await apply('CR-7', 2, '2');
    expect(await desk.read('supplier-credits/CR-7')).toMatchObject({ also });
  });

  test.each([
    ['making', 'PUT', '/Allocations$'],
    ['taking back', 'DELETE', '/Allocations/'],
  ] as const)('changes once when the answer to its %s was lost', async (what, method, path) => {
    await desk.app.control.fault({ kind: 'lose-answer', method, path, times: 1 });
    const id = `CR-${what}`;
    await desk.put(`supplier-credits/${id}`, 1, toCredit(id, '1.00'));
    await desk.settled(`supplier-credits/${id}`);
    await apply(id, 2, '1.50');
    expect(await readApplied(id)).toEqual([1.5]);
  });

  test('that a person added in Xero stays', async () => {
    await apply('CR-8', 1, '1.00');
    const { creditNotes } = await desk.documents();
    const credit = creditNotes.find(({ number }) => number === 'CR-8');
    const bill = await desk.read('expenses/b');
    const allocation = { invoiceId: bill.xeroId ?? '', amount: '2.00', date: '2026-11-29' };
    const theirs = { creditNoteId: credit?.id ?? '', allocations: [allocation], idempotencyKey: 'by hand' };
    await desk.app.deps.xero.createAllocations({ ...desk.where, priority: 'background' }, theirs);
    await apply('CR-8', 2);
    expect(await readApplied('CR-8')).toEqual([2]);
  });
});
