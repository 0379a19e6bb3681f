import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../../testing/desk.ts';

let desk: TestDesk;

beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.session.xero.close());
beforeEach(() => desk.renew());

type Row = Record<string, unknown>;

const state = { Name: 'State', ReportTaxType: 'INPUT', TaxComponents: [{ Name: 'State tax', Rate: 2.25 }] };
function put(rate: Row) {
  return desk.write('PUT', '/TaxRates', { TaxRates: [rate] });
}

describe('tax rates', () => {
  test('when one is made, then Xero numbers it and its report decides where it applies', async () => {
    expect(await put(state)).toMatchObject({
      TaxType: 'TAX002',
      EffectiveRate: 2.25,
      CanApplyToExpenses: true,
      CanApplyToRevenue: false,
    });
    const bill = await desk.write('PUT', '/Invoices', {
      Type: 'ACCPAY',
      Contact: { ContactID: desk.contact('Kookaburra Couriers') },
      LineItems: [{ Description: 'Freight', UnitAmount: 100, AccountCode: '425', TaxType: 'TAX002' }],
    });
    expect(bill).toMatchObject({ TotalTax: 2.25 });
  });

  test('a compound component is charged on the tax of the others', async () => {
    const TaxComponents = [
      { Name: 'Levy', Rate: 5 },
      { Name: 'GST', Rate: 10, IsCompound: true },
    ];
    expect(await put({ ...state, TaxComponents })).toMatchObject({ EffectiveRate: 15.5 });
  });

  test.each([
    ['a taken name', { ...state, Name: 'GST on Income' }, 'A tax rate with this name already exists'],
    ['no component', { ...state, TaxComponents: [] }, 'A tax rate needs at least one component with a rate'],
    ['no report', { ...state, ReportTaxType: undefined }, 'The ReportTaxType must be specified'],
  ])('%s refuses the whole call', async (_, rate, text) => {
    const body = { TaxRates: [{ ...state, Name: 'Good' }, rate] };
    expect(await desk.refusal('PUT', '/TaxRates?summarizeErrors=false', body)).toEqual([text]);
    expect((await desk.list('/TaxRates')).some(({ Name }) => Name === 'Good')).toBe(false);
  });

  test('POST finds an added rate by its name and deletes it; Xero’s own cannot be changed', async () => {
    await put(state);
    const gone = await desk.write('POST', '/TaxRates', { TaxRates: [{ Name: 'State', Status: 'DELETED' }] });
    expect(gone).toMatchObject({ TaxType: 'TAX002', Status: 'DELETED' });
    expect(await desk.list('/TaxRates/TAX002')).toMatchObject([{ Status: 'DELETED' }]);
    expect(await desk.refusal('POST', '/TaxRates', { TaxRates: [{ TaxType: 'OUTPUT', Name: 'Mine' }] })).toEqual([
      'A tax rate of Xero itself cannot be changed',
    ]);
  });

  test('If-Modified-Since changes nothing: the list is always whole', async () => {
    const all = await desk.list('/TaxRates');
    const answer = await desk.read('/TaxRates', { 'if-modified-since': new Date().toUTCString() });
    expect(((await answer.json()) as { TaxRates: Row[] }).TaxRates).toHaveLength(all.length);
  });
});
