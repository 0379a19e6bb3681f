import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { RecordSearch, XeroResource } from '#server/xero/records/records.ts';
import { syncScopes } from './gateway-harness.ts';
import { setGatewayStage } from './gateway-stage.ts';

/** What sync reads and finds in Xero. */
const stage = setGatewayStage({ scopes: syncScopes });

type Element = Record<string, unknown>;

function caller() {
  return { ...stage.connected.caller, priority: 'sync' as const };
}
function tenantId() {
  return stage.connected.caller.organisationId;
}
async function make(resource: XeroResource, ...elements: Element[]): Promise<string[]> {
  const answers = await stage.xero.createRecords(caller(), {
    ...{ resource, elements: elements.map((one) => JSON.stringify(one)), idempotencyKey: randomUUID() },
  });
  return answers.map((answer) => {
    if (answer.outcome !== 'done') throw answer.error;
    return answer.made.id;
  });
}
function read(resource: XeroResource, ...ids: string[]) {
  return stage.xero.readRecords(caller(), { resource, ids });
}
async function find(
  resource: XeroResource,
  by: RecordSearch['by'],
  values: string[],
  more: Partial<RecordSearch> = {},
) {
  const { twins, isWhole } = await stage.xero.findRecords(caller(), { resource, by, values, ...more });
  return [twins.map(({ id }) => id).toSorted(), isWhole];
}
async function callsOf(act: () => Promise<unknown>) {
  await stage.harness.control.clearRequests();
  await act();
  return (await stage.harness.control.requests()).map(({ path }) => path.replace('/api.xro/2.0', ''));
}
function contact(name = 'Kookaburra Couriers') {
  return { ContactID: stage.connected.contactId(name) };
}
const lines = [{ Description: 'Fuel', Quantity: 1, UnitAmount: 110, AccountCode: '425' }];
function bill(number: string, mark: string): Element {
  return {
    ...{ Type: 'ACCPAY', Status: 'AUTHORISED', Contact: contact(), InvoiceNumber: number, LineItems: lines },
    ...{ Date: '2026-11-10', DueDate: '2026-11-24', Url: `https://crm.example/1#ledgerside=${mark}` },
  };
}
function since() {
  return new Date(stage.harness.clock.now().getTime() - 60_000).toISOString();
}

describe('reading by id', () => {
  test('41 bills in any status are two calls, and what Xero does not have is missing', async () => {
    const ids = await make('invoice', ...Array.from({ length: 41 }, (_, index) => bill(`B-${index}`, `m-${index}`)));
    const [first = ''] = ids;
    await stage.harness.control.updateInvoice({ tenantId: tenantId(), InvoiceID: first, Status: 'VOIDED' });
    const gone = randomUUID();
    const asked = [first.toUpperCase(), ...ids.slice(1), gone];
    const calls = await callsOf(async () => {
      const { twins, unreadable } = await read('invoice', ...asked);
      expect([[...twins.keys()].toSorted(), unreadable]).toEqual([ids.toSorted(), []]);
      expect(twins.get(first)).toMatchObject({ status: 'VOIDED', number: 'B-0' });
    });
    expect(calls).toEqual(['/Invoices', '/Invoices']);
  });

  test('a contact that was archived or merged is there, with its addresses', async () => {
    const [old = '', kept = ''] = await make(
      'contact',
      { Name: 'Old', Addresses: [{ AddressType: 'POBOX', City: 'Perth' }] },
      { Name: 'Kept' },
    );
    await stage.harness.control.mergeContacts({ tenantId: tenantId(), contactId: old, intoContactId: kept });
    const { twins } = await read('contact', old, kept);
    expect(twins.get(old)).toMatchObject({ status: 'ARCHIVED', row: { MergedToContactID: kept } });
    expect(JSON.stringify(twins.get(old)?.row.Addresses)).toContain('Perth');
    expect(twins.get(kept)).toMatchObject({ status: 'ACTIVE' });
  });

  test('orders, credits and payments are one call each, lists are one call', async () => {
    const [order = ''] = await make('purchase_order', {
      PurchaseOrderNumber: 'PO-1',
      Contact: contact(),
      LineItems: lines,
    });
    const [invoice] = await make('invoice', bill('B-1', 'm-1'));
    const paid = { Invoice: { InvoiceID: invoice }, Account: { Code: '090' }, Amount: 10, Reference: 'Chq 5 abc' };
    const [payment = ''] = await make('payment', paid);
    const [item = ''] = await make('item', { Code: 'ROPE', Name: 'Rope' });
    const found = [];
    for (const [resource, id] of [
      ['purchase_order', order],
      ['payment', payment],
      ['item', item],
    ] as const) {
      const { twins, unreadable } = await read(resource, id, randomUUID());
      found.push([[...twins.keys()], unreadable]);
    }
    expect(found).toEqual([order, payment, item].map((id) => [[id], []]));
    expect(await callsOf(() => read('tax_rate', 'INPUT', 'NOPE'))).toEqual(['/TaxRates']);
    expect([...(await read('tax_rate', 'INPUT', 'NOPE')).twins.keys()]).toEqual(['INPUT']);
  });

  test('an unreadable row is told for its record only', async () => {
    const [first = '', second = ''] = await make('invoice', bill('B-1', 'm-1'), bill('B-2', 'm-2'));
    const rows = [{ match: { InvoiceNumber: 'B-1' }, set: { Status: null } }];
    await stage.harness.control.fault({ kind: 'alter', path: '/Invoices$', method: 'GET', alteration: { rows } });
    const { twins, unreadable } = await read('invoice', first, second);
    expect([[...twins.keys()], unreadable]).toEqual([[second], [first]]);
  });

  test('a row without an id may be any of them', async () => {
    const [first = '', second = ''] = await make('invoice', bill('B-1', 'm-1'), bill('B-2', 'm-2'));
    const rows = [{ match: { InvoiceNumber: 'B-1' }, set: { InvoiceID: null } }];
    await stage.harness.control.fault({ kind: 'alter', path: '/Invoices$', method: 'GET', alteration: { rows } });
    const gone = randomUUID();
    const { unreadable } = await read('invoice', first, second, gone);
    expect(unreadable).toEqual([first, gone]);
  });
});

