import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Change } from '#shared/contract/sync/changes.ts';
import { fuel, invoiceOf, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: SyncDesk;
beforeEach(async () => {
  desk = await openSyncDesk(await startApp());
});
afterEach(() => desk.app.stop());

const confirm = 'Demo Company (AU)';

function reset() {
  return desk.run('/api/sync/reset', { confirm });
}

function post(body: object) {
  return desk.crm.send<{ code?: string; runId?: string }>('POST', '/api/sync/reset', body);
}

async function countBills() {
  const { bills } = await desk.documents();
  return bills.length;
}

async function settleQuestion(path: string, choice: string) {
  const { question } = await desk.read(path);
  await desk.act(path, { action: 'answer', choice, questionId: question?.id });
  return desk.settled(path);
}

describe('a reset', () => {
  test('says first what it would forget, and asks Xero nothing', async () => {
    await desk.send('expenses/e', 1, fuel);
    await desk.app.control.clearRequests();
    const { run, rows } = await desk.run('/api/sync/reset', { dryRun: true });
    expect(run).toMatchObject({ type: 'reset', dryRun: true, status: 'done', calls: 0, counts: { total: 1, same: 1 } });
    expect(rows).toMatchObject([
      { crmId: 'e', outcome: 'same', done: false, message: 'Expense R-17 stays in Xero, but is forgotten here.' },
    ]);
    expect(await desk.app.control.requests()).toEqual([]);
    expect(await desk.read('expenses/e')).toMatchObject({ state: 'synced', xeroNumber: 'R-17' });
  });

  test('needs the name of the organisation, and no other run', async () => {
    expect(await post({ confirm: 'Demo' })).toMatchObject({ status: 422, body: { code: 'confirmation_wrong' } });
    expect(await post({})).toMatchObject({ status: 400 });
    expect(await post({ dryRun: true, confirm })).toMatchObject({ status: 400 });
    const [first, second] = await Promise.all([post({ confirm }), post({ confirm })]);
    expect([first.status, second.status].sort()).toEqual([202, 409]);
  });

  test('leaves every record out, and nothing is sent or changed in Xero', async () => {
    await desk.send('expenses/e', 1, fuel);
    await desk.send('customers/c', 1, { name: 'Acme Dental' });
    await desk.until(async () => (await desk.read('customers/c')).also[0]?.state === 'done', 'its group');
    await desk.app.control.clearRequests();
    const { run, rows } = await reset();
    expect(run).toMatchObject({ type: 'reset', status: 'done', counts: { total: 2, same: 2, done: 2, left: 0 } });
    expect(rows.every(({ done }) => done)).toBe(true);
    const told = 'Customer Acme Dental stays in Xero, but is forgotten here.';
    expect(rows.find(({ crmId }) => crmId === 'c')?.message).toBe(told);
    const forgotten = { state: 'excluded', excluded: { by: 'rule', rule: 'reset' }, sentVersion: null };
    const unknown = { xeroId: null, xeroNumber: null, xeroUrl: null, also: [], wantedVersion: 1 };
    expect(await desk.read('expenses/e')).toMatchObject({ ...forgotten, ...unknown });
    expect(await desk.read('customers/c')).toMatchObject({ ...forgotten, ...unknown });
    await desk.put('expenses/e', 2, { ...fuel, amount: '90.00' });
    await desk.app.advanceSeconds(4000);
    expect(await desk.read('expenses/e')).toMatchObject({ ...forgotten, wantedVersion: 2 });
    expect(
      (await desk.app.control.requests()).filter(
        ({ method, path }) => path.startsWith('/api.xro/') && method !== 'GET',
      ),
    ).toEqual([]);
    const { body } = await desk.crm.send<{ changes: Change[] }>('GET', '/api/changes?limit=500');
    expect(body.changes.filter(({ type }) => type === 'reset')).toMatchObject([{ data: { what: 'reset' } }]);
    expect((await desk.app.deps.store.audit.list(desk.app.workspace.id, { limit: 5 }))[0]?.action).toBe('reset_sync');
  });
});

describe('after a reset', () => {
  test('no change of the rules sends a record, nor does a version that cannot travel', async () => {
    await desk.send('expenses/e', 1, fuel);
    await desk.send('expenses/out', 1, { ...fuel, reference: 'R-2' });
    await desk.act('expenses/out', { action: 'exclude' });
    await reset();
    for (const enabled of [false, true]) await desk.crm.send('PUT', '/api/sync/rules', { enabled });
    await desk.put('expenses/e', 2, { ...fuel, amount: '0' });
    await desk.put('expenses/e', 3, fuel);
    await desk.app.advanceSeconds(60);
    expect(await desk.read('expenses/e')).toMatchObject({ state: 'excluded', excluded: { rule: 'reset' } });
    expect(await desk.read('expenses/out')).toMatchObject({ state: 'excluded', excluded: { by: 'person' } });
  });

  test('a deletion waits for a person, and takes the bill away then', async () => {
    const { xeroId } = await desk.send('expenses/e', 1, fuel);
    await reset();
    await desk.crm.send('DELETE', '/api/records/expenses/e?version=2');
    expect(await desk.settled('expenses/e')).toMatchObject({ state: 'excluded', wanted: 'absent' });
    await desk.act('expenses/e', { action: 'sync' });
    expect(await desk.settled('expenses/e')).toMatchObject({ state: 'synced', xeroStatus: 'VOIDED', xeroId });
  });

  test('what sync made is offered and never made twice', async () => {
    const before = await desk.send('expenses/e', 1, fuel);
    const bare = { ...fuel, reference: undefined, description: 'Tolls' };
    await desk.send('expenses/bare', 1, bare);
    const bills = await countBills();
    await reset();
    for (const path of ['expenses/e', 'expenses/bare']) {
      await desk.act(path, { action: 'sync' });
      const { state, question } = await desk.settled(path);
      expect(state).toBe('question');
      expect(question).toMatchObject({
        code: 'number_taken',
        choices: [{ id: 'adopt', best: true }, { id: 'leave_out' }],
      });
      expect(await settleQuestion(path, 'adopt')).toMatchObject({ state: 'synced' });
    }
    expect(await desk.read('expenses/e')).toMatchObject({ xeroId: before.xeroId });
    expect(await countBills()).toBe(bills);
  });

  test('one that changed meanwhile is offered too, also when its number is another', async () => {
    const before = await desk.send('expenses/e', 1, fuel);
    const bills = await countBills();
    await reset();
    await desk.put('expenses/e', 2, { ...fuel, reference: 'R-18', amount: '99.00' });
    await desk.act('expenses/e', { action: 'sync' });
    expect((await desk.settled('expenses/e')).question?.message).toBe(
      'R-17 is already in Xero, with different content.',
    );
    await settleQuestion('expenses/e', 'adopt');
    expect(await desk.read('expenses/e')).toMatchObject({ xeroId: before.xeroId });
    expect(await countBills()).toBe(bills);
  });

  test('a customer is found by its name again, and its invoice goes on', async () => {
    const before = await desk.send('customers/c', 1, { name: 'Acme Dental' });
    await reset();
    await desk.act('customers/c', { action: 'sync' });
    expect(await desk.settled('customers/c')).toMatchObject({ state: 'synced', xeroId: before.xeroId });
  });

  test('one whose bill was voided is made again only when a person asks', async () => {
    const before = await desk.send('expenses/e', 1, fuel);
    const voided = { tenantId: desk.where.organisationId, InvoiceID: before.xeroId ?? '', Status: 'VOIDED' };
    await desk.app.control.updateInvoice(voided as never);
    const bills = await countBills();
    await reset();
    await desk.act('expenses/e', { action: 'sync' });
    expect((await desk.settled('expenses/e')).question?.code).toBe('gone_in_xero');
    expect(await settleQuestion('expenses/e', 'make_again')).toMatchObject({ state: 'synced' });
    expect(await countBills()).toBe(bills + 1);
  });

  test('a document that was adopted, not made, is offered too', async () => {
    const number = 'INV-ADOPTED';
    await desk.send('customers/c', 1, { name: 'Acme Dental' });
    const made = await desk.send('invoices/made', 1, invoiceOf(number, 'c'));
    await desk.send('invoices/again', 1, invoiceOf(number, 'c'));
    await desk.send('invoices/again', 2, invoiceOf(number, 'c'));
    await desk.act('invoices/made', { action: 'exclude' });
    await settleQuestion('invoices/again', 'adopt');
    expect(await desk.read('invoices/again')).toMatchObject({ state: 'synced', xeroId: made.xeroId });
    await reset();
    await desk.send('invoices/again', 3, { ...invoiceOf('INV-OTHER', 'c') });
    await desk.act('customers/c', { action: 'sync' });
    await desk.act('invoices/again', { action: 'sync' });
    expect((await desk.settled('invoices/again')).question?.code).toBe('number_taken');
  });

  test('the bill of a finished order is not made twice', async () => {
    const order = {
      ...{ number: 'PO-7', supplier: { name: 'Timber Yard' }, date: '2026-11-20', currency: 'AUD', status: 'finished' },
      ...{ lineAmountTypes: 'exclusive', total: '11.00' },
      lines: [{ description: 'Beams', quantity: '1', unitAmount: '10.00', category: 'Fuel' }],
    };
    await desk.send('purchase-orders/o', 1, order);
    const isBilled = async () => (await desk.read('purchase-orders/o')).also[0]?.state === 'done';
    await desk.until(isBilled, 'the bill');
    const bills = await countBills();
    await reset();
    await desk.act('purchase-orders/o', { action: 'sync' });
    await desk.settled('purchase-orders/o');
    await settleQuestion('purchase-orders/o', 'adopt');
    await desk.until(isBilled, 'the bill again');
    expect(await countBills()).toBe(bills);
    const { purchaseOrders } = await desk.documents();
    expect(purchaseOrders.filter(({ PurchaseOrderNumber }) => PurchaseOrderNumber === 'PO-7')).toHaveLength(1);
  });
});
