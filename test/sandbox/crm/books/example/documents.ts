import type { Line, Values } from '../row.ts';
import type { Example } from './fill.ts';

function line(description: string, quantity: string, unitAmount: string, more: Partial<Line> = {}): Line {
  return { description, quantity, unitAmount, itemId: '', category: 'Sales', tax: 'GST', ...more };
}

function bought(description: string, quantity: string, unitAmount: string): Line {
  return line(description, quantity, unitAmount, { category: 'Stock' });
}

function invoice(number: string, values: Values, lines: readonly Line[]): Example {
  return { kind: 'invoices', entry: { values: { number, currency: 'AUD', status: 'approved', ...values }, lines } };
}

function order(number: string, values: Values, lines: readonly Line[]): Example {
  return { kind: 'purchase-orders', entry: { values: { number, currency: 'AUD', ...values }, lines } };
}

const invoices: readonly Example[] = [
  invoice('FN-2041', { customer: 'Harbour Lights', date: '2026-10-02', dueDate: '2026-10-16', reference: 'PO 7802' }, [
    line('Harbour lamp, small', '12', '189.50', { itemId: 'item-1' }),
    line('Visit on site, hour', '6.5', '145.00', { itemId: 'item-4' }),
  ]),
  invoice('FN-2042', { customer: 'Blue Gum Dental', date: '2026-10-20', dueDate: '2026-11-19' }, [
    line('Visit on site, hour', '3', '145.00', { itemId: 'item-4' }),
  ]),
  invoice('FN-2043', { customer: 'Marram Coffee Roasters', date: '2026-11-05', dueDate: '2026-12-05' }, [
    line('Annual service plan, 12 months', '1', '2500.00', { itemId: 'item-2' }),
  ]),
  invoice('FN-2044', { customer: 'Saltbush Studio', date: '2026-11-18', dueDate: '2026-12-18', status: 'draft' }, [
    line('Lens, third order', '2', '940.00', { itemId: 'item-3' }),
  ]),
  // Neither is sent: Xero takes no invoice below zero, and one of zero only when it is paid.
  invoice('FN-2045', { customer: 'Blue Gum Dental', date: '2026-11-20', dueDate: '2026-11-20' }, [
    line('Visit that was charged twice', '-1', '145.00'),
  ]),
  invoice('FN-2046', { customer: 'Saltbush Studio', date: '2026-11-23', dueDate: '2026-11-23' }, [
    line('Consultation, free of charge', '1', '0.00'),
  ]),
];

const orders: readonly Example[] = [
  order('PO-301', { supplier: 'Lantern Repairs', date: '2026-11-02', deliveryDate: '2026-11-30', status: 'open' }, [
    bought('Lens, third order', '4', '610.00'),
  ]),
  order(
    'PO-298',
    {
      ...{ supplier: 'Bluebird Stationery', date: '2026-10-12', deliveryDate: '2026-10-20', status: 'finished' },
      ...{ billNumber: 'BB-5521', billDate: '2026-10-21', billDueDate: '2026-11-20' },
    },
    [{ ...bought('Labels, roll', '20', '11.20'), category: 'Office supplies' }],
  ),
];

const credits: readonly Example[] = [
  {
    kind: 'supplier-credits',
    entry: {
      values: { number: 'CR-77', supplier: 'Bluebird Stationery', date: '2026-11-03', currency: 'AUD' },
      lines: [{ ...bought('Two rolls came back', '2', '11.20'), category: 'Office supplies' }],
    },
  },
];

const payments: readonly Example[] = [
  {
    kind: 'payments',
    entry: {
      values: {
        ...{ pays: 'invoices/inv-2', date: '2026-11-12', amount: '478.50', currency: 'AUD', method: 'bank' },
        reference: 'Blue Gum, November',
      },
    },
  },
];

/** Invoices, purchase orders, supplier credits and payments get the ids inv-1, po-1, cr-1 and pay-1 and so on. */
export const documentsOfExample: readonly Example[] = [...invoices, ...orders, ...credits, ...payments];
