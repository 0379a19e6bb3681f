import { describe, expect, test } from 'vitest';
import type { AccountChoice, TaxRateChoice } from '#shared/contract/choices.ts';
import type { PaymentAccount } from '#shared/contract/sync/mapping.ts';
import { listInbox } from './list-inbox.ts';
import { mergeMapping } from './merge-mapping.ts';
import { findTracking, proposeAccount, proposePaymentAccount, proposeTaxRate } from './propose.ts';
import type { StoredMapping } from './read-mapping.ts';
import { listUsedKeys } from './used-keys.ts';

const defaults = {
  ...{ expenseSupplierName: 'Expenses', expenseAccountCode: null, salesAccountCode: '200' },
  ...{ paymentAccountId: null, feeAccountCode: null },
};
const empty: StoredMapping = { categories: [], paymentMethods: [], taxRates: [], tracking: {}, defaults };

describe('a mapping', () => {
  test('merges by key without case, and null takes away', () => {
    const before = mergeMapping(empty, { categories: [{ key: 'Fuel', accountCode: '449' }] });
    const after = mergeMapping(before, {
      categories: [
        { key: 'FUEL', accountCode: null },
        { key: 'Rent', accountCode: '469' },
      ],
      tracking: { Location: null },
      defaults: { salesAccountCode: null, expenseSupplierName: null },
    });
    expect(after.categories).toEqual([
      { key: 'Fuel', accountCode: null },
      { key: 'Rent', accountCode: '469' },
    ]);
    expect(after.tracking).toEqual({ Location: null });
    expect(after.defaults).toEqual({ ...defaults, salesAccountCode: null });
  });

  test('of a tax changes one side and leaves the other', () => {
    const before = mergeMapping(empty, { taxRates: [{ key: 'GST', taxType: 'INPUT' }] });
    const after = mergeMapping(before, { taxRates: [{ key: 'gst', salesTaxType: 'OUTPUT' }] });
    expect(after.taxRates).toEqual([{ key: 'GST', taxType: 'INPUT', salesTaxType: 'OUTPUT' }]);
  });
});

describe('keys', () => {
  test('are the words that a record uses, each once', () => {
    const line = { category: 'Sales', taxRate: 'GST', tracking: [{ category: 'Location', option: 'Perth' }] };
    const data = { number: 'INV-1', lines: [line, { ...line, category: 'SALES' }, { tracking: [{ crmId: 'l-1' }] }] };
    const keys = listUsedKeys('invoices', 'i-1', data).map(({ mapping, key }) => `${mapping}:${key}`);
    expect(keys.toSorted()).toEqual(['categories:SALES', 'taxRates:GST', 'tracking:Location']);
    expect(listUsedKeys('payments', 'p-1', { method: 'bank' })).toEqual([{ mapping: 'paymentMethods', key: 'bank' }]);
    expect(listUsedKeys('expenses', 'e-1', { description: 'Fuel', category: '' })).toEqual([]);
  });

  test('are also the ids of tax rates and payment methods that were put', () => {
    expect(listUsedKeys('tax-rates', 'GST', { name: 'GST 10%' })).toEqual([{ mapping: 'taxRates', key: 'GST' }]);
    const option = { category: 'Location', name: 'Perth' };
    expect(listUsedKeys('tracking', 'l-1', option)).toEqual([{ mapping: 'tracking', key: 'Location' }]);
  });
});

function account(code: string, name: string, isPurchases: boolean): AccountChoice {
  return { code, name, class: isPurchases ? 'expenses' : 'revenue', taxType: null, isSales: !isPurchases, isPurchases };
}
function bank(id: string, name: string, type = 'BANK'): PaymentAccount {
  return { id, code: null, name, type, currency: null, bankAccountNumber: null, sortCode: null };
}
function rate(taxType: string, name: string, percentage: string, of: 'expenses' | 'revenue'): TaxRateChoice {
  const appliesTo = {
    revenue: of === 'revenue',
    expenses: of === 'expenses',
    assets: false,
    liabilities: false,
    equity: false,
  };
  return { taxType, name, rate: percentage, components: [], appliesTo };
}

