import type { SyncAccount, SyncTaxRate } from '#server/xero/records/sync-lists.ts';
import type { RecordKind } from '#shared/contract/sync/kinds.ts';
import type { KindFacts, KindTwin } from './kind.ts';

export const ids = {
  caltex: '11111111-1111-4111-8111-111111111111',
  acme: '22222222-2222-4222-8222-222222222222',
  bank: '33333333-3333-4333-8333-333333333333',
  stripe: '44444444-4444-4444-8444-444444444444',
  bill: '55555555-5555-4555-8555-555555555555',
  invoice: '66666666-6666-4666-8666-666666666666',
  location: '77777777-7777-4777-8777-777777777777',
  perth: '88888888-8888-4888-8888-888888888888',
  darwin: '99999999-9999-4999-8999-999999999999',
  item: 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa',
  usBank: 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb',
} as const;

export function account(code: string | null, change: Partial<SyncAccount> = {}): SyncAccount {
  return {
    id: `00000000-0000-4000-8000-${(code ?? '0').padStart(12, '0')}`,
    ...{ code, name: `Account ${code}`, type: 'EXPENSE', class: 'expenses', taxType: 'INPUT', status: 'ACTIVE' },
    ...{ isSystem: false, takesPayments: false, bankAccountNumber: null, currency: null },
    ...change,
  };
}

export function taxRate(taxType: string, change: Partial<SyncTaxRate> = {}): SyncTaxRate {
  const appliesTo = { revenue: false, expenses: true, assets: true, liabilities: true, equity: true };
  return { taxType, name: taxType, rate: '10', components: [], status: 'ACTIVE', appliesTo, ...change };
}

export function twin(id: string, change: Partial<KindTwin> = {}): KindTwin {
  return { id, number: null, name: null, status: 'ACTIVE', row: {}, ...change };
}

const onSales = { revenue: true, expenses: false, assets: true, liabilities: true, equity: true };
const everywhere = { ...onSales, expenses: true };

const lists: KindFacts['lists'] = {
  accounts: [
    account('200', { name: 'Sales', class: 'revenue', type: 'SALES', taxType: 'OUTPUT' }),
    account('420', { name: 'Entertainment', status: 'ARCHIVED' }),
    account('449', { name: 'Motor Vehicle Expenses' }),
    account('460', { name: 'Bank Fees', taxType: 'NONE' }),
    account('800', { name: 'Accounts Payable', class: 'liabilities', isSystem: true }),
    account('090', { id: ids.bank, name: 'Main account', type: 'BANK', takesPayments: true, currency: 'AUD' }),
    account('091', { id: ids.usBank, name: 'Euro account', type: 'BANK', takesPayments: true, currency: 'EUR' }),
    account('610', { id: ids.stripe, name: 'Stripe', type: 'CURRENT', class: 'assets', takesPayments: true }),
  ],
  taxRates: [
    taxRate('INPUT', { name: 'GST on Expenses' }),
    taxRate('OUTPUT', { name: 'GST on Income', appliesTo: onSales }),
    taxRate('NONE', { name: 'No Tax', rate: '0', appliesTo: everywhere }),
    taxRate('OLD', { name: 'Old GST', status: 'ARCHIVED' }),
    taxRate('AVALARA', { name: 'Auto Look Up', rate: null, appliesTo: everywhere }),
  ],
  tracking: [
    {
      ...{ id: ids.location, name: 'Location', status: 'ACTIVE' },
      options: [
        { id: ids.perth, name: 'Perth', status: 'ACTIVE' },
        { id: ids.darwin, name: 'Darwin', status: 'ARCHIVED' },
      ],
    },
  ],
  currencies: [
    { code: 'AUD', name: 'Australian Dollar' },
    { code: 'USD', name: 'US Dollar' },
    { code: 'JPY', name: 'Yen' },
  ],
};

const mapping: KindFacts['mapping'] = {
  categories: [
    { key: 'Fuel', accountCode: '449' },
    { key: 'Fees', accountCode: '460' },
    { key: 'Sales', accountCode: '200' },
    { key: 'Client gifts', accountCode: null },
    { key: 'Meals', accountCode: '420' },
    { key: 'Suppliers', accountCode: '800' },
  ],
  paymentMethods: [
    { key: 'bank', accountId: ids.bank },
    { key: 'euro', accountId: ids.usBank },
    { key: 'cash', accountId: null },
    { key: 'fuel', accountId: account('449').id },
  ],
  taxRates: [
    { key: 'GST', taxType: 'INPUT', salesTaxType: 'OUTPUT' },
    { key: 'Sales GST', taxType: null, salesTaxType: 'OUTPUT' },
    { key: 'Free', taxType: 'NONE', salesTaxType: null },
    { key: 'Old', taxType: 'OLD', salesTaxType: null },
    { key: 'Look up', taxType: 'AVALARA', salesTaxType: 'AVALARA' },
  ],
  tracking: {},
  defaults: {
    ...{ expenseSupplierName: 'Expenses', expenseAccountCode: null },
    ...{ salesAccountCode: null, paymentAccountId: null },
  },
};

type Known = Partial<Record<RecordKind, Readonly<Record<string, KindTwin>>>>;

/** An Australian organisation, locked up to the end of June. `known` are twins of other records. */
export function factsOf(change: Partial<KindFacts> = {}, known: Known = {}): KindFacts {
  return {
    ...{ crmId: 'r-1', twin: undefined, sharedWith: [], today: '2026-11-30', lockDate: '2026-06-30' },
    organisation: {
      ...{ id: 'o', name: 'Demo Company (AU)', baseCurrency: 'AUD', shortCode: '!demo', countryCode: 'AU' },
      ...{ timeZone: 'Australia/Sydney', periodLockDate: '2026-06-30', endOfYearLockDate: null },
    },
    ...{ lists, mapping, origins: ['https://crm.example'], choice: null },
    rules: { roundingLine: false, billStatus: 'approved' },
    twinOf: (kind, crmId) => known[kind]?.[crmId],
    contactOf: (name) => twin(ids.caltex, { name }),
    billOf: (kind, crmId) => known[kind]?.[crmId],
    contactUrlOf: (id) => `https://go.xero.com/contact/${id}`,
    ...change,
  };
}
