import { describe, expect, test } from 'vitest';
import type { Mapping } from '#shared/contract/sync/mapping.ts';
import { toChange, withChoice } from './mapping-draft.ts';
import { isMissing, listLines, listOptions, listProposals, sortLines, withDraft } from './mapping-lines.ts';

const bank = '0b3b1c1e-0000-4000-8000-000000000001';
const mapping: Mapping = {
  categories: [
    { key: 'Fuel', waiting: 0, accountCode: '449', proposed: null },
    { key: 'Travel', waiting: 0, accountCode: null, proposed: null },
    { key: 'Client gifts', waiting: 11, accountCode: null, proposed: '420' },
  ],
  paymentMethods: [{ key: 'bank', waiting: 0, accountId: null, proposed: bank }],
  taxRates: [{ key: 'GST', waiting: 0, taxType: 'INPUT', salesTaxType: null, proposed: null, proposedSales: 'OUTPUT' }],
  tracking: {},
  defaults: {
    ...{ expenseSupplierName: 'Expenses', expenseAccountCode: null, salesAccountCode: '200' },
    ...{ paymentAccountId: null, feeAccountCode: null },
  },
  choices: {
    accounts: [
      { code: '449', name: 'Motor', class: 'expenses', taxType: null, isSales: false, isPurchases: true },
      { code: '200', name: 'Sales', class: 'revenue', taxType: null, isSales: true, isPurchases: false },
    ],
    paymentAccounts: [
      { id: bank, code: null, name: 'Main', type: 'BANK', currency: 'AUD', bankAccountNumber: '123', sortCode: null },
    ],
    ...{ taxRates: [], tracking: [] },
  },
};

describe('the words of the CRM', () => {
  test('when they are sorted, then those that hold records come first, then those without a choice', () => {
    expect(sortLines(listLines(mapping)).map(({ key }) => key)).toEqual([
      ...['Client gifts', 'Travel', 'bank', 'Fuel', 'GST'],
    ]);
  });

  test('when a tax rate has a choice for one side, then it is not missing', () => {
    expect(listLines(mapping).flatMap((line) => (isMissing(line) ? [line.key] : []))).toEqual([
      ...['Travel', 'Client gifts', 'bank'],
    ]);
  });

  test('when all suggestions are taken, then each is, and nothing that is chosen already', () => {
    const lines = listLines(mapping);
    const draft = listProposals(lines).reduce(withChoice, new Map());
    expect(toChange(draft)).toEqual({
      categories: [{ key: 'Client gifts', accountCode: '420' }],
      paymentMethods: [{ key: 'bank', accountId: bank }],
      taxRates: [{ key: 'GST', salesTaxType: 'OUTPUT' }],
    });
    expect(listProposals(withDraft(lines, draft))).toEqual([]);
    expect(
      withDraft(lines, draft)
        .filter(isMissing)
        .map(({ key }) => key),
    ).toEqual(['Travel']);
  });

  test('when accounts are offered, then each says its code, name and side', () => {
    expect(listOptions(mapping.choices, 'categories')).toEqual([
      { value: '449', label: '449 Motor', hint: 'Purchases' },
      { value: '200', label: '200 Sales', hint: 'Sales' },
    ]);
    expect(listOptions(mapping.choices, 'paymentMethods')).toEqual([{ value: bank, label: 'Main', hint: 'AUD 123' }]);
  });
});
