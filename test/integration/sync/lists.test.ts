import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: SyncDesk;
beforeAll(async () => {
  desk = await openSyncDesk(await startApp());
  // Now that sync is on, Xero is asked for its settings too.
  await desk.app.admin.connect();
});
afterAll(() => desk.app.stop());

describe('the page of a record', () => {
  test.each<[string, object]>([
    ['tracking', { category: 'Region', name: 'Paged' }],
    ['tax-rates', { name: 'Paged levy', rate: '1', use: 'sales' }],
    ['payment-methods', { name: 'Paged account', code: '955' }],
  ])('is taken with %s, and has to be one of the CRM', async (kind, data) => {
    const url = `${desk.app.crmOrigin}/lists/1`;
    expect(await desk.send(`${kind}/paged`, 1, { ...data, url })).toMatchObject({ state: 'synced', data: { url } });
    const foreign = await desk.send(`${kind}/foreign`, 1, { ...data, url: 'https://elsewhere.test/1' });
    expect(foreign.problem).toMatchObject({ code: 'field_invalid', field: 'url' });
  });
});

describe('what lists of the CRM have', () => {
  test('an item is made with its price, and a change of it is sent', async () => {
    const data = { code: 'PUMP-1', name: 'Pump', sales: { unitAmount: '120.00', category: 'Sales' } };
    expect(await desk.send('items/i-1', 1, data)).toMatchObject({ state: 'synced', xeroKind: 'item' });
    await desk.put('items/i-1', 2, { ...data, name: 'Pump, 12 V' });
    await desk.until(async () => (await desk.read('items/i-1')).sentVersion === 2, 'the change to go');
    const { items } = await desk.app.control.directory({ tenantId: desk.where.organisationId });
    expect(items.filter(({ Code }) => Code === 'PUMP-1')).toHaveLength(1);
    expect(items).toContainEqual(expect.objectContaining({ Code: 'PUMP-1', Name: 'Pump, 12 V' }));
  });

  test('a tax rate is made', async () => {
    const record = await desk.send('tax-rates/t-1', 1, { name: 'Timber levy', rate: '3.5', use: 'sales' });
    expect(record).toMatchObject({ state: 'synced', xeroKind: 'tax_rate' });
  });

  test('a payment method with a bank account number becomes a bank account', async () => {
    const data = { name: 'Trading account', code: '091', bankAccountNumber: '12-3456-7890123-00' };
    expect(await desk.send('payment-methods/m-1', 1, data)).toMatchObject({ state: 'synced', xeroKind: 'account' });
  });

  test('a tracking option is made in its category', async () => {
    const record = await desk.send('tracking/o-1', 1, { category: 'Region', name: 'Far West' });
    expect(record).toMatchObject({ state: 'synced', xeroKind: 'tracking_option' });
  });
});
