import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { firstRules } from '#server/use-cases/sync/settings/first-rules.ts';
import type { SyncRecord } from '#shared/contract/sync/record.ts';
import { buildCrmBackend, type CrmBackend } from '#test/support/people/crm-backend.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
let crm: CrmBackend;
let where: { workspaceId: string; organisationId: string };
beforeAll(async () => {
  app = await startApp();
  crm = buildCrmBackend(app);
  await app.admin.connect();
  const connection = await app.deps.store.connections.find(app.workspace.id);
  where = { workspaceId: app.workspace.id, organisationId: connection?.organisationId ?? '' };
  const rules = { ...firstRules, enabled: true, since: '2020-01-01' };
  await app.deps.store.syncRules.put(where, JSON.stringify(rules));
  const mapping = {
    ...{
      categories: [
        { key: 'Fuel', accountCode: '429' },
        { key: 'Sales', accountCode: '200' },
      ],
      paymentMethods: [],
      taxRates: [],
      tracking: {},
    },
    defaults: {
      ...{ expenseSupplierName: 'Expenses', expenseAccountCode: null, salesAccountCode: '200' },
      ...{ paymentAccountId: null, feeAccountCode: null },
    },
  };
  await app.deps.store.syncMapping.put(where, JSON.stringify(mapping));
});
afterAll(() => app.stop());

const fuel = {
  ...{ date: '2026-11-28', category: 'Fuel', amount: '86.40', taxInclusive: true, currency: 'AUD' },
  ...{ description: 'Fuel', supplier: { name: 'Caltex Perth' }, reference: 'R-17' },
};

async function read(path: string): Promise<SyncRecord> {
  const { body } = await crm.send<{ record: SyncRecord }>('GET', `/api/records/${path}`);
  return body.record;
}

/** Puts the record and waits until it is no longer on its way. */
async function send(path: string, version: number, data: unknown): Promise<SyncRecord> {
  await crm.send('PUT', `/api/records/${path}`, { version, data });
  return settled(path);
}

async function settled(path: string): Promise<SyncRecord> {
  let record = await read(path);
  await waitUntil(async () => {
    await app.advanceSeconds(1);
    record = await read(path);
    return record.state !== 'waiting';
  }, `${path} to be dealt with`);
  return record;
}

async function documents() {
  return app.control.documents({ tenantId: where.organisationId });
}

describe('an expense', () => {
  test('becomes a bill of its supplier, once', async () => {
    const record = await send('expenses/exp-1', 1, fuel);
    expect(record).toMatchObject({ state: 'synced', sentVersion: 1, xeroKind: 'bill', problem: null });
    expect(record).toMatchObject({ xeroStatus: 'AUTHORISED', xeroId: expect.any(String), xeroUrl: expect.any(String) });
    const { bills: invoices } = await documents();
    const bills = invoices.filter(({ InvoiceID }) => InvoiceID.toLowerCase() === record.xeroId);
    expect(bills).toMatchObject([{ Type: 'ACCPAY', Total: 86.4 }]);
    expect((await send('expenses/exp-1', 1, fuel)).state).toBe('synced');
    expect((await documents()).bills).toHaveLength(invoices.length);
  });

  test('whose category nobody mapped waits for the admin, and goes once it is mapped', async () => {
    const record = await send('expenses/gift', 1, { ...fuel, category: 'Client gifts' });
    const target = { mapping: 'categories', key: 'Client gifts' };
    const message = "Choose an account for 'Client gifts'.";
    expect(record).toMatchObject({ state: 'problem', problem: { code: 'category_unmapped', message, target } });
    expect(record.nextTryAt).not.toBeNull();
  });

  test('that changed after it was sent waits for a person', async () => {
    await send('expenses/changed', 1, fuel);
    const changed = await send('expenses/changed', 2, { ...fuel, amount: '90.00' });
    expect(changed).toMatchObject({ state: 'changed', sentVersion: 1, wantedVersion: 2 });
  });

  test('that was deleted in the CRM is voided in Xero', async () => {
    await send('expenses/gone', 1, fuel);
    await crm.send('DELETE', '/api/records/expenses/gone?version=2');
    expect(await read('expenses/gone')).toMatchObject({ state: 'changed', wanted: 'absent' });
  });
});

describe('a customer', () => {
  test('becomes a contact in its group', async () => {
    const record = await send('customers/c-1', 1, { name: 'Aurora Bakery', email: 'hello@aurora.example' });
    expect(record).toMatchObject({ state: 'synced', xeroKind: 'contact', xeroStatus: 'ACTIVE' });
    const isIn = async () => {
      await app.advanceSeconds(1);
      const { groups } = await app.control.directory({ tenantId: where.organisationId });
      const group = groups.find(({ name }) => name.startsWith('Customers from '));
      return group?.contactIds.includes(record.xeroId ?? '') === true;
    };
    await waitUntil(isIn, 'the customer to be in its group');
    const { body } = await crm.send<{ history: object[] }>('GET', '/api/records/customers/c-1');
    expect(body.history[0]).toMatchObject({ message: 'Customer Aurora Bakery added in Xero' });
  });

  test('and a supplier of exactly its name are one contact', async () => {
    const customer = await send('customers/both', 1, { name: 'Both Ways Ltd' });
    const supplier = await send('suppliers/both', 1, { name: ' both  ways ltd' });
    expect(supplier).toMatchObject({ state: 'synced', xeroId: customer.xeroId });
  });

  test('of a similar name is a question, and no contact is made', async () => {
    await send('customers/near-1', 1, { name: 'Northwind Traders Pty Ltd' });
    const near = await send('customers/near-2', 1, { name: 'Northwind Traders' });
    expect(near).toMatchObject({
      state: 'question',
      question: { code: 'near_name', waitsFor: 'user' },
      nextTryAt: null,
    });
  });
});

describe('an invoice', () => {
  const line = { description: 'Work', quantity: '2', unitAmount: '50.00', category: 'Sales' };
  const invoice = {
    ...{ number: 'CRM-1', customer: { crmId: 'inv-customer' }, date: '2026-11-01', dueDate: '2026-12-01' },
    ...{ currency: 'AUD', lineAmountTypes: 'exclusive', lines: [line], total: '110.00', status: 'approved' },
  };

  test('waits for its customer, and goes by itself when that one is in Xero', async () => {
    await crm.send('PUT', '/api/records/invoices/inv-1', { version: 1, data: invoice });
    await waitUntil(async () => {
      await app.advanceSeconds(1);
      return (await read('invoices/inv-1')).reason?.code === 'needs_record';
    }, 'the invoice to wait for its customer');
    await send('customers/inv-customer', 1, { name: 'Waited For Ltd' });
    const record = await settled('invoices/inv-1');
    expect(record).toMatchObject({
      state: 'synced',
      xeroKind: 'invoice',
      xeroNumber: 'CRM-1',
      xeroStatus: 'AUTHORISED',
    });
  });
});
