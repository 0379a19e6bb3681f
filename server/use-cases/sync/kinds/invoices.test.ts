import { describe, expect, test } from 'vitest';
import { type RecordData, recordDataSchemas } from '#shared/contract/sync/record-data/data.ts';
import { factsOf, ids, twin } from './facts.fixture.ts';
import { invoices } from './invoices.ts';
import type { KindFacts } from './kind.ts';

type Invoice = RecordData<'invoices'>;
type Line = NonNullable<Invoice['lines']>[number];

const work: Line = {
  description: 'Work',
  quantity: '2',
  unitAmount: '50.00',
  discount: '10',
  category: 'Sales',
  taxRate: 'GST',
};

const invoice: Invoice = {
  ...{ number: 'INV-0087', customer: { crmId: 'c-1' }, date: '2026-11-01', dueDate: '2026-12-01', currency: 'AUD' },
  ...{ lineAmountTypes: 'exclusive', lines: [work], total: '99.00', reference: 'PO 7', status: 'approved' },
};

const item = twin(ids.item, {
  number: 'WIDGET',
  row: { IsSold: true, IsPurchased: false, SalesDetails: { AccountCode: '200' } },
});
const bare = twin(ids.item, { number: 'BARE', row: { SalesDetails: {} } });
const idle = twin(ids.item, { number: 'IDLE', row: { IsSold: false } });
const unread = twin(ids.item, { number: 'UNREAD' });
const known = { customers: { 'c-1': twin(ids.acme) }, items: { 'i-1': item, bare, idle, unread } };

function build(change: Partial<Invoice> = {}, facts: Partial<KindFacts> = {}) {
  return invoices.toXero(recordDataSchemas.invoices.parse({ ...invoice, ...change }), factsOf(facts, known));
}

function elementOf(change: Partial<Invoice> = {}, facts: Partial<KindFacts> = {}) {
  const built = build(change, facts);
  return 'element' in built ? built.element : built;
}

function lineOf(change: Partial<Line>, total: string) {
  const element = elementOf({ lines: [{ ...work, ...change }], total });
  return 'LineItems' in element ? element.LineItems : element;
}

test('an invoice has its number, its reference and its lines', () => {
  expect(elementOf()).toEqual({
    ...{ Type: 'ACCREC', Contact: { ContactID: ids.acme }, Date: '2026-11-01', DueDate: '2026-12-01' },
    ...{ CurrencyCode: 'AUD', LineAmountTypes: 'Exclusive', InvoiceNumber: 'INV-0087', Reference: 'PO 7' },
    ...{ Status: 'AUTHORISED', Url: 'https://crm.example' },
    LineItems: [
      {
        ...{ Description: 'Work', Quantity: { exactDecimal: '2' }, UnitAmount: { exactDecimal: '50.00' } },
        ...{ DiscountRate: { exactDecimal: '10' }, AccountCode: '200', TaxType: 'OUTPUT' },
      },
    ],
  });
});

describe('members', () => {
  test('a draft stays a draft', () => {
    expect(elementOf({ status: 'draft' })).toMatchObject({ Status: 'DRAFT' });
  });

  test('a void invoice sends nothing new, and its twin is removed', () => {
    expect(build({ status: 'void' })).toEqual({ same: true });
    expect(invoices.isVoid?.({ status: 'void' })).toBe(true);
    expect(invoices.isVoid?.({ status: 'approved' })).toBe(false);
  });

  test('an update names the invoice and empties a reference that the CRM took away', () => {
    const held = twin(ids.invoice);
    expect(elementOf({ reference: undefined }, { twin: held })).toMatchObject({
      InvoiceID: ids.invoice,
      Reference: '',
    });
    expect(elementOf({ reference: undefined })).toMatchObject({ Reference: undefined });
  });

  test('an item brings its own account, or the default stands in', () => {
    expect(lineOf({ item: { crmId: 'i-1' }, category: undefined }, '99.00')).toMatchObject([
      { ItemCode: 'WIDGET', AccountCode: undefined },
    ]);
    const defaults = { ...factsOf().mapping.defaults, salesAccountCode: '200' };
    const mapping = { ...factsOf().mapping, defaults };
    const lines = [{ ...work, item: { crmId: 'bare' }, category: undefined }];
    expect(elementOf({ lines }, { mapping })).toMatchObject({ LineItems: [{ ItemCode: 'BARE', AccountCode: '200' }] });
  });

  test('an item that was not read keeps its account in Xero, and its tax is not computed', () => {
    const lines = [{ ...work, item: { crmId: 'unread' }, category: undefined, taxRate: undefined }];
    expect(elementOf({ lines, total: '1.23' })).toMatchObject({
      LineItems: [{ ItemCode: 'UNREAD', AccountCode: undefined }],
    });
  });

  test('a tax word that is mapped for sales only is taken for sales', () => {
    expect(lineOf({ taxRate: 'Sales GST' }, '99.00')).toMatchObject([{ TaxType: 'OUTPUT' }]);
    expect(lineOf({ taxRate: 'Free' }, '90.00')).toMatchObject([{ TaxType: 'NONE' }]);
  });

  test('without tax, no tax type is sent', () => {
    const lines = [{ ...work, taxRate: 'unknown' }];
    expect(elementOf({ lines, lineAmountTypes: 'none', total: '90.00' })).toMatchObject({
      LineAmountTypes: 'NoTax',
      LineItems: [{ TaxType: undefined }],
    });
  });

  test('a zero invoice that is paid is sent', () => {
    const lines = [{ ...work, unitAmount: '0' }];
    expect(elementOf({ lines, total: '0', isPaid: true })).toMatchObject({ Status: 'AUTHORISED' });
  });
});

