import { describe, expect, test } from 'vitest';
import { type RecordData, recordDataSchemas } from '#shared/contract/sync/record-data/data.ts';
import { expenses } from './expenses.ts';
import { factsOf, ids, twin } from './facts.fixture.ts';
import type { KindFacts } from './kind.ts';

type Expense = RecordData<'expenses'>;

const fuel: Expense = {
  ...{ date: '2026-11-28', supplier: { name: 'Caltex' }, category: 'Fuel', amount: '86.40', taxInclusive: true },
  ...{ currency: 'AUD', description: 'Fuel' },
};

function build(change: Partial<Expense> = {}, facts: Partial<KindFacts> = {}) {
  const data = recordDataSchemas.expenses.parse({ ...fuel, ...change });
  return expenses.toXero(data, factsOf(facts, { suppliers: { 's-1': twin(ids.acme) }, tracking: {} }));
}

function elementOf(change: Partial<Expense> = {}, facts: Partial<KindFacts> = {}) {
  const built = build(change, facts);
  return 'element' in built ? built.element : built;
}

function problemOf(change: Partial<Expense> = {}, facts: Partial<KindFacts> = {}) {
  const built = build(change, facts);
  if (!('problem' in built)) return undefined;
  const { code, field, message, fix, target, waitsFor } = built.problem;
  return [code, field, message, fix, waitsFor, ...(target ? [target] : [])];
}

test('an expense is an approved bill with one line', () => {
  expect(elementOf()).toEqual({
    ...{ Type: 'ACCPAY', Contact: { ContactID: ids.caltex }, Date: '2026-11-28', DueDate: '2026-11-28' },
    ...{ CurrencyCode: 'AUD', LineAmountTypes: 'Inclusive', Status: 'AUTHORISED', Url: 'https://crm.example' },
    LineItems: [
      {
        ...{ Description: 'Fuel', Quantity: { exactDecimal: '1' }, UnitAmount: { exactDecimal: '86.40' } },
        AccountCode: '449',
      },
    ],
  });
});

describe('members of the bill', () => {
  test.each<[string, Partial<Expense>, object]>([
    ['the reference is the number', { reference: 'R-17' }, { InvoiceNumber: 'R-17' }],
    ['an amount without tax is exclusive', { taxInclusive: false }, { LineAmountTypes: 'Exclusive' }],
    ['its own due date stays', { dueDate: '2026-12-28' }, { DueDate: '2026-12-28' }],
    [
      'the rate of a foreign currency is sent',
      { currency: 'USD', exchangeRate: '1.5' },
      { CurrencyRate: { exactDecimal: '1.5' } },
    ],
    ['the rate of the own currency does not', { exchangeRate: '1.5' }, { CurrencyRate: undefined }],
    ['the page is linked', { url: 'https://crm.example/e/1' }, { Url: 'https://crm.example/e/1' }],
    ['a supplier with a record is its twin', { supplier: { crmId: 's-1' } }, { Contact: { ContactID: ids.acme } }],
    ['categories are compared without case', { category: 'FUEL' }, { LineItems: [{ AccountCode: '449' }] }],
    ['a tax word is the rate for purchases', { taxRate: 'gst' }, { LineItems: [{ TaxType: 'INPUT' }] }],
    [
      'tracking is held by ids',
      { tracking: [{ category: 'location', option: 'perth' }] },
      { LineItems: [{ Tracking: [{ TrackingCategoryID: ids.location, TrackingOptionID: ids.perth }] }] },
    ],
    ['billable is not sent', { billable: true }, { Type: 'ACCPAY' }],
  ])('%s', (_title, change, expected) => {
    expect(elementOf(change)).toMatchObject(expected);
  });

  test.each([
    ['draft', 'DRAFT'],
    ['submitted', 'SUBMITTED'],
    ['approved', 'AUTHORISED'],
  ] as const)('the rule %s makes bills %s', (billStatus, Status) => {
    expect(elementOf({}, { rules: { roundingLine: false, billStatus } })).toMatchObject({ Status });
  });

  test('an update names the bill, and empties a number that the CRM took away', () => {
    expect(elementOf({}, { twin: twin(ids.bill) })).toMatchObject({ InvoiceID: ids.bill, InvoiceNumber: '' });
  });
});

describe('the due date', () => {
  test.each([
    ['20 days after', { Day: '20', Type: 'DAYSAFTERBILLDATE' }, '2026-12-18'],
    ['the 10th of the next month', { Day: '10', Type: 'OFFOLLOWINGMONTH' }, '2026-12-10'],
    ['a day of this month that has passed', { Day: '10', Type: 'OFCURRENTMONTH' }, '2026-11-28'],
    ['terms without a day', { Day: '', Type: 'DAYSAFTERBILLDATE' }, '2026-11-28'],
    ['no terms', undefined, '2026-11-28'],
  ])('the supplier’s terms: %s', (_title, Bills, DueDate) => {
    const contactOf = () => twin(ids.caltex, { row: { PaymentTerms: { Bills } } });
    expect(elementOf({}, { contactOf })).toMatchObject({ DueDate });
  });
});

