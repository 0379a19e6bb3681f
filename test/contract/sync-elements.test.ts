import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { factsOf } from '#server/use-cases/sync/kinds/facts.fixture.ts';
import type { Built, KindFacts, KindTwin, XeroElement } from '#server/use-cases/sync/kinds/kind.ts';
import { listDifferences } from '#server/use-cases/sync/kinds/list-differences.ts';
import { syncKinds } from '#server/use-cases/sync/kinds/sync-kinds.ts';
import { formatExactJson, parseExactJson } from '#server/xero/bytes/exact-json.ts';
import type { SyncAccount } from '#server/xero/records/sync-lists.ts';
import type { RecordData } from '#shared/contract/sync/record-data/data.ts';
import { openTestDesk, type TestDesk } from '#test/sandbox/xero/testing/desk.ts';
import { findOpenApiFolder, readOpenApi } from './openapi-schemas.ts';

let desk: TestDesk;

beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.session.xero.close());
beforeEach(() => desk.renew());

const everywhere = { revenue: true, expenses: true, assets: true, liabilities: true, equity: true };
const rate = { rate: '10', components: [], status: 'ACTIVE', appliesTo: everywhere };
const account: Omit<SyncAccount, 'id' | 'code' | 'name'> = {
  ...{ class: 'expenses', type: 'EXPENSE', taxType: 'INPUT', status: 'ACTIVE', isSystem: false },
  ...{ takesPayments: false, bankAccountNumber: null, currency: null },
};
const sales = { class: 'revenue', type: 'REVENUE', taxType: 'OUTPUT' } as const;
const ofBank = { class: 'assets', type: 'BANK', takesPayments: true } as const;

/** The lists of the sandbox's organisation, as far as these records need them. */
async function toFacts(change: Partial<KindFacts> = {}): Promise<KindFacts> {
  const bank = (await desk.list('/Accounts')).find(({ Code }) => Code === '090');
  const [category] = await desk.list('/TrackingCategories');
  const options = Array.isArray(category?.Options) ? category.Options : [];
  const bankId = String(bank?.AccountID);
  const base = factsOf();
  return {
    ...base,
    lockDate: null,
    lists: {
      accounts: [
        { ...account, ...sales, id: 'sales', code: '200', name: 'Sales' },
        { ...account, id: 'office', code: '453', name: 'Office Expenses' },
        { ...account, id: bankId, code: '090', name: 'Bank', ...ofBank },
      ],
      taxRates: [
        { ...rate, taxType: 'OUTPUT', name: 'GST on Income' },
        { ...rate, taxType: 'INPUT', name: 'GST on Expenses' },
        { ...rate, taxType: 'BASEXCLUDED', name: 'BAS Excluded', rate: '0' },
      ],
      tracking: [
        {
          ...{ id: String(category?.TrackingCategoryID), name: String(category?.Name), status: 'ACTIVE' },
          options: options.map(({ TrackingOptionID, Name }) => ({
            id: TrackingOptionID,
            name: Name,
            status: 'ACTIVE',
          })),
        },
      ],
      currencies: [{ code: 'AUD', name: 'Australian Dollar' }],
    },
    mapping: {
      ...base.mapping,
      categories: [
        { key: 'Sales', accountCode: '200' },
        { key: 'Office', accountCode: '453' },
      ],
      paymentMethods: [{ key: 'bank', accountId: bankId }],
    },
    contactOf: () => twinOf({ ContactID: desk.contact('Harbour Lights Pty Ltd') }),
    ...change,
  };
}

function twinOf(row: Record<string, unknown>): KindTwin {
  const text = (name: string) => (typeof row[name] === 'string' ? row[name] : undefined);
  const ids = [
    'PaymentID',
    'CreditNoteID',
    'PurchaseOrderID',
    'InvoiceID',
    'ItemID',
    'AccountID',
    'TrackingOptionID',
    'ContactID',
    'TaxType',
  ];
  const id = ids.map(text).find((found) => found !== undefined) ?? '';
  const number = text('InvoiceNumber') ?? text('PurchaseOrderNumber') ?? text('Code') ?? null;
  return { id, number, name: text('Name') ?? null, status: text('Status') ?? text('ContactStatus') ?? null, row };
}

function elementOf(built: Built): XeroElement {
  if (!('element' in built)) throw new Error(`it was not built: ${JSON.stringify(built)}`);
  return built.element;
}

