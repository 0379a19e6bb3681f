import { randomUUID } from 'node:crypto';
import { factsOf, ids, twin } from '#server/use-cases/sync/kinds/facts.fixture.ts';
import type { SyncKind } from '#server/use-cases/sync/kinds/kind.ts';
import { syncKinds } from '#server/use-cases/sync/kinds/sync-kinds.ts';
import { formatExactJson } from '#server/xero/bytes/exact-json.ts';
import type { XeroResource } from '#server/xero/records/records.ts';
import type { RecordData } from '#shared/contract/sync/record-data/data.ts';

const line = {
  ...{ description: 'Work', quantity: '2', unitAmount: '50.00', taxRate: 'GST' },
  tracking: [{ category: 'Location', option: 'Perth' }],
};
const sold = { ...line, discount: '10', category: 'Sales', item: { crmId: 'i-1' } };
const bought = { ...line, category: 'Fuel' };
const contact: RecordData<'customers'> = {
  ...{ name: 'Acme Ltd', firstName: 'Ada', lastName: 'Lee', email: 'ada@acme.example', phone: '555-0100' },
  ...{ taxNumber: '12 345', currency: 'AUD' },
  address: {
    line1: '1 High St',
    line2: 'Unit 2',
    city: 'Perth',
    region: 'WA',
    postalCode: '6000',
    country: 'Australia',
  },
};
const invoice: RecordData<'invoices'> = {
  ...{ number: 'INV-0087', customer: { crmId: 'c-1' }, date: '2026-11-01', dueDate: '2026-12-01', currency: 'AUD' },
  ...{ lineAmountTypes: 'exclusive', lines: [sold], total: '99.00', reference: 'PO 7', status: 'approved' },
};
const expense: RecordData<'expenses'> = {
  ...{ date: '2026-11-28', supplier: { name: 'Caltex' }, category: 'Fuel', amount: '86.40', taxInclusive: true },
  ...{ currency: 'AUD', description: 'Fuel', taxRate: 'GST', reference: 'R-17' },
};
const order: RecordData<'purchase-orders'> = {
  ...{ number: 'PO-9', supplier: { crmId: 's-1' }, date: '2026-11-01', deliveryDate: '2026-11-20', currency: 'AUD' },
  ...{ lineAmountTypes: 'exclusive', total: '110.00', reference: 'Job 4', status: 'open', lines: [bought] },
};
const credit: RecordData<'supplier-credits'> = {
  ...{ number: 'CR-3', supplier: { crmId: 's-1' }, date: '2026-11-05', currency: 'AUD', total: '110.00' },
  ...{ lineAmountTypes: 'exclusive', lines: [bought] },
};
const payment: RecordData<'payments'> = {
  ...{ bill: { kind: 'expenses', crmId: 'exp-42' }, date: '2026-11-30', amount: '86.40', currency: 'AUD' },
  ...{ method: 'bank', reference: 'Chq 5' },
};

const due = twin(ids.bill, { status: 'AUTHORISED', row: { CurrencyCode: 'AUD', AmountDue: '86.40' } });
const item = twin(ids.item, { number: 'FUEL', row: { IsSold: true, SalesDetails: { AccountCode: '200' } } });
const facts = factsOf(
  { crmId: 'r-1' },
  {
    ...{ customers: { 'c-1': twin(ids.acme) }, suppliers: { 's-1': twin(ids.acme) }, items: { 'i-1': item } },
    expenses: { 'exp-42': due },
  },
);

type SentKind = keyof typeof syncKinds;
export type SentElement = { kind: SentKind; resource: XeroResource; json: string };

function build<Kind extends SentKind>(kind: Kind, data: RecordData<Kind>): SentElement {
  const of: SyncKind<Kind> = syncKinds[kind];
  const built = of.toXero(data, facts);
  if (!('element' in built)) throw new Error(`${kind}: ${JSON.stringify(built)}`);
  const { mark, resource } = of;
  const element = mark ? mark.put(built.element, mark.toMark(randomUUID())) : built.element;
  return { kind, resource, json: formatExactJson(element) };
}

/** A complete record of each kind, as it is sent. */
export function listElements(): SentElement[] {
  const prices = { sales: { unitAmount: '2.10', category: 'Sales', taxRate: 'GST' } };
  return [
    build('customers', contact),
    build('suppliers', contact),
    build('items', { code: 'FUEL', name: 'Fuel', description: 'Unleaded', ...prices }),
    build('invoices', invoice),
    build('expenses', expense),
    build('purchase-orders', order),
    build('supplier-credits', credit),
    build('payments', payment),
    build('tracking', { category: 'Location', name: 'Albany' }),
    build('tax-rates', { name: 'State', rate: '2.25', use: 'purchases' }),
    build('tax-rates', { name: 'State 2', rate: '2.25', use: 'both' }),
    build('payment-methods', {
      name: 'Second account',
      bankAccountNumber: '123456789',
      sortCode: '20-00-00',
      currency: 'AUD',
    }),
    build('payment-methods', { name: 'Card reader', code: '611' }),
  ];
}
