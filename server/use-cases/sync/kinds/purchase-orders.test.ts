import { describe, expect, test } from 'vitest';
import { type RecordData, recordDataSchemas } from '#shared/contract/sync/record-data/data.ts';
import { factsOf, ids, twin } from './facts.fixture.ts';
import type { Follow, KindFacts } from './kind.ts';
import { purchaseOrders } from './purchase-orders.ts';

type Order = RecordData<'purchase-orders'>;

const order: Order = {
  ...{ number: 'PO-9', supplier: { crmId: 's-1' }, date: '2026-11-01', deliveryDate: '2026-11-20', currency: 'AUD' },
  ...{ lineAmountTypes: 'exclusive', total: '110.00', reference: 'Job 4', status: 'open' },
  lines: [{ description: 'Diesel', quantity: '1', unitAmount: '100.00', category: 'Fuel', taxRate: 'GST' }],
};

const terms = { PaymentTerms: { Bills: { Day: '14', Type: 'DAYSAFTERBILLDATE' } } };
const known = { suppliers: { 's-1': twin(ids.acme, { row: terms }) } };

function build(change: Partial<Order> = {}, facts: Partial<KindFacts> = {}) {
  return purchaseOrders.toXero(
    recordDataSchemas['purchase-orders'].parse({ ...order, ...change }),
    factsOf(facts, known),
  );
}

function billOf(change: Partial<Order>, facts: Partial<KindFacts> = {}): Follow | undefined {
  const [follow] = purchaseOrders.listFollows?.({ ...order, ...change }, factsOf(facts, known)) ?? [];
  return follow;
}

test('an open order is approved in Xero', () => {
  expect(build()).toMatchObject({
    element: {
      ...{ Contact: { ContactID: ids.acme }, Date: '2026-11-01', DeliveryDate: '2026-11-20', CurrencyCode: 'AUD' },
      ...{ PurchaseOrderNumber: 'PO-9', Reference: 'Job 4', Status: 'AUTHORISED', LineAmountTypes: 'Exclusive' },
      LineItems: [{ Description: 'Diesel', AccountCode: '449', TaxType: 'INPUT' }],
    },
  });
});

test('a finished order is billed, a void one is removed', () => {
  expect(build({ status: 'finished' })).toMatchObject({ element: { Status: 'BILLED' } });
  expect(build({ status: 'void' })).toEqual({ same: true });
  expect(purchaseOrders.isVoid?.({ status: 'void' })).toBe(true);
  expect(purchaseOrders.isVoid?.({ status: 'open' })).toBe(false);
});

test('an order is not posted, so lock dates do not hold for it', () => {
  expect(build({ date: '2026-01-01' })).toHaveProperty('element');
});

describe('an order that is billed in Xero', () => {
  const line = { Description: 'Diesel', Quantity: '1', UnitAmount: '100.0000', AccountCode: '449', TaxType: 'INPUT' };
  const billed = twin(ids.bill, { status: 'BILLED', row: { LineAmountTypes: 'Exclusive', LineItems: [line] } });

  test('takes no lines, so equal ones are left out', () => {
    const built = build({ status: 'finished' }, { twin: billed });
    expect(built).toMatchObject({ element: { PurchaseOrderID: ids.bill, Status: undefined } });
    expect('element' in built && built.element).not.toHaveProperty('LineItems');
  });

  test('gets lines that differ, so that Xero says why it refuses them', () => {
    const lines = [{ description: 'Petrol', quantity: '1', unitAmount: '100.00', category: 'Fuel', taxRate: 'GST' }];
    expect(build({ status: 'finished', lines }, { twin: billed })).toHaveProperty('element.LineItems');
  });
});

describe('the bill of a finished order', () => {
  test('has its number, its dates and the order’s lines', () => {
    const bill = { number: 'S-77', date: '2026-11-20', dueDate: '2026-12-20' };
    expect(billOf({ status: 'finished', bill })).toMatchObject({
      what: 'bill',
      built: {
        element: {
          ...{ Type: 'ACCPAY', Contact: { ContactID: ids.acme }, Date: '2026-11-20', DueDate: '2026-12-20' },
          ...{ InvoiceNumber: 'S-77', Status: 'AUTHORISED', Url: 'https://crm.example' },
          LineItems: [{ Description: 'Diesel' }],
        },
      },
    });
  });

  test('without words about it is dated by the delivery, and due by the supplier’s terms', () => {
    expect(billOf({ status: 'finished' })).toMatchObject({
      built: { element: { Date: '2026-11-20', DueDate: '2026-12-04', InvoiceNumber: undefined } },
    });
    expect(billOf({ status: 'finished', deliveryDate: undefined })).toMatchObject({
      built: { element: { Date: '2026-11-01' } },
    });
  });

  test.each([
    [{ dueDate: '2026-12-20' }, 'field_missing', 'bill.date'],
    [{ date: '2026-11-20' }, 'field_missing', 'bill.dueDate'],
    [{ date: '2026-06-20', dueDate: '2026-12-20' }, 'period_locked', 'bill.date'],
  ])('%j has a problem of its own: %s', (bill, code, field) => {
    expect(billOf({ status: 'finished', bill })).toMatchObject({ built: { problem: { code, field } } });
    expect(build({ status: 'finished', bill })).toHaveProperty('element');
  });

  test('does not follow an open order', () => {
    expect(billOf({ status: 'open' })).toBeUndefined();
  });
});

describe('discounts', () => {
  const line = { description: 'Diesel', quantity: '3', category: 'Fuel', taxRate: 'Free' };

  test('go into the price, as bills in Xero have none', () => {
    const lines = [{ ...line, unitAmount: '10.00', discount: '12.5' }];
    const built = build({ lines, total: '26.25' });
    expect(built).toMatchObject({
      element: { LineItems: [{ UnitAmount: { exactDecimal: '8.7500' }, DiscountRate: undefined }] },
    });
  });

  test('that leave more than four decimals are refused where the amount would change', () => {
    const lines = [{ ...line, quantity: '9000', unitAmount: '0.3333', discount: '33.33' }];
    expect(build({ lines, total: '2000.00' })).toMatchObject({
      problem: { code: 'field_invalid', field: 'lines.0.discount' },
    });
  });
});

test.each<[string, string, Partial<Order>]>([
  ['field_missing', 'status', { status: undefined }],
  ['field_missing', 'supplier', { supplier: undefined }],
  ['field_missing', 'number', { number: undefined }],
  ['field_invalid', 'total', { total: '-110.00', lines: [{ ...order.lines?.[0], quantity: '-1' }] }],
  ['total_differs', 'total', { total: '111.00' }],
  ['record_missing', 'supplier', { supplier: { crmId: 's-9' } }],
])('%s at %s', (code, field, change) => {
  expect(build(change)).toMatchObject({ problem: { code, field } });
});

test('it needs its supplier first, and a named one is a party', () => {
  expect(purchaseOrders.listNeeds(order)).toContainEqual({ kind: 'suppliers', crmId: 's-1', path: 'supplier' });
  const named = { ...order, supplier: { name: 'BP' } };
  expect(purchaseOrders.findParty?.(named, factsOf())).toEqual({ path: 'supplier', name: 'BP', group: 'suppliers' });
  expect(purchaseOrders.search.map(({ by, toValue }) => [by, toValue(order, factsOf())])).toEqual([['number', 'PO-9']]);
});
