import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { fuel, invoiceOf, mapBank, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: SyncDesk;
let tenantId: string;
beforeAll(async () => {
  desk = await openSyncDesk(await startApp({ env: { XERO_TIMEOUT_SECONDS: '20' } }));
  tenantId = desk.where.organisationId;
  await mapBank(desk);
});
afterEach(() => desk.app.control.clearFaults());
afterAll(() => desk.app.stop());

const paid = { date: '2026-11-30', currency: 'AUD', method: 'bank', reference: 'Chq 5' };

async function remove(path: string, version: number): Promise<void> {
  expect((await desk.crm.send('DELETE', `/api/records/${path}?version=${version}`)).status).toBe(202);
}

async function findInvoice(number: string) {
  return (await desk.documents()).invoices.find(({ InvoiceNumber }) => InvoiceNumber === number);
}

async function findBill(reference: string) {
  return (await desk.documents()).bills.find(({ InvoiceNumber }) => InvoiceNumber === reference);
}

describe('what two records of the CRM are in Xero', () => {
  test('a contact of two customers stays active until both are deleted', async () => {
    const { xeroId } = await desk.send('customers/joint-a', 1, { name: 'Joint Ltd' });
    expect(await desk.send('customers/joint-b', 1, { name: 'Joint Ltd' })).toMatchObject({ xeroId });
    const findStatus = async () => {
      const { contacts } = await desk.app.control.directory({ tenantId });
      return contacts.find(({ ContactID }) => ContactID.toLowerCase() === xeroId)?.ContactStatus;
    };
    await remove('customers/joint-b', 2);
    const kept = { state: 'synced', notes: [{ code: 'kept_in_xero' }] };
    expect(await desk.settled('customers/joint-b')).toMatchObject(kept);
    expect(await findStatus()).toBe('ACTIVE');
    await remove('customers/joint-a', 2);
    expect(await desk.settled('customers/joint-a')).toMatchObject({ state: 'synced', xeroStatus: 'ARCHIVED' });
    expect(await findStatus()).toBe('ARCHIVED');
  });

  test('an invoice that a person adopted for a second record stays while the first is there', async () => {
    await desk.send('customers/adopt', 1, { name: 'Adopting Ltd' });
    await desk.send('invoices/adopt-a', 1, invoiceOf('ADOPT-1', 'adopt'));
    const { question } = await desk.send('invoices/adopt-b', 1, invoiceOf('ADOPT-1', 'adopt'));
    await desk.act('invoices/adopt-b', { action: 'answer', choice: 'adopt', questionId: question?.id });
    await desk.settled('invoices/adopt-b');
    await desk.send('invoices/adopt-b', 2, { ...invoiceOf('ADOPT-1', 'adopt'), status: 'void' });
    expect(await findInvoice('ADOPT-1')).toMatchObject({ Status: 'AUTHORISED' });
  });
});

test('an invoice that is deleted with its payment goes as soon as the payment is gone', async () => {
  await desk.send('customers/both', 1, { name: 'Both Ltd' });
  await desk.send('invoices/both', 1, invoiceOf('BOTH-1', 'both'));
  const payment = { ...paid, amount: '110.00', invoice: { kind: 'invoices', crmId: 'both' } };
  await desk.send('payments/both', 1, payment);
  await remove('invoices/both', 2);
  await remove('payments/both', 2);
  const isGone = async () => (await desk.read('invoices/both')).state === 'synced';
  await desk.until(isGone, 'the invoice to be removed');
  expect(await findInvoice('BOTH-1')).toMatchObject({ Status: 'VOIDED' });
});

describe('the deletion of a record whose answer from Xero was lost', () => {
  /** Xero has a bill of it, and nobody here knows that. */
  async function lose(crmId: string): Promise<void> {
    await desk.app.control.fault({ kind: 'lose-answer', method: 'PUT', path: 'Invoices' });
    await desk.app.control.fault({ kind: 'status', status: 503, method: 'GET', path: 'Invoices', times: null });
    await desk.put(`expenses/${crmId}`, 1, { ...fuel, reference: crmId });
    await desk.until(async () => (await findBill(crmId)) !== undefined, 'the bill to be in Xero');
    const isLost = async () => (await desk.read(`expenses/${crmId}`)).reason?.code === 'outcome_unknown';
    await waitUntil(isLost, 'the lost answer to be noticed');
  }
  async function untilVoid(crmId: string): Promise<void> {
    await desk.app.control.clearFaults();
    await desk.until(async () => (await findBill(crmId))?.Status === 'VOIDED', 'the bill to be voided');
    await desk.settled(`expenses/${crmId}`);
    expect(await desk.read(`expenses/${crmId}`)).toMatchObject({ state: 'synced', xeroStatus: 'VOIDED' });
  }

  test('while a person has left it out, removes the bill once it is included', async () => {
    await lose('lost-out');
    await desk.act('expenses/lost-out', { action: 'exclude' });
    await remove('expenses/lost-out', 2);
    await desk.act('expenses/lost-out', { action: 'include' });
    await untilVoid('lost-out');
  });

  test('while expenses are switched off, removes the bill once they are on again', async () => {
    await lose('lost-off');
    const turn = (on: boolean) =>
      desk.crm.send('PUT', '/api/sync/rules', { kinds: [{ kind: 'expenses', out: { on } }] });
    await turn(false);
    await remove('expenses/lost-off', 2);
    await turn(true);
    await untilVoid('lost-off');
  });
});

test('a record that was never sent is deleted without a person, whatever the rule', async () => {
  const rule = { kind: 'purchase-orders', out: { new: 'by_hand' } };
  await desk.crm.send('PUT', '/api/sync/rules', { kinds: [rule] });
  expect(await desk.put('purchase-orders/unsent', 1, { number: 'PO-UNSENT' })).toMatchObject({ state: 'changed' });
  await remove('purchase-orders/unsent', 2);
  expect(await desk.read('purchase-orders/unsent')).toMatchObject({ state: 'synced', xeroId: null });
  await desk.crm.send('PUT', '/api/sync/rules', { kinds: [{ ...rule, out: { new: 'automatic' } }] });
});

test('the bill of a deleted order stays and is named', async () => {
  const lines = [{ description: 'Chairs', quantity: '1', unitAmount: '100.00', category: 'Fuel' }];
  await desk.send('purchase-orders/billed', 1, {
    ...{ number: 'PO-BILLED', supplier: { name: 'Caltex Perth' }, date: '2026-11-03', currency: 'AUD' },
    ...{ lineAmountTypes: 'exclusive', lines, total: '110.00', status: 'finished' },
  });
  const findNamed = async () => (await desk.read('purchase-orders/billed')).also;
  await desk.until(async () => (await findNamed())[0]?.state === 'done', 'the bill to be added');
  const also = await findNamed();
  await remove('purchase-orders/billed', 2);
  expect(await desk.settled('purchase-orders/billed')).toMatchObject({ state: 'synced', also });
});
