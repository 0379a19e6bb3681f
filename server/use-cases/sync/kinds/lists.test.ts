import { describe, expect, test } from 'vitest';
import type { RecordData } from '#shared/contract/sync/record-data/data.ts';
import { account, factsOf, ids, twin } from './facts.fixture.ts';
import type { KindFacts } from './kind.ts';
import { paymentMethods } from './payment-methods.ts';
import { taxRates } from './tax-rates.ts';
import { tracking } from './tracking.ts';

const kept = { how: 'keep', note: { code: 'kept_in_xero' } };

describe('tracking', () => {
  function build(change: RecordData<'tracking'> = {}, facts: Partial<KindFacts> = {}) {
    return tracking.toXero({ category: 'Location', name: 'Hobart', ...change }, factsOf(facts));
  }

  test('an option is made in the category of the same name, without case', () => {
    expect(build({ category: 'LOCATION' })).toEqual({ element: { Name: 'Hobart' }, within: ids.location });
  });

  test('a category that an admin chose comes first', () => {
    const mapping = { ...factsOf().mapping, tracking: { Site: ids.location, Location: null } };
    expect(build({ category: 'site' }, { mapping })).toMatchObject({ within: ids.location });
    expect(build({}, { mapping })).toMatchObject({ within: ids.location });
  });

  test.each<[string, string, RecordData<'tracking'>]>([
    ['field_missing', 'category', { category: '' }],
    ['field_missing', 'name', { name: undefined }],
    ['field_invalid', 'name', { name: 'x'.repeat(101) }],
    ['tracking_unknown', 'category', { category: 'Department' }],
  ])('%s at %s', (code, field, change) => {
    expect(build(change)).toMatchObject({ problem: { code, field } });
  });

  test('a later name is told, not sent', () => {
    const notes = [
      { code: 'renamed_in_xero', message: "It is called 'Perth' in Xero. Changes of the name are not sent." },
    ];
    expect(build({}, { twin: twin(ids.perth, { name: 'Perth' }) })).toEqual({ same: true, notes });
    expect(build({}, { twin: twin(ids.perth, { name: 'HOBART' }) })).toEqual({ same: true, notes: [] });
    expect(build({}, { twin: twin(ids.perth) })).toEqual({ same: true, notes: [] });
  });

  test('a deleted option stays in Xero', () => {
    expect(tracking.toRemoval(twin(ids.perth), factsOf())).toMatchObject(kept);
  });
});

describe('tax rates', () => {
  function build(change: RecordData<'tax-rates'> = {}, facts: Partial<KindFacts> = {}) {
    return taxRates.toXero({ name: 'GST 12', rate: '12', use: 'sales', ...change }, factsOf(facts));
  }

  test.each([
    ['sales', 'OUTPUT'],
    ['purchases', 'INPUT'],
    ['both', 'NONE'],
  ] as const)('a rate for %s has one component and is reported as %s', (use, ReportTaxType) => {
    const TaxComponents = [{ Name: 'GST 12', Rate: { exactDecimal: '12' } }];
    expect(build({ use })).toEqual({ element: { Name: 'GST 12', TaxComponents, ReportTaxType } });
  });

  test('an American rate is not reported', () => {
    const organisation = { ...factsOf().organisation, countryCode: 'US' };
    expect(build({}, { organisation })).toMatchObject({ element: { ReportTaxType: undefined } });
  });

  test.each<[string, string, RecordData<'tax-rates'>]>([
    ['field_missing', 'name', { name: '' }],
    ['field_missing', 'rate', { rate: undefined }],
    ['field_missing', 'use', { use: undefined }],
    ['field_invalid', 'rate', { rate: '100.5' }],
  ])('%s at %s', (code, field, change) => {
    expect(build(change)).toMatchObject({ problem: { code, field } });
  });

  test('later changes are not sent, and a deleted rate stays', () => {
    expect(build({ rate: '15' }, { twin: twin('TAX001', { name: 'GST 12' }) })).toEqual({ same: true, notes: [] });
    expect(taxRates.toRemoval(twin('TAX001'), factsOf())).toMatchObject(kept);
  });
});

describe('payment methods', () => {
  function build(data: RecordData<'payment-methods'>, facts: Partial<KindFacts> = {}) {
    return paymentMethods.toXero(data, factsOf(facts));
  }
  const bank = { name: 'Savings', code: '099', bankAccountNumber: '123456789', sortCode: '20-00-00', currency: 'AUD' };

  test('one with a bank account number is a bank account', () => {
    expect(build(bank)).toEqual({
      element: {
        ...{ Name: 'Savings', Code: '099', Type: 'BANK', CurrencyCode: 'AUD' },
        BankAccountNumber: '20-00-00-123456789',
      },
    });
  });

  test('a bank account without a code gets the first free one of Xero’s own', () => {
    expect(build({ ...bank, code: undefined })).toMatchObject({ element: { Code: '092' } });
    const accounts = Array.from({ length: 10 }, (_, digit) => account(`09${digit}`));
    const lists = { ...factsOf().lists, accounts };
    expect(build({ ...bank, code: '' }, { lists })).toMatchObject({ problem: { field: 'code' } });
  });

  test('another becomes an account that takes payments', () => {
    const element = { Name: 'Till', Code: '615', Type: 'CURRENT', EnablePaymentsToAccount: true };
    expect(build({ name: 'Till', code: '615' })).toEqual({ element });
  });

  test.each<[string, string, RecordData<'payment-methods'>]>([
    ['field_missing', 'name', { code: '615' }],
    ['field_missing', 'code', { name: 'Till' }],
    ['field_invalid', 'code', { name: 'Till', code: 'x'.repeat(11) }],
    ['field_invalid', 'name', { name: 'x'.repeat(151), code: '615' }],
    ['currency_not_subscribed', 'currency', { ...bank, currency: 'GBP' }],
  ])('%s at %s', (code, field, data) => {
    expect(build(data)).toMatchObject({ problem: { code, field } });
  });

  test('later changes are not sent, and a deleted method stays', () => {
    expect(build(bank, { twin: twin(ids.bank, { name: 'Savings' }) })).toEqual({ same: true, notes: [] });
    expect(paymentMethods.toRemoval(twin(ids.bank), factsOf())).toMatchObject(kept);
  });
});

test.each([
  ['tracking', tracking],
  ['tax rates', taxRates],
  ['payment methods', paymentMethods],
])('%s of the same name are adopted', (_title, kind) => {
  expect(kind.onFound).toBe('adopt');
  expect(kind.search.map(({ by, toValue }) => [by, toValue({ name: 'A' }, factsOf())])).toEqual([['name', 'A']]);
});
