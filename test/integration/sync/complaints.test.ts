import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Mapping } from '#shared/contract/sync/mapping.ts';
import { fuel, invoiceOf, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { startApp } from '#test/support/world/app.ts';

/** What users of such products complain of, one test each. The numbers are ours. */
let desk: SyncDesk;
let tenantId: string;
beforeAll(async () => {
  desk = await openSyncDesk(await startApp());
  tenantId = desk.where.organisationId;
});
afterAll(() => desk.app.stop());

/** Time goes on until the record stands so. */
async function becomes(path: string, state: string): Promise<void> {
  await desk.until(async () => {
    await desk.app.advanceSeconds(600);
    return (await desk.read(path)).state === state;
  }, `${path} to be ${state}`);
}

async function idOf(path: string): Promise<string> {
  return (await desk.read(path)).xeroId ?? '';
}

describe('contacts', () => {
  test('1: a bill is stuck because its contact is archived, and goes when it is restored', async () => {
    const { xeroId } = await desk.send('suppliers/s-1', 1, { name: 'Archived Supplies' });
    const contactId = xeroId ?? '';
    await desk.app.control.archiveContact({ tenantId, contactId });
    await desk.app.advanceSeconds(700);
    const bill = await desk.send('expenses/e-1', 1, { ...fuel, supplier: { crmId: 's-1' } });
    expect(bill.problem).toMatchObject({ code: 'contact_archived', fix: 'restore_contact' });
    await desk.app.control.archiveContact({ tenantId, contactId, isArchived: false });
    await becomes('expenses/e-1', 'synced');
  });

  test('3: a taken name is one contact, never "Ben 1"', async () => {
    const first = await desk.send('customers/ben', 1, { name: 'Ben Cooper' });
    const second = await desk.send('customers/ben-2', 1, { name: 'ben  cooper' });
    expect(second.xeroId).toBe(first.xeroId);
  });

  test('4: after a merge in Xero the next invoice lands on the survivor', async () => {
    await desk.send('customers/m-1', 1, { name: 'Merged Away Ltd' });
    await desk.send('customers/m-2', 1, { name: 'Survivor Holdings' });
    const [contactId, intoContactId] = [await idOf('customers/m-1'), await idOf('customers/m-2')];
    await desk.app.control.mergeContacts({ tenantId, contactId, intoContactId });
    await desk.app.advanceSeconds(700);
    await desk.send('customers/m-1', 2, { name: 'Merged Away Ltd', phone: '555-0100' });
    const invoice = await desk.send('invoices/m-1', 1, invoiceOf('MERGE-1', 'm-1'));
    expect(invoice).toMatchObject({ state: 'synced' });
    const { invoices } = await desk.documents();
    const made = invoices.find(({ InvoiceNumber }) => InvoiceNumber === 'MERGE-1');
    expect(made?.contactId.toLowerCase()).toBe(intoContactId);
  });
});

describe('records', () => {
  test('8: an edited record says that it is tried again', async () => {
    await desk.send('expenses/e-8', 1, { ...fuel, category: 'Unknown' });
    const record = await desk.put('expenses/e-8', 2, fuel);
    expect(record).toMatchObject({ state: 'waiting', reason: { code: 'edited' }, problem: null });
    expect(await desk.settled('expenses/e-8')).toMatchObject({ state: 'synced' });
  });

  test('11: a locked period is told before sending, and goes when the lock moves', async () => {
    await desk.app.control.lockDate({ tenantId, period: '2026-11-29' });
    await desk.app.advanceSeconds(700);
    const before = (await desk.documents()).bills.length;
    const record = await desk.send('expenses/e-11', 1, fuel);
    expect(record.problem).toMatchObject({ code: 'period_locked', fix: 'unlock_period' });
    expect((await desk.documents()).bills).toHaveLength(before);
    await desk.app.control.lockDate({ tenantId, period: null });
    await becomes('expenses/e-11', 'synced');
  });

  test('12: deleted in Xero, it is made again only when a person asks, with one click', async () => {
    const first = await desk.send('expenses/e-12', 1, fuel);
    await desk.app.control.updateInvoice({ tenantId, InvoiceID: first.xeroId ?? '', Status: 'VOIDED' } as never);
    await desk.put('expenses/e-12', 2, { ...fuel, amount: '90.00' });
    await desk.act('expenses/e-12', { action: 'sync' });
    const gone = await desk.settled('expenses/e-12');
    expect(gone).toMatchObject({ state: 'question', question: { code: 'gone_in_xero' } });
    const body = { action: 'answer', choice: 'make_again', questionId: gone.question?.id };
    await desk.act('expenses/e-12', body);
    const again = await desk.settled('expenses/e-12');
    expect(again).toMatchObject({ state: 'synced' });
    expect(again.xeroId).not.toBe(first.xeroId);
  });

  test('15: a cent off is held, or sent with a rounding line where an admin chose so', async () => {
    await desk.send('customers/c-15', 1, { name: 'Cent Off Ltd' });
    const invoice = { ...invoiceOf('CENT-1', 'c-15'), total: '110.01' };
    expect((await desk.send('invoices/c-15', 1, invoice)).problem).toMatchObject({ code: 'total_differs' });
    await desk.crm.send('PUT', '/api/sync/rules', { roundingLine: true });
    await desk.act('invoices/c-15', { action: 'retry' });
    const sent = await desk.settled('invoices/c-15');
    expect(sent).toMatchObject({ state: 'synced', notes: [{ code: 'rounding_line' }] });
    const { invoices } = await desk.documents();
    expect(invoices.find(({ InvoiceNumber }) => InvoiceNumber === 'CENT-1')?.Total).toBe(110.01);
  });

  test('20: a plan limit is one reason', async () => {
    await desk.app.control.planLimit({ tenantId, bills: 0 });
    const record = await desk.send('expenses/e-20', 1, fuel);
    expect(record.problem).toMatchObject({ code: 'plan_limit', fix: 'wait', waitsFor: 'xero' });
    await desk.app.control.planLimit({ tenantId, bills: null });
    await becomes('expenses/e-20', 'synced');
  });
});

describe('tracking', () => {
  const option = { category: 'Region', name: 'Far West' };
  const tracked = { ...fuel, tracking: [{ crmId: 'far-west' }] };

  async function sendOption(): Promise<string> {
    // Now that sync is on, Xero is asked for its settings too.
    await desk.app.admin.connect();
    return (await desk.send('tracking/far-west', 1, option)).xeroId ?? '';
  }

  /** Xero's lists are read anew. */
  async function change(given: { name?: string; isArchived?: boolean }): Promise<void> {
    const optionId = await idOf('tracking/far-west');
    await desk.app.control.changeTrackingOption({ tenantId, optionId, ...given });
    await desk.app.advanceSeconds(700);
  }

  async function trackingOf(path: string) {
    const { bills } = await desk.documents();
    const xeroId = await idOf(path);
    return bills.find(({ InvoiceID }) => InvoiceID === xeroId)?.LineItems[0]?.Tracking;
  }

  test('17: an archived option is named, holds only its own record, and goes when it is active again', async () => {
    expect(await sendOption()).not.toBe('');
    await change({ isArchived: true });
    const held = await desk.send('expenses/e-17', 1, tracked);
    const message = "The tracking option 'Far West' is archived in Xero. Restore it there, or choose another.";
    expect(held).toMatchObject({
      state: 'problem',
      problem: { code: 'tracking_unknown', message, fix: 'edit_record' },
    });
    const byName = { ...fuel, tracking: [{ category: 'Region', option: 'Far West' }] };
    expect((await desk.send('expenses/e-17-name', 1, byName)).problem).toMatchObject({ message });
    expect(await desk.send('expenses/e-17-free', 1, fuel)).toMatchObject({ state: 'synced' });
    await change({ isArchived: false });
    await becomes('expenses/e-17', 'synced');
    await becomes('expenses/e-17-name', 'synced');
    expect(await trackingOf('expenses/e-17')).toMatchObject([{ Name: 'Region', Option: 'Far West' }]);
  });

  test('17: an option that was renamed is held by its id', async () => {
    await change({ name: 'Wild West' });
    expect(await desk.send('expenses/e-17-renamed', 1, tracked)).toMatchObject({ state: 'synced' });
    expect(await trackingOf('expenses/e-17-renamed')).toMatchObject([{ Option: 'Wild West' }]);
  });

  test('17: Retry on many looks at once, with fresh lists from Xero', async () => {
    await change({ isArchived: true });
    const ids = ['e-17-retry', 'e-17-retry-2'];
    for (const id of ids) expect(await desk.send(`expenses/${id}`, 1, tracked)).toMatchObject({ state: 'problem' });
    const optionId = await idOf('tracking/far-west');
    await desk.app.control.changeTrackingOption({ tenantId, optionId, isArchived: false });
    const { run } = await desk.run('/api/records/actions', { action: 'retry', kind: 'expenses', crmIds: ids });
    expect(run.counts).toMatchObject({ make: 2, refuse: 0 });
  });

  test('17: records of a category that was renamed go by themselves once it is mapped', async () => {
    const { body } = await desk.crm.send<Mapping>('GET', '/api/sync/mapping');
    const categoryId = body.choices.tracking.find(({ name }) => name === 'Region')?.id ?? '';
    await desk.app.control.renameTrackingCategory({ tenantId, categoryId, name: 'Territory' });
    await desk.app.advanceSeconds(700);
    const held = await desk.send('expenses/e-17-mapped', 1, {
      ...fuel,
      tracking: [{ category: 'Region', option: 'North' }],
    });
    expect(held).toMatchObject({ state: 'problem', problem: { code: 'tracking_unknown', field: 'tracking.0' } });
    await desk.crm.send('PUT', '/api/sync/mapping', { tracking: { Region: categoryId } });
    await becomes('expenses/e-17-mapped', 'synced');
    expect(await trackingOf('expenses/e-17-mapped')).toMatchObject([{ Name: 'Territory', Option: 'North' }]);
  });
});

describe('purchase orders', () => {
  test('13: re-sync three times makes one bill of a finished order', async () => {
    await desk.send('suppliers/s-13', 1, { name: 'Order Supplies' });
    const line = { description: 'Timber', quantity: '1', unitAmount: '100.00', category: 'Fuel' };
    const order = {
      ...{ number: 'PO-13', supplier: { crmId: 's-13' }, date: '2026-11-01', currency: 'AUD', total: '110.00' },
      ...{ lineAmountTypes: 'exclusive', lines: [line], status: 'finished' },
      bill: { number: 'S-13', date: '2026-11-20', dueDate: '2026-12-20' },
    };
    await desk.send('purchase-orders/po-13', 1, order);
    for (const _again of [1, 2, 3]) {
      await desk.act('purchase-orders/po-13', { action: 'sync' });
      await desk.settled('purchase-orders/po-13');
    }
    await desk.until(async () => (await desk.read('purchase-orders/po-13')).also[0]?.state === 'done', 'the bill');
    const { bills, purchaseOrders } = await desk.documents();
    expect(bills.filter(({ InvoiceNumber }) => InvoiceNumber === 'S-13')).toHaveLength(1);
    expect(purchaseOrders.filter(({ PurchaseOrderNumber }) => PurchaseOrderNumber === 'PO-13')).toHaveLength(1);
  });
});

describe('the connection', () => {
  test('19: records say that they wait for Xero, and go by themselves when it is connected again', async () => {
    await desk.app.admin.disconnect();
    await desk.put('expenses/e-19', 1, fuel);
    await desk.until(async () => (await desk.read('expenses/e-19')).reason?.code === 'not_connected', 'the reason');
    await desk.app.admin.connect();
    expect(await desk.settled('expenses/e-19')).toMatchObject({ state: 'synced' });
  });
});