describe('the supplier', () => {
  test('an expense without one goes to the contact for expenses', () => {
    const facts = factsOf();
    expect(expenses.findParty?.({}, facts)).toEqual({ path: 'supplier', name: 'Expenses', group: 'suppliers' });
    expect(expenses.findParty?.({ supplier: { name: '' } }, facts)).toMatchObject({ name: 'Expenses' });
  });

  test('a name is a party, with single spaces; a record is none', () => {
    expect(expenses.findParty?.({ supplier: { name: 'BP  Perth' } }, factsOf())).toMatchObject({ name: 'BP Perth' });
    expect(expenses.findParty?.({ supplier: { crmId: 's-1' } }, factsOf())).toBeUndefined();
  });
});

test('it needs its supplier and its tracking first, and a tax rate only if the CRM put one', () => {
  const tracking = [{ category: 'Location', option: 'Perth' }, { crmId: 'dep-1' }];
  expect(expenses.listNeeds({ ...fuel, supplier: { crmId: 's-1' }, tracking, taxRate: 'GST' })).toEqual([
    { kind: 'suppliers', crmId: 's-1', path: 'supplier' },
    { kind: 'tracking', crmId: 'dep-1', path: 'tracking.1' },
    { kind: 'tax-rates', crmId: 'GST', path: 'taxRate', ifPut: true },
  ]);
});

const edit = ['edit_record', 'user'];
function category(key: string) {
  return { mapping: 'categories', key };
}

function tax(key: string) {
  return { mapping: 'taxRates', key };
}

