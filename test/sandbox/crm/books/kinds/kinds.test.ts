import { expect, test } from 'vitest';
import { openBooks } from '../books.ts';
import type { Line } from '../row.ts';
import { kinds } from './kinds.ts';
import { toTotal } from './lines.ts';

const books = openBooks({ now: () => new Date('2026-11-28T00:00:00Z') });

function line(quantity: string, unitAmount: string, tax = 'GST'): Line {
  return { description: 'Lamp', quantity, unitAmount, itemId: '', category: 'Sales', tax };
}

test.each([
  [[line('2', '50.00')], '110.00'],
  [[line('2', '50.00', 'GST free')], '100.00'],
  [[line('3', '0.335')], '1.11'],
  [[line('1', '0.05'), line('1', '0.05')], '0.12'],
  [[line('0.1', '0.2'), line('0.1', '0.1')], '0.03'],
  [[line('-1', '145.00')], '-159.50'],
  [[], '0.00'],
])('the total of %j is %s', (lines, total) => expect(toTotal(lines)).toBe(total));

test('an expense names its supplier by the record, when there is one of that name', () => {
  const supplier = books.save('suppliers', { values: { name: 'Southern Fuel' } });
  const toData = (name: string) => {
    const values = { description: 'Fuel', date: '2026-11-28', amount: '86.40', currency: 'AUD', supplier: name };
    return kinds.expenses.toData(books.save('expenses', { values }), books);
  };
  expect(toData('southern fuel')).toMatchObject({ supplier: { crmId: supplier.id } });
  expect(toData('Roadside Inn')).toMatchObject({ supplier: { name: 'Roadside Inn' } });
  expect(toData('')).toEqual({
    ...{ date: '2026-11-28', amount: '86.40', currency: 'AUD', description: 'Fuel' },
    ...{ taxInclusive: true, billable: false },
  });
});

test('an invoice says its total to the cent, and leaves out what it does not know', () => {
  const values = { number: 'FN-1', customer: 'Acme', date: '2026-11-01', dueDate: '2026-12-01', currency: 'AUD' };
  const row = books.save('invoices', { values: { ...values, status: 'approved' }, lines: [line('2', '50.00')] });
  expect(kinds.invoices.toData(row, books)).toEqual({
    ...{ number: 'FN-1', date: '2026-11-01', currency: 'AUD', lineAmountTypes: 'exclusive', total: '110.00' },
    lines: [{ description: 'Lamp', quantity: '2', unitAmount: '50.00', category: 'Sales', taxRate: 'GST' }],
    ...{ customer: { name: 'Acme' }, dueDate: '2026-12-01', status: 'approved', isPaid: false },
  });
});

test.each([
  ['invoices/inv-2', { invoice: { kind: 'invoices', crmId: 'inv-2' } }],
  ['expenses/exp-42', { bill: { kind: 'expenses', crmId: 'exp-42' } }],
  ['purchase-orders/po-1', { bill: { kind: 'purchase-orders', crmId: 'po-1' } }],
])('a payment of %s names it as %j', (pays, named) => {
  const row = books.save('payments', { values: { pays, amount: '10.00', method: 'bank' } });
  expect(kinds.payments.toData(row, books)).toEqual({ ...named, amount: '10.00', method: 'bank' });
});

test('a purchase order tells of its bill only when something of it is known', () => {
  const toData = (values: Record<string, string>) =>
    kinds['purchase-orders'].toData(books.save('purchase-orders', { values, lines: [] }), books);
  expect(toData({ number: 'PO-1' })).not.toHaveProperty('bill');
  expect(toData({ number: 'PO-1', billNumber: 'S-77' })).toMatchObject({ bill: { number: 'S-77' } });
});
