import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../../testing/desk.ts';

let desk: TestDesk;

beforeAll(async () => {
  desk = await openTestDesk();
  await desk.renew();
});
afterAll(() => desk.session.xero.close());

type Row = Record<string, unknown>;

async function list(plural: string): Promise<Row[]> {
  const answer = (await (await desk.read(`/${plural}`)).json()) as Record<string, Row[]>;
  return answer[plural] ?? [];
}
async function byCode(plural: string, code: string) {
  return (await list(plural)).find(({ Code }) => Code === code);
}

describe('what a form chooses from', () => {
  test('items say whether they are sold, purchased and tracked', async () => {
    expect(await byCode('Items', 'LAMP-S')).toMatchObject({
      IsSold: true,
      IsPurchased: true,
      IsTrackedAsInventory: false,
    });
    expect(await byCode('Items', 'PACKING')).toMatchObject({ IsSold: false, IsPurchased: true, SalesDetails: {} });
    expect(await byCode('Items', 'LAMP-OLD')).toMatchObject({ IsSold: false, IsPurchased: false });
    expect(await byCode('Items', 'BULB-E27')).toMatchObject({
      IsTrackedAsInventory: true,
      InventoryAssetAccountCode: '630',
      QuantityOnHand: 240,
      PurchaseDetails: { COGSAccountCode: '310' },
    });
  });

  test('a compound tax has components and a combined effective rate', async () => {
    const rate = (await list('TaxRates')).find(({ TaxType }) => TaxType === 'TAX001');
    expect(rate).toMatchObject({
      EffectiveRate: 15.5,
      TaxComponents: [
        { Rate: 5, IsCompound: false },
        { Rate: 10, IsCompound: true },
      ],
      CanApplyToRevenue: true,
      CanApplyToExpenses: false,
    });
    const made = await desk.write('PUT', '/Invoices', {
      Type: 'ACCREC',
      Contact: { ContactID: desk.contact('Blue Gum Dental') },
      LineItems: [{ Description: 'Lamp', UnitAmount: 9.99, AccountCode: '200', TaxType: 'TAX001' }],
    });
    expect(made).toMatchObject({ SubTotal: 9.99, TotalTax: 1.55, Total: 11.54 });
  });

  test('a tracked item’s purchase goes to its inventory account', async () => {
    const made = await desk.write('PUT', '/Invoices', {
      Type: 'ACCPAY',
      Contact: { ContactID: desk.contact('Kookaburra Couriers') },
      LineItems: [{ ItemCode: 'BULB-E27', Quantity: 10 }],
    });
    expect(made.LineItems).toMatchObject([
      { Description: 'Filament bulbs, E27, boxed', UnitAmount: 6.4, AccountCode: '630', LineAmount: 64 },
    ]);
  });

  test('lists branding themes and tracking categories', async () => {
    expect((await list('BrandingThemes')).length).toBeGreaterThanOrEqual(2);
    expect((await list('TrackingCategories')).map(({ Name }) => Name)).toEqual(['Region', 'Salesperson']);
  });

  test('when a contact has defaults, then reading it by id shows them', async () => {
    const read = async (name: string) =>
      ((await (await desk.read(`/Contacts/${desk.contact(name)}`)).json()) as { Contacts: Row[] }).Contacts[0];
    expect(await read('Harbour Lights Pty Ltd')).toMatchObject({
      PaymentTerms: { Sales: { Day: 14, Type: 'DAYSAFTERBILLDATE' } },
      SalesDefaultAccountCode: '200',
      AccountsReceivableTaxType: 'OUTPUT',
      DefaultCurrency: 'AUD',
      SalesTrackingCategories: [{ TrackingCategoryName: 'Region', TrackingOptionName: 'East' }],
    });
    expect(await read('Kookaburra Couriers')).toMatchObject({
      PaymentTerms: { Bills: { Day: 20, Type: 'OFFOLLOWINGMONTH' } },
      PurchasesDefaultAccountCode: '425',
      AccountsPayableTaxType: 'INPUT',
    });
  });
});
