import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../../testing/desk.ts';

let desk: TestDesk;

beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.session.xero.close());
beforeEach(() => desk.renew());

type Row = Record<string, unknown>;

const line = { Description: 'Lamp bodies', Quantity: 4, UnitAmount: 25, AccountCode: '429' };
function order(more: Row = {}): Row {
  return {
    Contact: { ContactID: desk.contact('Kookaburra Couriers') },
    LineItems: [line],
    Date: '2026-11-10',
    ...more,
  };
}
function put(body: Row) {
  return desk.write('PUT', '/PurchaseOrders', { PurchaseOrders: [body] });
}
function post(id: unknown, body: Row) {
  return desk.write('POST', `/PurchaseOrders/${id}`, { PurchaseOrders: [body] });
}
function refused(body: Row) {
  return desk.refusal('PUT', '/PurchaseOrders', { PurchaseOrders: [body] });
}
function refusedChange(id: unknown, body: Row) {
  return desk.refusal('POST', `/PurchaseOrders/${id}`, { PurchaseOrders: [body] });
}

describe('purchase orders', () => {
  test('when one is made, then it has a number, amounts with tax, and can be read by either', async () => {
    const made = await put(order({ DeliveryDate: '2026-12-01', Reference: 'crm-7' }));
    expect(made).toMatchObject({
      PurchaseOrderNumber: 'PO-0001',
      Status: 'DRAFT',
      SubTotal: 100,
      TotalTax: 10,
      Total: 110,
      DeliveryDateString: '2026-12-01T00:00:00',
    });
    for (const id of [made.PurchaseOrderID, 'PO-0001'])
      expect(await desk.list(`/PurchaseOrders/${id}`)).toMatchObject([{ Reference: 'crm-7', LineItems: [line] }]);
  });

  test('a purchase order makes no bill and owes nothing', async () => {
    const before = await desk.session.control.documents({ tenantId: desk.tenantId() });
    const { PurchaseOrderID } = await put(order({ Status: 'AUTHORISED' }));
    await post(PurchaseOrderID, { Status: 'BILLED' });
    const after = await desk.session.control.documents({ tenantId: desk.tenantId() });
    expect(after.bills).toHaveLength(before.bills.length);
  });

  test.each([
    ['no contact', () => ({ LineItems: [line] }), 'A Contact must be specified for this type of transaction'],
    ['no line', () => order({ LineItems: [] }), 'One or more line items must be specified'],
    ['a long instruction', () => order({ DeliveryInstructions: 'x'.repeat(501) }), /maximum length of 500/],
    ['an unknown account', () => order({ LineItems: [{ ...line, AccountCode: '999' }] }), /Account code '999'/],
    ['a beginning as DELETED', () => order({ Status: 'DELETED' }), /not of valid status/],
  ])('%s is refused', async (_, body, text) => {
    expect(await refused(body())).toEqual([text instanceof RegExp ? expect.stringMatching(text) : text]);
  });

  test('a number is unique, and a POST with it changes that order', async () => {
    const made = await put(order({ PurchaseOrderNumber: 'CRM-1' }));
    expect(await refused(order({ PurchaseOrderNumber: 'crm-1' }))).toEqual(['Order number must be unique']);
    const again = await desk.write('POST', '/PurchaseOrders', { PurchaseOrderNumber: 'CRM-1', AttentionTo: 'Mei' });
    expect(again).toMatchObject({ PurchaseOrderID: made.PurchaseOrderID, AttentionTo: 'Mei', Total: 110 });
  });

  test('when some rows of an array are refused, then only they are', async () => {
    const PurchaseOrders = [order(), { LineItems: [line] }, order()];
    const answer = await desk.send('PUT', '/PurchaseOrders?summarizeErrors=false', { PurchaseOrders });
    const rows = ((await answer.json()) as { PurchaseOrders: Row[] }).PurchaseOrders;
    expect(rows.map(({ StatusAttributeString }) => StatusAttributeString)).toEqual(['OK', 'ERROR', 'OK']);
  });

  test('the list knows status, dates and changes since, but no filter', async () => {
    const first = await put(order({ Date: '2026-10-01' }));
    const since = new Date((await desk.session.control.clock({ advanceSeconds: 60 })).now).toUTCString();
    expect((await desk.read('/PurchaseOrders', { 'if-modified-since': since })).status).toBe(304);
    const second = await put(order({ Status: 'AUTHORISED' }));
    const ids = async (query: string) =>
      (await desk.list(`/PurchaseOrders${query}`)).map(({ PurchaseOrderID }) => PurchaseOrderID);
    expect(await ids('?Status=AUTHORISED')).toEqual([second.PurchaseOrderID]);
    expect(await ids('?DateTo=2026-10-31')).toEqual([first.PurchaseOrderID]);
    expect(await ids(`?where=${encodeURIComponent('Nothing=="x"')}`)).toHaveLength(2);
    expect(await ids('?page=1&pageSize=1')).toEqual([first.PurchaseOrderID]);
    const changed = await desk.read('/PurchaseOrders', { 'if-modified-since': since });
    expect(((await changed.json()) as { PurchaseOrders: Row[] }).PurchaseOrders).toHaveLength(1);
  });

  test('a billed order keeps its lines, a deleted one stays deleted', async () => {
    const { PurchaseOrderID } = await put(order({ Status: 'AUTHORISED' }));
    await post(PurchaseOrderID, { Status: 'BILLED' });
    expect(await refusedChange(PurchaseOrderID, { LineItems: [line] })).toEqual([
      'The line items of a billed purchase order cannot be changed',
    ]);
    const other = await put(order());
    expect(await post(other.PurchaseOrderID, { Status: 'DELETED' })).toMatchObject({ Status: 'DELETED' });
    expect(await refusedChange(other.PurchaseOrderID, { Status: 'DRAFT' })).toEqual([
      'Purchase order not of valid status for modification',
    ]);
  });

  test('when a draft is marked as sent, then a warning says that it is not', async () => {
    expect(await put(order({ SentToContact: true }))).toMatchObject({
      SentToContact: false,
      Warnings: [{ Message: 'Only AUTHORISED and BILLED purchase orders may have SentToContact updated.' }],
    });
    expect(await put(order({ SentToContact: true, Status: 'AUTHORISED' }))).toMatchObject({ SentToContact: true });
  });
});