describe('finding', () => {
  test('contacts by name, archived ones too, whatever the case, in two calls', async () => {
    const ids = await make('contact', { Name: 'Ada & Co' }, { Name: 'ÉTÉ Pty' }, { Name: "O'Neil" });
    const bower = stage.connected.contactId('Bower Bird Antiques');
    const names = [' ada  &  co', 'Été pty', "O'Neil", 'Bower Bird Antiques', 'Nobody'];
    const calls = await callsOf(async () =>
      expect(await find('contact', 'name', names)).toEqual([[...ids, bower].toSorted(), true]),
    );
    expect(calls).toEqual(['/Contacts', '/Contacts']);
    expect(await callsOf(() => find('contact', 'name', ["O'Neil"]))).toEqual(['/Contacts']);
  });

  test('when Xero refuses the filter, each name is searched for alone', async () => {
    const ids = await make('contact', { Name: 'Ada & Co' }, { Name: 'Béla' });
    await stage.harness.control.fault({
      kind: 'status',
      status: 200,
      path: '/Contacts$',
      method: 'GET',
      body: { Contacts: [] },
    });
    await stage.harness.control.fault({ kind: 'status', status: 400, path: '/Contacts$', method: 'GET' });
    expect(await find('contact', 'name', ['ADA & CO', 'béla'])).toEqual([ids.toSorted(), true]);
  });

  test('a name that a filter cannot hold is searched for alone, and breaks out of nothing', async () => {
    const [id] = await make('contact', { Name: 'Ann "The" Lee' }, { Name: 'Back\\slash' });
    expect(await find('contact', 'name', ['ann "the" lee', '" OR Name!="'])).toEqual([[id], true]);
  });

  test('more than twenty names are several calls', async () => {
    const names = Array.from({ length: 45 }, (_, index) => `Nobody number ${index}`);
    const calls = await callsOf(async () => expect(await find('contact', 'name', names)).toEqual([[], true]));
    expect(calls).toHaveLength(6);
  });

  test('contacts by number', async () => {
    const ids = await make('contact', { Name: 'Ada', ContactNumber: 'c:1' }, { Name: 'Bob', ContactNumber: 'c:12' });
    expect(await find('contact', 'contact_number', ['C:1'])).toEqual([[ids[0]], true]);
    expect(await find('contact', 'contact_number', ['c:1', 'c:12'], { since: since() })).toEqual([
      ids.toSorted(),
      true,
    ]);
  });

  test('invoices by number, also one with a comma', async () => {
    const ids = await make('invoice', bill('B-1', 'm-1'), bill('MAY-7,8', 'm-2'), bill('MAY-7', 'm-3'));
    expect(await find('invoice', 'number', ['b-1', 'MAY-7,8'])).toEqual([ids.slice(0, 2).toSorted(), true]);
  });

  test('bills by the mark of a write, though they have another number by now', async () => {
    const [first = '', second = ''] = await make('invoice', bill('B-1', 'w-11'), bill('B-2', 'w-22'));
    await stage.harness.control.updateInvoice({ tenantId: tenantId(), InvoiceID: first, InvoiceNumber: 'Other' });
    const calls = await callsOf(async () => {
      expect(await find('invoice', 'mark', ['W-11', 'w-33'], { since: since() })).toEqual([[first], true]);
    });
    expect(calls).toEqual(['/Invoices']);
    expect(await find('invoice', 'mark', ['w-22'], { since: since(), isByThisApp: false })).toEqual([[second], true]);
  });

  test('a changed row that cannot be read, and may carry the mark, makes the result not whole', async () => {
    await make('invoice', bill('B-1', 'w-11'), bill('B-2', 'w-22'));
    const alter = (match: Element) =>
      stage.harness.control.fault({
        ...{
          kind: 'alter',
          path: '/Invoices$',
          method: 'GET',
          alteration: { rows: [{ match, set: { Status: null } }] },
        },
      });
    await alter({ InvoiceNumber: 'B-2' });
    expect(await find('invoice', 'mark', ['w-33'], { since: since() })).toEqual([[], true]);
    await alter({ InvoiceNumber: 'B-1' });
    expect(await find('invoice', 'mark', ['w-11'], { since: since() })).toEqual([[], false]);
  });

  test('payments by the end of their reference', async () => {
    const [invoice] = await make('invoice', bill('B-1', 'm-1'));
    const pay = (Reference: string) => ({
      ...{ Invoice: { InvoiceID: invoice }, Account: { Code: '090' }, Amount: 10, Reference },
    });
    const ids = await make('payment', pay('Chq 5 a1b2c3'), pay('d4e5f6'), pay('a1b2c3 no'));
    const found = await find('payment', 'reference', ['a1b2c3', 'd4e5f6'], { since: since() });
    expect(found).toEqual([ids.slice(0, 2).toSorted(), true]);
  });

  test('orders by number, also one with a slash', async () => {
    const order = (PurchaseOrderNumber: string) => ({ PurchaseOrderNumber, Contact: contact(), LineItems: lines });
    const ids = await make('purchase_order', order('PO-1'), order('PO/2'), order('PO-3'));
    expect(await find('purchase_order', 'number', ['PO-1', 'PO/2', 'PO-9'])).toEqual([
      ids.slice(0, 2).toSorted(),
      true,
    ]);
    expect(await find('purchase_order', 'number', ['PO-3'], { since: since() })).toEqual([[ids[2]], true]);
    const many = ['PO-1', 'PO-3', 'X-1', 'X-2', 'X-3', 'X-4'];
    const calls = await callsOf(async () =>
      expect(await find('purchase_order', 'number', many)).toEqual([[ids[0], ids[2]].toSorted(), true]),
    );
    expect(calls).toEqual(['/PurchaseOrders']);
  });

  test('supplier credits, items, accounts, rates and options', async () => {
    const credit = { Type: 'ACCPAYCREDIT', CreditNoteNumber: 'CR-3', Contact: contact(), LineItems: lines };
    const [note] = await make('credit_note', credit);
    expect(await find('credit_note', 'number', ['cr-3'])).toEqual([[note], true]);
    const [item] = await make('item', { Code: 'ROPE', Name: 'Rope' });
    expect(await find('item', 'code', ['rope'])).toEqual([[item], true]);
    const { accounts, tracking } = await stage.xero.listSyncLists(caller());
    const travel = accounts.find(({ code }) => code === '200');
    expect(await find('account', 'name', [travel?.name ?? ''])).toEqual([[travel?.id], true]);
    expect((await find('tax_rate', 'name', ['gst on expenses']))[0]).toEqual(['INPUT']);
    const north = tracking.flatMap(({ options }) => options).find(({ name }) => name === 'North');
    expect(await find('tracking_option', 'name', ['north'])).toEqual([[north?.id], true]);
    const [region, person] = tracking;
    const within = async (id = '') => (await find('tracking_option', 'name', ['north'], { within: id }))[0];
    expect([await within(region?.id), await within(person?.id)]).toEqual([[north?.id], []]);
  });
});