describe('problems', () => {
  const cases: [string, string, Partial<Invoice>][] = [
    ['field_missing', 'number', { number: '' }],
    ['field_missing', 'customer', { customer: undefined }],
    ['field_missing', 'customer', { customer: { name: '' } }],
    ['field_missing', 'date', { date: undefined }],
    ['field_missing', 'dueDate', { dueDate: undefined }],
    ['field_missing', 'currency', { currency: undefined }],
    ['field_missing', 'lineAmountTypes', { lineAmountTypes: undefined }],
    ['field_missing', 'lines', { lines: [] }],
    ['field_missing', 'total', { total: undefined }],
    ['field_missing', 'status', { status: undefined }],
    ['field_missing', 'lines.1.description', { lines: [work, { ...work, description: '' }] }],
    ['field_missing', 'lines.0.quantity', { lines: [{ ...work, quantity: undefined }] }],
    ['field_missing', 'lines.0.unitAmount', { lines: [{ ...work, unitAmount: undefined }] }],
    ['field_invalid', 'lines.0.quantity', { lines: [{ ...work, quantity: '1234567890' }] }],
    ['field_invalid', 'lines.0.unitAmount', { lines: [{ ...work, unitAmount: '-123456789012' }] }],
    ['field_invalid', 'lines.0.discount', { lines: [{ ...work, discount: '101' }] }],
    ['field_invalid', 'lines.0.discount', { lines: [{ ...work, discount: '10.125' }] }],
    ['field_invalid', 'total', { total: '99.001' }],
    ['field_invalid', 'lines.0.item', { lines: [{ ...work, item: { crmId: 'idle' } }] }],
    ['record_missing', 'customer', { customer: { crmId: 'c-9' } }],
    ['record_missing', 'lines.0.item', { lines: [{ ...work, item: { crmId: 'i-9' } }] }],
    ['category_unmapped', 'lines.0.category', { lines: [{ ...work, category: 'Client gifts' }] }],
    ['category_unmapped', 'lines.0.category', { lines: [{ ...work, category: undefined }] }],
    ['tax_unmapped', 'lines.1.taxRate', { lines: [work, { ...work, taxRate: 'VAT' }] }],
    ['tax_unsuitable', 'lines.0.taxRate', { lines: [{ ...work, category: 'Fuel' }] }],
    ['currency_not_subscribed', 'currency', { currency: 'GBP' }],
    ['period_locked', 'date', { date: '2026-06-30' }],
    ['total_differs', 'total', { total: '98.00' }],
  ];
  test.each(cases.map(([code, field, change], place) => ({ code, field, change, place })))(
    '$place: $code at $field',
    ({ code, field, change }) => {
      expect(build(change)).toMatchObject({ problem: { code, field } });
    },
  );

  test('a line is named by its number', () => {
    expect(build({ lines: [work, { ...work, unitAmount: undefined }] })).toMatchObject({
      problem: { message: 'Line 2: Enter a price.' },
    });
  });

  test('a default account that is missing is chosen in the mapping', () => {
    expect(build({ lines: [{ ...work, category: undefined }] })).toMatchObject({
      problem: {
        message: 'Choose a default account for sales.',
        target: { mapping: 'defaults', key: 'salesAccountCode' },
      },
    });
  });

  test('mapping of a later line is told before the fit of an earlier one', () => {
    const lines = [
      { ...work, category: 'Fuel' },
      { ...work, category: 'Client gifts' },
    ];
    expect(build({ lines })).toMatchObject({ problem: { code: 'category_unmapped', field: 'lines.1.category' } });
  });
});

test('it needs its customer, its items and its tracking first', () => {
  const lines = [{ ...work, item: { crmId: 'i-1' }, tracking: [{ crmId: 'loc-1' }] }];
  expect(invoices.listNeeds({ ...invoice, lines })).toEqual([
    { kind: 'customers', crmId: 'c-1', path: 'customer' },
    { kind: 'items', crmId: 'i-1', path: 'lines.0.item' },
    { kind: 'tracking', crmId: 'loc-1', path: 'lines.0.tracking.0' },
    { kind: 'tax-rates', crmId: 'GST', path: 'lines.0.taxRate', ifPut: true },
  ]);
});

test('its number is looked up, and a person decides about a taken one', () => {
  expect(invoices.search.map(({ by, toValue }) => [by, toValue(invoice, factsOf())])).toEqual([['number', 'INV-0087']]);
  expect(invoices.onFound).toBe('ask_number');
});
