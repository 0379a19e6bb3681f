import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../../testing/desk.ts';

let desk: TestDesk;

beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.session.xero.close());
beforeEach(() => desk.renew());

type Row = Record<string, unknown>;

function put(item: Row) {
  return desk.write('PUT', '/Items', { Items: [item] });
}
function refused(item: Row) {
  return desk.refusal('PUT', '/Items', { Items: [item] });
}
const sales = { UnitPrice: 2.345, AccountCode: '200', TaxType: 'OUTPUT' };

describe('items', () => {
  test('when only a code is sent, then it is sold and purchased without details', async () => {
    expect(await put({ Code: 'ROPE' })).toMatchObject({
      Code: 'ROPE',
      Name: 'ROPE',
      IsSold: true,
      IsPurchased: true,
      SalesDetails: {},
      PurchaseDetails: {},
    });
  });

  test('when it is made with a price, then an invoice takes price and account from it', async () => {
    expect(await put({ Code: 'ROPE', Name: 'Rope', Description: 'Rope, metre', SalesDetails: sales })).toMatchObject({
      SalesDetails: { UnitPrice: 2.35 },
    });
    const invoice = await desk.write('PUT', '/Invoices', {
      Type: 'ACCREC',
      Contact: { ContactID: desk.contact('Blue Gum Dental') },
      LineItems: [{ ItemCode: 'ROPE', Quantity: 2 }],
    });
    expect(invoice.LineItems).toMatchObject([{ Description: 'Rope, metre', LineAmount: 4.7, AccountCode: '200' }]);
  });

  test('with unitdp=4 a price keeps four decimals', async () => {
    const item = await desk.write('PUT', '/Items?unitdp=4', { Items: [{ Code: 'ROPE', SalesDetails: sales }] });
    expect(item).toMatchObject({ SalesDetails: { UnitPrice: 2.345 } });
  });

  test.each([
    ['a taken code', { Code: 'LAMP-S' }, "Price List Item with Code 'LAMP-S' already exists"],
    ['no code', { Name: 'Rope' }, 'Price List Item Code must be supplied'],
    ['a code of 31', { Code: 'x'.repeat(31) }, 'The field Code must be a string with a maximum length of 30.'],
    [
      'a name of 51',
      { Code: 'a', Name: 'x'.repeat(51) },
      'The field Name must be a string with a maximum length of 50.',
    ],
    ['an archived account', { Code: 'a', SalesDetails: { AccountCode: '477' } }, "Account code '477' is not valid"],
  ])('%s is refused', async (_, item, text) => {
    expect(await refused(item)).toEqual([text]);
  });

  test('when some rows of an array are refused, then only they are', async () => {
    const Items = [{ Code: 'ROPE' }, { Code: 'LAMP-S' }, { Code: 'CHAIN' }];
    const answer = await desk.send('PUT', '/Items?summarizeErrors=false', { Items });
    const rows = ((await answer.json()) as { Items: Row[] }).Items;
    expect(rows.map(({ StatusAttributeString }) => StatusAttributeString)).toEqual(['OK', 'ERROR', 'OK']);
    expect(rows[1]).toMatchObject({ ValidationErrors: [{ Message: expect.stringContaining('already exists') }] });
  });

  test('POST finds an item by its code, and an item that is not sold loses its price', async () => {
    const [before] = await desk.list('/Items/LAMP-S');
    const changed = await desk.write('POST', '/Items', { Items: [{ Code: 'LAMP-S', Name: 'Lamp', IsSold: false }] });
    expect(changed).toMatchObject({ ItemID: before?.ItemID, Name: 'Lamp', IsSold: false, SalesDetails: {} });
    expect(changed).not.toHaveProperty('Description');
    expect(changed.PurchaseDetails).toEqual(before?.PurchaseDetails);
  });

  test('the list tells what changed since, but not what was deleted', async () => {
    const since = new Date((await desk.session.control.clock({ advanceSeconds: 60 })).now).toUTCString();
    const changedSince = () => desk.read('/Items', { 'if-modified-since': since });
    expect((await changedSince()).status).toBe(304);
    const item = await put({ Code: 'ROPE' });
    expect(await (await changedSince()).json()).toMatchObject({ Items: [{ Code: 'ROPE' }] });
    expect((await desk.send('DELETE', `/Items/${item.ItemID}`)).status).toBe(204);
    expect((await changedSince()).status).toBe(304);
    expect((await desk.send('DELETE', `/Items/${item.ItemID}`)).status).toBe(404);
  });

  test('a tracked item needs two accounts and cannot be deleted', async () => {
    const tracked = { Code: 'OIL', InventoryAssetAccountCode: '630' };
    expect(await refused(tracked)).toEqual(['A tracked item needs a COGSAccountCode']);
    const made = await put({ ...tracked, PurchaseDetails: { COGSAccountCode: '310' } });
    expect(made).toMatchObject({ IsTrackedAsInventory: true, QuantityOnHand: 0 });
    expect(await desk.refusal('DELETE', `/Items/${made.ItemID}`)).toEqual([
      'A tracked inventory item cannot be deleted',
    ]);
  });
});
