import { describe, expect, test } from 'vitest';
import { type RecordData, recordDataSchemas } from '#shared/contract/sync/record-data/data.ts';
import { factsOf, ids, twin } from './facts.fixture.ts';
import { items } from './items.ts';
import type { KindFacts } from './kind.ts';

type Item = RecordData<'items'>;

const sales = { unitAmount: '2.10', category: 'Sales', taxRate: 'GST' };
const purchases = { unitAmount: '1.9055', category: 'Fuel', taxRate: 'GST' };
const fuel: Item = { code: 'FUEL', name: 'Fuel', description: 'Unleaded', sales, purchases };

function elementOf(data: Item, facts: Partial<KindFacts> = {}) {
  const built = items.toXero(recordDataSchemas.items.parse(data), factsOf(facts));
  return 'element' in built ? built.element : built;
}

test('an item has a price, an account and a tax for each side', () => {
  expect(elementOf(fuel)).toEqual({
    ...{ Code: 'FUEL', Name: 'Fuel', Description: 'Unleaded', PurchaseDescription: 'Unleaded' },
    ...{ IsSold: true, IsPurchased: true },
    SalesDetails: { UnitPrice: { exactDecimal: '2.10' }, AccountCode: '200', TaxType: 'OUTPUT' },
    PurchaseDetails: { UnitPrice: { exactDecimal: '1.9055' }, AccountCode: '449', TaxType: 'INPUT' },
  });
});

describe('sides', () => {
  test('a new item has only the sides that the CRM gives', () => {
    expect(elementOf({ ...fuel, sales: undefined })).toMatchObject({
      ...{ IsSold: false, Description: undefined, IsPurchased: true, PurchaseDescription: 'Unleaded' },
    });
    expect(elementOf({ ...fuel, purchases: undefined })).toMatchObject({ IsSold: true, IsPurchased: false });
  });

  test('without sides, Xero decides', () => {
    expect(elementOf({ code: 'FUEL', name: 'Fuel', description: 'Unleaded' })).toEqual({
      ...{ Code: 'FUEL', Name: 'Fuel', Description: 'Unleaded' },
    });
  });

  test('an update never takes a side away from Xero', () => {
    const element = elementOf({ ...fuel, sales: undefined }, { twin: twin(ids.item) });
    expect(element).toMatchObject({ ItemID: ids.item, IsSold: undefined, IsPurchased: true });
  });

  test('the account of a stock item stays Xero’s', () => {
    const held = twin(ids.item, { row: { IsTrackedAsInventory: true } });
    expect(elementOf(fuel, { twin: held })).toMatchObject({ PurchaseDetails: { AccountCode: undefined } });
  });
});

test.each<[string, string, Item]>([
  ['field_missing', 'code', { ...fuel, code: '' }],
  ['field_missing', 'name', { ...fuel, name: undefined }],
  ['field_invalid', 'code', { ...fuel, code: 'x'.repeat(31) }],
  ['field_invalid', 'name', { ...fuel, name: 'x'.repeat(51) }],
  ['field_missing', 'sales.unitAmount', { ...fuel, sales: { category: 'Sales' } }],
  ['field_missing', 'purchases.unitAmount', { ...fuel, purchases: {} }],
  ['field_invalid', 'sales.unitAmount', { ...fuel, sales: { unitAmount: '-1' } }],
  ['field_invalid', 'url', { ...fuel, url: 'https://other.example' }],
  ['category_unmapped', 'sales.category', { ...fuel, sales: { ...sales, category: 'Client gifts' } }],
  ['account_unusable', 'purchases.category', { ...fuel, purchases: { ...purchases, category: 'Meals' } }],
  ['tax_unmapped', 'purchases.taxRate', { ...fuel, purchases: { ...purchases, taxRate: 'VAT' } }],
  ['tax_unsuitable', 'sales.taxRate', { ...fuel, sales: { ...sales, category: 'Fuel' } }],
])('%s at %s', (code, field, data) => {
  expect(elementOf(data)).toMatchObject({ problem: { code, field } });
});

test('its code is looked up and adopted, and a deleted item stays in Xero', () => {
  expect(items.search.map(({ by, toValue }) => [by, toValue(fuel, factsOf())])).toEqual([['code', 'FUEL']]);
  expect(items.onFound).toBe('adopt');
  expect(items.toRemoval(twin(ids.item), factsOf())).toMatchObject({ how: 'keep', note: { code: 'kept_in_xero' } });
});

test('it needs the tax rates of its sides if the CRM put them', () => {
  expect(items.listNeeds(fuel)).toEqual([
    { kind: 'tax-rates', crmId: 'GST', path: 'sales.taxRate', ifPut: true },
    { kind: 'tax-rates', crmId: 'GST', path: 'purchases.taxRate', ifPut: true },
  ]);
});
