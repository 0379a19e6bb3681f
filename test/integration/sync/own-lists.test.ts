import { afterEach, beforeEach, expect, test } from 'vitest';
import { fuel, invoiceOf, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: SyncDesk;
beforeEach(async () => {
  desk = await openSyncDesk(await startApp());
  // Now that sync is on, Xero is asked for its settings too.
  await desk.app.admin.connect();
  // Reads Xero's lists, which are kept from here on.
  await desk.send('expenses/e', 1, fuel);
});
afterEach(() => desk.app.stop());

test('a payment goes by a payment method that was made in Xero a moment ago', async () => {
  await desk.send('payment-methods/bank', 1, { name: 'Main account', bankAccountNumber: '123456789' });
  const bill = { kind: 'expenses', crmId: 'e' };
  const payment = { bill, date: '2026-11-30', amount: '10.00', currency: 'AUD', method: 'bank' };
  expect(await desk.send('payments/p', 1, payment)).toMatchObject({ state: 'synced', problem: null });
});

test('so does an expense with a tracking option, by its id or its name', async () => {
  await desk.send('tracking/loc', 1, { category: 'Region', name: 'Far West' });
  for (const [id, option] of Object.entries({
    id: { crmId: 'loc' },
    name: { category: 'Region', option: 'Far West' },
  })) {
    const record = await desk.send(`expenses/${id}`, 1, { ...fuel, reference: id, tracking: [option] });
    expect(record).toMatchObject({ state: 'synced', problem: null });
  }
});

test('so does an invoice with a tax rate', async () => {
  await desk.send('customers/c', 1, { name: 'Acme Dental' });
  await desk.send('tax-rates/levy', 1, { name: 'Timber levy', rate: '10', use: 'sales' });
  const invoice = invoiceOf('INV-T', 'c');
  const lines = invoice.lines.map((line) => ({ ...line, taxRate: 'levy' }));
  expect(await desk.send('invoices/i', 1, { ...invoice, lines })).toMatchObject({ state: 'synced', problem: null });
});

test('bank accounts that are sent together get a code each', async () => {
  const records = ['1', '2', '3'].map((digit) => {
    const data = { name: `Bank ${digit}`, bankAccountNumber: `00${digit}4567890` };
    return { kind: 'payment-methods', crmId: digit, version: 1, data };
  });
  await desk.crm.send('POST', '/api/records/batch', { records });
  for (const { crmId } of records) {
    expect(await desk.settled(`payment-methods/${crmId}`)).toMatchObject({ state: 'synced', problem: null });
  }
});