/** The row that Xero answers with, and whether it has everything of the element. */
async function send(method: 'PUT' | 'POST', path: string, built: Built): Promise<KindTwin> {
  const name = path.replace(/^\//, '').split('?')[0] ?? '';
  const element = elementOf(built);
  const body = name.endsWith('Options') ? formatExactJson(element) : formatExactJson({ [name]: [element] });
  const answer = await desk.send(method, path, body);
  const text = await answer.text();
  expect(answer.status, text).toBe(200);
  const members: unknown = parseExactJson(text);
  const lists = typeof members === 'object' && members !== null ? Object.values(members) : [];
  const [row] = lists.find((value) => Array.isArray(value)) ?? [];
  return twinOf(row);
}

const gst = { taxRate: 'GST' };
const lines = [
  { description: 'Diesel', quantity: '3', unitAmount: '1.1055', category: 'Office', ...gst },
  { description: 'Paper', quantity: '1', unitAmount: '20.00', category: 'Office', ...gst },
];
const bought = { currency: 'AUD', lineAmountTypes: 'exclusive', lines, total: '25.65', date: '2026-11-01' } as const;
const party = { name: 'Harbour Lights Pty Ltd' };
const contact: RecordData<'customers'> = {
  ...{ name: 'Acme Ltd', firstName: 'Ada', email: 'ada@acme.example', phone: '555', taxNumber: '12 345' },
  ...{ currency: 'AUD', address: { line1: '1 High St', city: 'Perth' } },
};
const expense: RecordData<'expenses'> = {
  ...{ date: '2026-11-28', supplier: party, category: 'Office', amount: '86.40', taxInclusive: true, currency: 'AUD' },
  ...{ description: 'Fuel', reference: 'R-17', ...gst },
};
const order: RecordData<'purchase-orders'> = { ...bought, number: 'PO-9', supplier: party, status: 'finished' };
const invoice: RecordData<'invoices'> = {
  ...{ ...bought, lines: lines.map((line) => ({ ...line, category: 'Sales', discount: '10' })), total: '23.08' },
  ...{ number: 'LS-87', customer: party, dueDate: '2026-12-01', status: 'approved', reference: 'Job 4' },
};
const credit: RecordData<'supplier-credits'> = { ...bought, number: 'CR-3', supplier: party };
const item: RecordData<'items'> = {
  ...{ code: 'FUEL', name: 'Fuel', description: 'Unleaded', sales: { unitAmount: '2.10', category: 'Sales', ...gst } },
  purchases: { unitAmount: '1.9055', category: 'Office', ...gst },
};

type Case = { title: string; path: string; fields: Readonly<Record<string, string>>; build(facts: KindFacts): Built };

const { customers, expenses, invoices, items } = syncKinds;
const [orders, credits, taxes] = [syncKinds['purchase-orders'], syncKinds['supplier-credits'], syncKinds['tax-rates']];
const methods = syncKinds['payment-methods'];
const four = '?unitdp=4';

const cases: Case[] = [
  {
    title: 'customer',
    path: '/Contacts',
    fields: customers.fields,
    build: (facts) => customers.toXero(contact, facts),
  },
  { title: 'item', path: `/Items${four}`, fields: items.fields, build: (facts) => items.toXero(item, facts) },
  {
    title: 'expense',
    path: `/Invoices${four}`,
    fields: expenses.fields,
    build: (facts) => expenses.toXero(expense, facts),
  },
  {
    title: 'invoice',
    path: `/Invoices${four}`,
    fields: invoices.fields,
    build: (facts) => invoices.toXero(invoice, facts),
  },
  {
    title: 'order',
    path: `/PurchaseOrders${four}`,
    fields: orders.fields,
    build: (facts) => orders.toXero(order, facts),
  },
  {
    title: 'supplier credit',
    path: `/CreditNotes${four}`,
    fields: credits.fields,
    build: (facts) => credits.toXero(credit, facts),
  },
  {
    ...{ title: 'tax rate', path: '/TaxRates', fields: taxes.fields },
    build: (facts) => taxes.toXero({ name: 'GST 12', rate: '12', use: 'both' }, facts),
  },
  {
    ...{ title: 'bank account', path: '/Accounts', fields: methods.fields },
    build: (facts) => methods.toXero({ name: 'Savings', bankAccountNumber: '123', currency: 'AUD' }, facts),
  },
  {
    ...{ title: 'account for payments', path: '/Accounts', fields: methods.fields },
    build: (facts) => methods.toXero({ name: 'Till', code: '615' }, facts),
  },
];

test.each(cases)('the sandbox takes a new $title and has all of it', async ({ title, path, fields, build }) => {
  const built = build(await toFacts());
  const twin = await send('PUT', path, built);
  expect(listDifferences(fields, elementOf(built), twin)).toEqual([]);
  expect(twin.row.Total).toBe(totals[title]);
});

/** The CRM's own totals. What has no total has none in Xero either. */
const totals: Readonly<Record<string, string>> = {
  expense: '86.4',
  invoice: '23.08',
  order: '25.65',
  'supplier credit': '25.65',
};

describe('what follows a new record', () => {
  test('the bill of a finished order is taken, with the same total', async () => {
    const [follow] = orders.listFollows?.(order, await toFacts()) ?? [];
    if (follow?.what !== 'bill') throw new Error('no bill follows');
    expect((await send('PUT', `/Invoices${four}`, follow.built)).row.Total).toBe('25.65');
  });

  test('a payment pays the bill of an expense and is deleted again', async () => {
    const facts = await toFacts();
    const bill = await send('PUT', `/Invoices${four}`, expenses.toXero(expense, facts));
    const { payments } = syncKinds;
    const data: RecordData<'payments'> = {
      ...{ bill: { kind: 'expenses', crmId: 'e-1' }, date: '2026-11-30', amount: '86.40', currency: 'AUD' },
      ...{ method: 'bank', reference: 'Chq 5' },
    };
    const payment = await send('PUT', '/Payments', payments.toXero(data, { ...facts, billOf: () => bill }));
    expect(payment.row).toMatchObject({ Amount: '86.4', PaymentType: 'ACCPAYPAYMENT', Reference: 'Chq 5' });
    expect(payments.toRemoval(payment, facts)).toEqual({ how: 'delete_payment' });
  });

  test('a tracking option is made in its category', async () => {
    const facts = await toFacts();
    const category = facts.lists.tracking[0]?.name;
    const built = syncKinds.tracking.toXero({ category, name: 'Hobart' }, facts);
    if (!('within' in built)) throw new Error('it has no category');
    const option = await send('PUT', `/TrackingCategories/${built.within}/Options`, built);
    expect(option).toMatchObject({ name: 'Hobart', status: 'ACTIVE' });
  });
});

describe('an update and a removal', () => {
  test('keep a customer’s other address, and archive it', async () => {
    const facts = await toFacts();
    const made = await send('PUT', '/Contacts', customers.toXero(contact, facts));
    const Addresses = [
      { AddressType: 'POBOX', City: 'Perth' },
      { AddressType: 'STREET', City: 'Hobart' },
    ];
    await desk.write('POST', '/Contacts', { Contacts: [{ ContactID: made.id, Addresses }] });
    const twin = twinOf({ ...made.row, Addresses });
    const changed = { name: 'Acme Ltd', address: { city: 'Sydney' } };
    const after = await send('POST', '/Contacts', customers.toXero(changed, { ...facts, twin }));
    expect(after.row).toMatchObject({ EmailAddress: 'ada@acme.example', ContactNumber: 'c:r-1' });
    expect(JSON.stringify(after.row.Addresses)).toMatch(/Hobart.*Sydney|Sydney.*Hobart/);
    const removal = customers.toRemoval(after, facts);
    if (!('element' in removal)) throw new Error('it is not archived');
    expect(await send('POST', '/Contacts', removal)).toMatchObject({ status: 'ARCHIVED' });
  });

  test('change an approved bill, and void it', async () => {
    const facts = await toFacts();
    const twin = await send('PUT', '/Invoices', expenses.toXero(expense, facts));
    const dearer = { ...expense, amount: '90.00' };
    const after = await send('POST', '/Invoices', expenses.toXero(dearer, { ...facts, twin }));
    expect(after).toMatchObject({ id: twin.id, row: { Total: '90' } });
    const removal = expenses.toRemoval(after, facts);
    if (!('element' in removal)) throw new Error('it is not voided');
    expect(await send('POST', '/Invoices', removal)).toMatchObject({ status: 'VOIDED' });
  });
});

const folder = findOpenApiFolder();

/** Days are sent as `YYYY-MM-DD`, and answered in Xero's own way, which is what the file describes. */
function isDay({ instancePath }: { instancePath: string }): boolean {
  return /Date$/.test(instancePath);
}

describe.skipIf(folder === undefined)('Xero’s OpenAPI file', () => {
  test.each(cases)('knows every member of a new $title', async ({ path, build }) => {
    const template = path.split('?')[0] ?? '';
    const openApi = readOpenApi(join(folder ?? '', 'xero_accounting.yaml'));
    const validate = openApi.answerOf('PUT', template, '200');
    const name = template.replace('/', '');
    validate(JSON.parse(formatExactJson({ [name]: [elementOf(build(await toFacts()))] })));
    expect((validate.errors ?? []).filter((fault) => !isDay(fault))).toEqual([]);
  });
});