describe('problems', () => {
  const cases: [Partial<Expense>, unknown[]][] = [
    [{ date: undefined }, ['field_missing', 'date', 'Enter a date.', ...edit]],
    [{ category: '' }, ['field_missing', 'category', 'Choose a category.', ...edit]],
    [{ amount: undefined }, ['field_missing', 'amount', 'Enter an amount.', ...edit]],
    [{ taxInclusive: undefined }, ['field_missing', 'taxInclusive', 'Say whether the amount includes tax.', ...edit]],
    [{ currency: undefined }, ['field_missing', 'currency', 'Choose a currency.', ...edit]],
    [{ description: '' }, ['field_missing', 'description', 'Enter a description.', ...edit]],
    [{ amount: '86.405' }, ['field_invalid', 'amount', '86.405 has more decimals than AUD allows.', ...edit]],
    [
      { amount: '86.5', currency: 'JPY' },
      ['field_invalid', 'amount', '86.5 has more decimals than JPY allows.', ...edit],
    ],
    [{ amount: '123456789012' }, ['field_invalid', 'amount', 'This number is too large for Xero.', ...edit]],
    [
      { exchangeRate: '0' },
      ['field_invalid', 'exchangeRate', 'Enter an exchange rate above 0 with at most six decimals.', ...edit],
    ],
    [
      { url: 'https://other.example/1' },
      ['field_invalid', 'url', 'The page’s address does not belong to this CRM.', ...edit],
    ],
    [
      { supplier: { name: 'A <b>' } },
      ['field_invalid', 'supplier.name', 'Xero does not allow < or > in a name.', ...edit],
    ],
    [
      { supplier: { name: 'x'.repeat(256) } },
      ['field_invalid', 'supplier.name', 'This text is too long. Xero allows 255 characters.', ...edit],
    ],
    [{ supplier: { crmId: 's-9' } }, ['record_missing', 'supplier', 'Send the supplier first.', ...edit]],
    [
      { category: 'Client gifts' },
      [
        'category_unmapped',
        'category',
        "Choose an account for 'Client gifts'.",
        'map_account',
        'admin',
        category('Client gifts'),
      ],
    ],
    [
      { category: 'Meals' },
      [
        ...['account_unusable', 'category'],
        "Account 420 Entertainment cannot be used in Xero. Choose another account for 'Meals'.",
        ...['map_account', 'admin', category('Meals')],
      ],
    ],
    [
      { category: 'Suppliers' },
      ['account_unusable', 'category', expect.any(String), 'map_account', 'admin', category('Suppliers')],
    ],
    [{ taxRate: 'VAT' }, ['tax_unmapped', 'taxRate', "Choose a tax rate for 'VAT'.", 'map_tax', 'admin', tax('VAT')]],
    [
      { taxRate: 'Sales GST' },
      ['tax_unmapped', 'taxRate', "Choose a tax rate for 'Sales GST'.", 'map_tax', 'admin', tax('Sales GST')],
    ],
    [
      { taxRate: 'Old' },
      [
        'tax_unsuitable',
        'taxRate',
        "Tax rate Old GST is not active in Xero. Choose another for 'Old'.",
        'map_tax',
        'admin',
        tax('Old'),
      ],
    ],
    [
      { category: 'Sales', taxRate: 'GST' },
      [
        ...['tax_unsuitable', 'taxRate'],
        "GST on Expenses cannot be used with account 200 Sales. Choose another tax rate for 'GST'.",
        ...['map_tax', 'admin', tax('GST')],
      ],
    ],
    [{ currency: 'GBP' }, ['currency_not_subscribed', 'currency', 'Xero is not subscribed to GBP.', ...edit]],
    [
      { date: '2026-06-30' },
      [
        ...['period_locked', 'date'],
        'The books are locked up to 2026-06-30. Move the lock date in Xero, or choose a later date.',
        ...['unlock_period', 'xero'],
      ],
    ],
    [
      { tracking: [{ category: 'Location', option: 'Hobart' }] },
      ['tracking_unknown', 'tracking.0', "Xero has no option 'Hobart' in 'Location'.", ...edit],
    ],
    [
      { tracking: [{ category: 'Location', option: 'Darwin' }] },
      [
        'tracking_unknown',
        'tracking.0',
        "The tracking option 'Darwin' is archived in Xero. Restore it there, or choose another.",
        ...edit,
      ],
    ],
    [
      { tracking: [{ category: 'Area', option: 'Perth' }] },
      [
        ...['tracking_unknown', 'tracking.0'],
        "Xero has no tracking category 'Area'. Create it in Xero, or choose another one in the mapping.",
        ...edit,
      ],
    ],
    [{ tracking: [{ crmId: 'loc-9' }] }, ['record_missing', 'tracking.0', 'Send the tracking option first.', ...edit]],
  ];
  test.each(cases.map(([change, [code, field, ...more]]) => ({ change, code, field, more })))(
    '$code at $field: $more.0',
    ({ change, code, field, more }) => {
      expect(problemOf(change)).toEqual([code, field, ...more]);
    },
  );

  test('an archived supplier is named, with its page in Xero', () => {
    const contactOf = () => twin(ids.caltex, { name: 'Caltex', status: 'ARCHIVED' });
    expect(problemOf({}, { contactOf })).toEqual([
      ...[
        'contact_archived',
        'supplier',
        'Caltex is archived in Xero. Restore it there. Then this is sent automatically.',
      ],
      ...['restore_contact', 'xero'],
      { contactId: ids.caltex, url: `https://go.xero.com/contact/${ids.caltex}` },
    ]);
  });

  test('a bill that is in a locked period in Xero cannot leave it', () => {
    const held = twin(ids.bill, { row: { Date: '/Date(1782777600000+0000)/' } });
    expect(problemOf({}, { twin: held })?.slice(0, 2)).toEqual(['period_locked', 'date']);
  });

  test('mapping is told before fit, currency, lock date and tracking', () => {
    const wrong = { currency: 'GBP', date: '2026-06-01', tracking: [{ category: 'Area', option: 'Perth' }] };
    const codes = [
      problemOf({ ...wrong, category: 'Client gifts', taxRate: 'Old' }),
      problemOf({ ...wrong, taxRate: 'Old' }),
      problemOf(wrong),
      problemOf({ ...wrong, currency: 'AUD' }),
      problemOf({ tracking: wrong.tracking }),
    ].map((problem) => problem?.[0]);
    expect(codes).toEqual([
      ...['category_unmapped', 'tax_unsuitable', 'currency_not_subscribed', 'period_locked', 'tracking_unknown'],
    ]);
  });
});

test('a mapped category is the account of its own record where nothing else was chosen', () => {
  const known = { 'expense-categories': { 'Client gifts': twin('00000000-0000-4000-8000-000000000449') } };
  const built = expenses.toXero({ ...fuel, category: 'Client gifts' }, factsOf({}, known));
  expect(built).toMatchObject({ element: { LineItems: [{ AccountCode: '449' }] } });
});

describe('what follows and what marks it', () => {
  test('the receipt is attached after the bill', () => {
    const receipt = { name: 'r.pdf', base64: 'digest' };
    const attachment = { what: 'attachment', name: 'r.pdf', content: 'digest' };
    expect(expenses.listFollows?.({ ...fuel, receipt }, factsOf())).toEqual([attachment]);
    expect(expenses.listFollows?.(fuel, factsOf())).toEqual([]);
  });

  test.each([
    ['https://crm.example/e/1', 'https://crm.example/e/1#ledgerside=w-1'],
    ['https://crm.example/#/e/1', 'https://crm.example/?ledgerside=w-1#/e/1'],
  ])('the write’s id goes into %s', (Url, marked) => {
    expect(expenses.mark?.put({ Url }, 'w-1')).toEqual({ Url: marked });
  });
});
