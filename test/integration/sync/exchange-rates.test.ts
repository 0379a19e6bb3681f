import { afterAll, beforeAll, expect, test } from 'vitest';
import { fuel, invoiceOf, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: SyncDesk;
beforeAll(async () => {
  desk = await openSyncDesk(await startApp());
  await desk.put('customers/abroad', 1, { name: 'Abroad Inc' });
});
afterAll(() => desk.app.stop());

const records = {
  expenses: { ...fuel, currency: 'USD' },
  invoices: { ...invoiceOf('RATE-1', 'abroad'), currency: 'USD' },
};

test.each(['expenses', 'invoices'] as const)('a rate of six decimals reaches Xero exactly (%s)', async (kind) => {
  const path = `${kind}/rate`;
  const data = { ...records[kind], exchangeRate: '0.658734' };
  expect(await desk.send(path, 1, data)).toMatchObject({ state: 'synced', sentVersion: 1 });
  const { xeroId } = await desk.read(path);
  const rateOf = async () => {
    const { bills, invoices } = await desk.documents();
    return [...bills, ...invoices].find(({ InvoiceID }) => InvoiceID.toLowerCase() === xeroId)?.CurrencyRate;
  };
  expect(await rateOf()).toBe(0.658734);
  // With zeros behind it the rate is the same.
  await desk.put(path, 2, { ...data, exchangeRate: '0.65873400' });
  const { rows } = await desk.run('/api/records/sync', { kind, crmIds: ['rate'], dryRun: true });
  expect(rows).toMatchObject([{ outcome: 'same' }]);
  await desk.put(path, 3, { ...data, exchangeRate: '0.658735' });
  await desk.act(path, { action: 'sync' });
  await desk.until(async () => (await desk.read(path)).sentVersion === 3, 'the other rate to go');
  expect(await rateOf()).toBe(0.658735);
});

test.each(['0', '-1.5', '0.0000001', '0.6587345', '1234567890123.5'])(
  'a rate of %s is a problem',
  async (exchangeRate) => {
    const path = `expenses/rate ${exchangeRate}`;
    const record = await desk.send(path, 1, { ...records.expenses, exchangeRate });
    expect(record).toMatchObject({ state: 'problem', problem: { code: 'field_invalid', field: 'exchangeRate' } });
  },
);

test('a rate that is no decimal is refused', async () => {
  for (const exchangeRate of [0.5, '1e3', '', 'abc', '.5']) {
    const body = { version: 1, data: { exchangeRate } };
    expect((await desk.crm.send('PUT', '/api/records/expenses/odd', body)).status).toBe(400);
  }
});
