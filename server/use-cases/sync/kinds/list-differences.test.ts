import { expect, test } from 'vitest';
import { ids } from './facts.fixture.ts';
import { invoices } from './invoices.ts';
import type { XeroElement } from './kind.ts';
import { listDifferences } from './list-differences.ts';

const element: XeroElement = {
  ...{ Type: 'ACCREC', InvoiceNumber: 'INV-1', Reference: ' PO 7', Date: '2026-11-01', DueDate: '2026-12-01' },
  ...{ Contact: { ContactID: ids.acme }, CurrencyRate: { exactDecimal: '1.5' }, Status: 'AUTHORISED' },
  LineItems: [
    {
      ...{ Description: 'Work', Quantity: { exactDecimal: '2' }, UnitAmount: { exactDecimal: '50.00' } },
      ...{ AccountCode: '200', DiscountRate: undefined },
      Tracking: [{ TrackingCategoryID: ids.location, TrackingOptionID: ids.perth }],
    },
  ],
};

const line = {
  ...{ LineItemID: ids.item, Description: 'Work ', Quantity: '2.0000', UnitAmount: '50', AccountCode: '200' },
  ...{ TaxType: 'OUTPUT', LineAmount: '100.00' },
  Tracking: [{ TrackingCategoryID: ids.location.toUpperCase(), TrackingOptionID: ids.perth, Name: 'Location' }],
};

const row = {
  ...{ Type: 'ACCREC', InvoiceNumber: 'INV-1', Reference: 'PO 7', Status: 'PAID' },
  ...{ Date: '/Date(1793491200000+0000)/', DueDate: '2026-12-01T00:00:00', CurrencyRate: '1.5000000000' },
  ...{ Contact: { ContactID: ids.acme.toUpperCase(), Name: 'Acme' }, LineItems: [line] },
};

function differences(change: object) {
  return listDifferences(invoices.fields, element, { row: { ...row, ...change } });
}

test('decimals, days, ids and texts that mean the same are no differences', () => {
  expect(differences({})).toEqual([]);
});

test.each<[string, object, object]>([
  ['text', { Reference: 'PO 8' }, { field: 'reference', crm: 'PO 7', xero: 'PO 8' }],
  ['text in another case', { Reference: 'po 7' }, { field: 'reference', crm: 'PO 7', xero: 'po 7' }],
  ['missing text', { Reference: null }, { field: 'reference', crm: 'PO 7', xero: null }],
  ['day', { Date: '/Date(1793577600000+0000)/' }, { field: 'date', crm: '2026-11-01', xero: '2026-11-02' }],
  ['decimal', { CurrencyRate: '1.6' }, { field: 'exchangeRate', crm: '1.5', xero: '1.6' }],
  ['contact', { Contact: { ContactID: ids.caltex } }, { field: 'customer', crm: ids.acme, xero: ids.caltex }],
  [
    'price of a line',
    { LineItems: [{ ...line, UnitAmount: '49.00' }] },
    { field: 'lines.0.unitAmount', crm: '50.00', xero: '49.00' },
  ],
  [
    'tracking option',
    { LineItems: [{ ...line, Tracking: [{ ...line.Tracking[0], TrackingOptionID: ids.darwin }] }] },
    { field: 'lines.0.tracking', crm: ids.perth, xero: ids.darwin },
  ],
  ['number of lines', { LineItems: [line, line] }, { field: 'lines', crm: '1', xero: '2' }],
])('another %s is a difference', (_title, change, expected) => {
  expect(differences(change)).toEqual([expected]);
});

test('what the record has no field for does not count', () => {
  expect(differences({ Type: 'ACCPAY', Url: 'https://other.example', Total: '1' })).toEqual([]);
});

test('a row that says nothing differs in everything that was given', () => {
  expect(listDifferences(invoices.fields, { Reference: 'a', Date: '2026-11-01' }, { row: {} })).toEqual(
    [
      { field: 'date', crm: '2026-11-01', xero: null },
      { field: 'reference', crm: 'a', xero: null },
    ].toReversed(),
  );
});