describe('proposals', () => {
  const accounts = [
    account('200', 'Sales', false),
    account('420', 'Entertainment', true),
    account('449', 'Motor Vehicle Expenses', true),
    account('453', 'Office Expenses', true),
  ];
  test.each([
    ['Sales', '200'],
    ['449', '449'],
    ['office expense', '453'],
    ['Vehicles', '449'],
    ['Client gifts', null],
    ['&', null],
  ])('for the category %s: %s', (key, code) => {
    expect(proposeAccount(key, accounts)).toBe(code);
  });

  test('for a payment method: by name, else the only bank account', () => {
    const accounts = [bank('a', 'Business Account'), bank('b', 'Petty Cash', 'CURRENT')];
    expect(proposePaymentAccount('cash', accounts)).toBe('b');
    expect(proposePaymentAccount('EFT', accounts)).toBe('a');
    expect(proposePaymentAccount('EFT', [...accounts, bank('c', 'Savings')])).toBeNull();
  });

  test('for a tax: by name and percentage, each side its own', () => {
    const rates = [
      rate('EXEMPTEXPENSES', 'GST Free Expenses', '0', 'expenses'),
      rate('INPUT', 'GST on Expenses', '10', 'expenses'),
      rate('OUTPUT', 'GST on Income', '10', 'revenue'),
    ];
    expect(proposeTaxRate('GST 10%', rates, 'purchases')).toBe('INPUT');
    expect(proposeTaxRate('GST 10%', rates, 'sales')).toBe('OUTPUT');
    expect(proposeTaxRate('GST free', rates, 'purchases')).toBe('EXEMPTEXPENSES');
    expect(proposeTaxRate('GST', rates, 'purchases')).toBe('INPUT');
    expect(proposeTaxRate('GST', rates, 'sales')).toBe('OUTPUT');
    expect(proposeTaxRate('VAT 20%', rates, 'sales')).toBeNull();
  });

  test('for tracking: the category of that name', () => {
    expect(findTracking('location', [{ id: 'x', name: 'Locations' }])).toBe('x');
    expect(findTracking('Region', [{ id: 'x', name: 'Location' }])).toBeNull();
  });
});

test('the inbox has one line a cause, and one for the organisation', () => {
  const problem = { state: 'problem', code: 'category_unmapped', blockedOn: 'categories:client gifts' };
  const spent = { state: 'waiting', code: 'day_spent', blockedOn: 'day' };
  const lines = listInbox(
    [
      { ...problem, kind: 'expenses', count: 11 },
      { ...spent, kind: 'expenses', count: 300 },
      { ...spent, kind: 'invoices', count: 200 },
      { kind: 'invoices', state: 'waiting', code: 'needs_record', blockedOn: 'record:customers/c-1', count: 9 },
      { kind: 'invoices', state: 'question', code: 'number_taken', blockedOn: null, count: 2 },
      { kind: 'customers', state: 'problem', code: 'contact_archived', blockedOn: 'contact:g', count: 1 },
    ],
    [{ mapping: 'categories', key: 'Client gifts' }],
  );
  const gifts = { mapping: 'categories', key: 'Client gifts' };
  expect(lines).toMatchObject([
    { kind: null, code: 'day_spent', count: 500, fix: 'wait', target: null },
    {
      kind: 'expenses',
      count: 11,
      message: "Choose an account for 'Client gifts'.",
      fix: 'map_account',
      target: gifts,
    },
    { kind: 'invoices', code: 'number_taken', count: 2, fix: 'choose' },
    { kind: 'customers', code: 'contact_archived', count: 1, fix: 'restore_contact', target: { contactId: 'g' } },
  ]);
});
