import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BillDesk, openBillDesk } from '#test/support/people/bill-desk.ts';
import { fuel } from '#test/support/people/sync-desk.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: BillDesk;
beforeEach(async () => {
  desk = await openBillDesk(await startApp());
});
afterEach(() => desk.app.stop());

const waiting = { state: 'waiting', reason: { code: 'not_accepted' }, origin: 'xero', crmId: null, xeroKind: 'bill' };

test('bills that the accountant enters come once each, as the feed says them', async () => {
  const ids = [await desk.enter({ InvoiceNumber: 'S-77' }), await desk.enter(), await desk.enter()];
  await desk.round();
  await desk.round();
  expect(new Set(await desk.come())).toEqual(new Set(ids));
  const [change, ...others] = (await desk.feed()).filter(({ xeroId }) => xeroId === ids[0]);
  expect(others).toEqual([]);
  const line = { description: 'Fuel', quantity: '1', unitAmount: '100.00', amount: '100.00', taxAmount: '10.00' };
  expect(change).toMatchObject({
    ...{ type: 'new', kind: 'bills', crmId: null },
    data: {
      record: { ...waiting, title: 'BP Kwinana, S-77', amount: { currency: 'AUD', amount: '110.00' } },
      bill: {
        ...{ number: 'S-77', date: '2030-02-01', dueDate: '2030-03-01', currency: 'AUD', status: 'AUTHORISED' },
        ...{ lineAmountTypes: 'exclusive', subTotal: '100.00', totalTax: '10.00', total: '110.00' },
        ...{ amountDue: '110.00', hasAttachments: false },
        supplier: { crmId: null, name: 'BP Kwinana' },
        lines: [{ ...line, accountCode: '429', category: 'Fuel', taxType: 'INPUT', itemCode: null, tracking: [] }],
      },
    },
  });
  expect(await desk.read(`bills/xero:${ids[0]}`)).toMatchObject(waiting);
});

test('a bill that the CRM sent never comes back, also when it is changed in Xero', async () => {
  const sent = await desk.send('expenses/own', 1, { ...fuel, date: '2030-02-02' });
  expect(sent.state).toBe('synced');
  await desk.round();
  await desk.edit(sent.xeroId ?? '', { DueDate: '2030-05-01' });
  const foreign = await desk.enter();
  await desk.round();
  expect(await desk.come()).toEqual([foreign]);
});

test('an accepted bill is tied to its expense: nothing is sent, and it never comes again', async () => {
  const id = await desk.enter();
  await desk.round();
  const [change] = await desk.feed();
  expect((await desk.accept(change?.id ?? '', 'exp-9')).status).toBe(200);
  expect((await desk.accept(change?.id ?? '', 'exp-9')).status).toBe(200);
  expect(await desk.put('expenses/exp-9', 5, { ...fuel, amount: '99.00' })).toMatchObject({ state: 'synced' });
  await desk.app.control.clearRequests();
  await desk.round();
  expect(await desk.come()).toEqual([id]);
  const calls = await desk.app.control.requests();
  expect(calls.filter(({ method, path }) => method !== 'GET' && path.startsWith('/api.xro/'))).toEqual([]);
  expect(await desk.read('expenses/exp-9')).toMatchObject({ origin: 'xero', xeroId: id, state: 'synced' });
});

test('what changes in Xero is told once, of an accepted bill too, and a void one is removed', async () => {
  const [id, other] = [await desk.enter(), await desk.enter()];
  await desk.round();
  const change = (await desk.feed()).find(({ xeroId }) => xeroId === id);
  await desk.accept(change?.id ?? '', 'exp-9');
  await desk.edit(id, { DueDate: '2030-06-01' });
  await desk.edit(other, { Status: 'VOIDED' });
  await desk.round();
  await desk.round();
  const [changed, removed, ...more] = (await desk.feed()).filter(({ type }) => type !== 'new');
  const told = [changed, removed].toSorted((a, b) => (a?.type ?? '').localeCompare(b?.type ?? ''));
  expect(told).toMatchObject([
    { type: 'changed', xeroId: id, crmId: 'exp-9', data: { bill: { dueDate: '2030-06-01' } } },
    { type: 'removed', xeroId: other, crmId: null, data: { bill: null, record: { wanted: 'absent' } } },
  ]);
  expect(more).toEqual([]);
  expect(await desk.read(`bills/xero:${other}`)).toMatchObject({ state: 'synced', xeroStatus: 'VOIDED' });
});

test('a bill that was voided before anybody read it never comes', async () => {
  const id = await desk.enter();
  await desk.edit(id, { Status: 'VOIDED' });
  await desk.round();
  expect(await desk.feed()).toEqual([]);
});

test('a bill that the CRM does not accept is a problem after a day, and the feed does not repeat it', async () => {
  const id = await desk.enter();
  await desk.round();
  await desk.app.advanceSeconds(24 * 3600);
  const read = () => desk.read(`bills/xero:${id}`);
  await desk.until(async () => (await read()).state === 'problem', 'the problem');
  expect(await read()).toMatchObject({ problem: { code: 'accept_missing', fix: 'wait', waitsFor: 'admin' } });
  await desk.app.advanceSeconds(24 * 3600);
  await desk.round();
  expect((await desk.feed()).map(({ type }) => type)).toEqual(['new', 'state']);
  const [change] = await desk.feed();
  expect((await desk.accept(change?.id ?? '', 'exp-1')).body).toMatchObject({ record: { state: 'synced' } });
});

test('a round that finds nothing is one call, and none while bills do not come', async () => {
  await desk.enter();
  await desk.round();
  await desk.round();
  await desk.reads();
  await desk.round();
  expect(await desk.reads()).toBe(1);
  await desk.crm.send('PUT', '/api/sync/rules', { kinds: [{ kind: 'bills', back: { on: false } }] });
  await desk.app.advanceSeconds(3600);
  await desk.app.advanceSeconds(3600);
  await desk.until(async () => (await desk.app.deps.store.readers.list(desk.where))[0]?.nextAt === null, 'the stop');
  await desk.app.advanceSeconds(3600);
  expect(await desk.reads()).toBe(0);
});
