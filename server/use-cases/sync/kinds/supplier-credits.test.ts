import { expect, test } from 'vitest';
import { type RecordData, recordDataSchemas } from '#shared/contract/sync/record-data/data.ts';
import { factsOf, ids, twin } from './facts.fixture.ts';
import { supplierCredits } from './supplier-credits.ts';

type Credit = RecordData<'supplier-credits'>;

const bill = { kind: 'expenses', crmId: 'exp-42' } as const;
const credit: Credit = {
  ...{ number: 'CR-3', supplier: { crmId: 's-1' }, date: '2026-11-05', currency: 'AUD', total: '11.00' },
  ...{ lineAmountTypes: 'exclusive', applied: [{ bill, amount: '11.00', date: '2026-11-06' }] },
  lines: [{ description: 'Returned', quantity: '1', unitAmount: '10.00', category: 'Fuel', taxRate: 'GST' }],
};
const facts = factsOf({}, { suppliers: { 's-1': twin(ids.acme) } });

function build(change: Partial<Credit> = {}) {
  return supplierCredits.toXero(recordDataSchemas['supplier-credits'].parse({ ...credit, ...change }), facts);
}

test('a supplier credit is an approved credit note of purchases', () => {
  expect(build()).toMatchObject({
    element: {
      ...{ Type: 'ACCPAYCREDIT', Contact: { ContactID: ids.acme }, Date: '2026-11-05', CreditNoteNumber: 'CR-3' },
      ...{ CurrencyCode: 'AUD', Status: 'AUTHORISED' },
      LineItems: [{ Description: 'Returned', AccountCode: '449', TaxType: 'INPUT' }],
    },
  });
});

test('what is set against bills follows, each part on its own', () => {
  expect(supplierCredits.listFollows?.(credit, facts)).toEqual([
    { what: 'allocation', path: 'applied.0', bill, amount: '11.00', date: '2026-11-06' },
  ]);
  expect(supplierCredits.listFollows?.({ ...credit, applied: undefined }, facts)).toEqual([]);
});

test.each<[string, string, Partial<Credit>]>([
  ['field_missing', 'supplier', { supplier: undefined }],
  ['field_missing', 'number', { number: undefined }],
  ['field_invalid', 'total', { total: '0', lines: [{ ...credit.lines?.[0], quantity: '0' }] }],
  ['field_missing', 'applied.0.bill', { applied: [{ amount: '1', date: '2026-11-06' }] }],
  ['field_missing', 'applied.0.amount', { applied: [{ bill, date: '2026-11-06' }] }],
  ['field_missing', 'applied.0.date', { applied: [{ bill, amount: '1' }] }],
  ['field_invalid', 'applied.0.amount', { applied: [{ bill, amount: '0', date: '2026-11-06' }] }],
  ['field_invalid', 'applied.0.amount', { applied: [{ bill, amount: '1.001', date: '2026-11-06' }] }],
  ['field_invalid', 'applied', { applied: [{ bill, amount: '11.01', date: '2026-11-06' }] }],
  ['period_locked', 'date', { date: '2026-06-30' }],
  ['total_differs', 'total', { total: '12.00' }],
])('%s at %s', (code, field, change) => {
  expect(build(change)).toMatchObject({ problem: { code, field } });
});

test('it needs its supplier first', () => {
  expect(supplierCredits.listNeeds(credit)).toContainEqual({ kind: 'suppliers', crmId: 's-1', path: 'supplier' });
});
