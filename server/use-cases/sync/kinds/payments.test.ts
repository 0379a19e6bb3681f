import { describe, expect, test } from 'vitest';
import { type RecordData, recordDataSchemas } from '#shared/contract/sync/record-data/data.ts';
import { factsOf, ids, twin } from './facts.fixture.ts';
import type { KindFacts, KindTwin } from './kind.ts';
import { payments } from './payments.ts';

type Payment = RecordData<'payments'>;

const payment: Payment = {
  ...{ bill: { kind: 'expenses', crmId: 'exp-42' }, date: '2026-11-30', amount: '86.40', currency: 'AUD' },
  ...{ method: 'bank', reference: 'Chq 5' },
};

function due(AmountDue: string, change: Partial<KindTwin> = {}): KindTwin {
  return twin(ids.bill, { number: 'R-17', status: 'AUTHORISED', row: { CurrencyCode: 'AUD', AmountDue }, ...change });
}

function build(change: Partial<Payment> = {}, facts: Partial<KindFacts> = {}, bill = due('86.40')) {
  const known = { expenses: { 'exp-42': bill }, invoices: { 'inv-1': { ...bill, id: ids.invoice } } };
  const data = recordDataSchemas.payments.parse({ ...payment, ...change });
  return payments.toXero(data, factsOf(facts, { ...known, 'payment-methods': { till: twin(ids.stripe) } }));
}

test('a payment names the bill and the account of its method', () => {
  expect(build()).toEqual({
    element: {
      ...{ Invoice: { InvoiceID: ids.bill }, Account: { AccountID: ids.bank }, Date: '2026-11-30' },
      ...{ Amount: { exactDecimal: '86.40' }, Reference: 'Chq 5' },
    },
  });
  const invoice = { kind: 'invoices', crmId: 'inv-1' } as const;
  expect(build({ bill: undefined, invoice })).toMatchObject({ element: { Invoice: { InvoiceID: ids.invoice } } });
});

describe('the method', () => {
  test('is its own record’s account where nothing else was chosen', () => {
    expect(build({ method: 'till' })).toMatchObject({ element: { Account: { AccountID: ids.stripe } } });
  });

  test('may be left out where there is a default', () => {
    const defaults = { ...factsOf().mapping.defaults, paymentAccountId: ids.bank };
    const mapping = { ...factsOf().mapping, defaults };
    expect(build({ method: undefined }, { mapping })).toMatchObject({ element: { Account: { AccountID: ids.bank } } });
  });

  test.each([
    ['cash', 'method_unmapped', "Choose an account for payments by 'cash'."],
    ['fuel', 'method_unusable', expect.stringContaining('cannot take payments in Xero')],
    ['euro', 'method_unusable', expect.stringContaining('cannot take payments in AUD')],
  ])('%s has the problem %s', (method, code, message) => {
    const target = { mapping: 'paymentMethods', key: method };
    expect(build({ method })).toMatchObject({ problem: { code, field: 'method', message, target, waitsFor: 'admin' } });
  });
});

describe('more than what is due', () => {
  test('is a question that names the rest', () => {
    const built = build({ amount: '120.00' }, {}, due('100.00', { number: 'INV-0087' }));
    expect(built).toEqual({
      question: {
        ...{ code: 'exceeds_due', waitsFor: 'admin' },
        message: '120.00 is more than the 100.00 still due on INV-0087.',
        differences: [{ field: 'amount', crm: '120.00', xero: '100.00' }],
        choices: [
          {
            id: 'send_due',
            label: 'Send 100.00',
            effect: '20.00 stays in the CRM.',
            best: true,
            forAll: true,
            parts: null,
          },
          {
            id: 'leave_out',
            label: 'Leave it out',
            effect: 'Nothing is sent.',
            best: false,
            forAll: true,
            parts: null,
          },
        ],
      },
    });
  });

  test('is cut to what is due once a person said so', () => {
    expect(build({ amount: '120.00' }, { choice: 'send_due' }, due('100.00'))).toMatchObject({
      element: { Amount: { exactDecimal: '100.00' } },
    });
  });

  test('cannot be sent where nothing is due', () => {
    const built = build({ amount: '120.00' }, { choice: 'send_due' }, due('0.00', { status: 'PAID' }));
    expect(built).toMatchObject({ question: { choices: [{ id: 'leave_out', best: true }] } });
  });

  test('does not count this payment itself, which another takes the place of', () => {
    const row = { Amount: '80.00', Invoice: { InvoiceID: ids.bill.toUpperCase() } };
    expect(build({}, { twin: twin('p', { status: 'AUTHORISED', row }) }, due('6.40'))).toHaveProperty('element');
    expect(build({}, { twin: twin('p', { status: 'DELETED', row }) }, due('6.40'))).toHaveProperty('question');
  });
});

test('a payment that Xero has as it is, is not sent again', () => {
  const row = {
    ...{ Amount: '86.4', Date: '/Date(1795996800000+0000)/', Reference: 'Chq 5 0123456789ab' },
    ...{ Invoice: { InvoiceID: ids.bill }, Account: { AccountID: ids.bank } },
  };
  const held = twin('p', { status: 'AUTHORISED', row });
  expect(build({}, { twin: held }, due('0'))).toEqual({ same: true });
  expect(build({ reference: 'Chq 6' }, { twin: held }, due('0'))).toEqual({ same: true });
  expect(build({ date: '2026-11-29' }, { twin: held }, due('0'))).toHaveProperty('element');
});

test.each<[string, string, Partial<Payment>, KindTwin?]>([
  ['field_missing', 'invoice', { bill: undefined }],
  ['field_invalid', 'bill', { invoice: { kind: 'invoices', crmId: 'inv-1' } }],
  ['field_missing', 'date', { date: undefined }],
  ['field_missing', 'amount', { amount: undefined }],
  ['field_missing', 'currency', { currency: undefined }],
  ['field_missing', 'method', { method: undefined }],
  ['field_invalid', 'amount', { amount: '0' }],
  ['field_invalid', 'amount', { amount: '-5' }],
  ['field_invalid', 'amount', { amount: '5.001' }],
  ['record_missing', 'bill', { bill: { kind: 'purchase-orders', crmId: 'po-9' } }],
  ['currency_not_subscribed', 'currency', { currency: 'GBP', method: 'till' }],
  ['period_locked', 'date', { date: '2026-06-30' }],
  ['field_invalid', 'currency', { currency: 'USD', method: 'till' }],
  ['xero_rejected', 'bill', {}, due('86.40', { status: 'DRAFT' })],
  ['xero_rejected', 'bill', {}, due('86.40', { status: 'VOIDED' })],
])('%s at %s', (code, field, change, bill) => {
  expect(build(change, {}, bill)).toMatchObject({ problem: { code, field } });
});

test('it needs its invoice or bill first, and its method if the CRM put one', () => {
  expect(payments.listNeeds(payment)).toEqual([
    { kind: 'expenses', crmId: 'exp-42', path: 'bill' },
    { kind: 'payment-methods', crmId: 'bank', path: 'method', ifPut: true },
  ]);
});

describe('our mark', () => {
  test('is twelve characters behind the CRM’s reference', () => {
    const mark = payments.mark?.toMark('01234567-89ab-4def-8123-456789abcdef') ?? '';
    expect(mark).toBe('0123456789ab');
    expect(payments.mark?.put({ Reference: 'Chq 5' }, mark)).toEqual({ Reference: 'Chq 5 0123456789ab' });
    expect(payments.mark?.put({}, mark)).toEqual({ Reference: '0123456789ab' });
    const long = payments.mark?.put({ Reference: 'x'.repeat(255) }, mark).Reference;
    expect(long).toBe(`${'x'.repeat(242)} 0123456789ab`);
  });
});

describe('a deletion', () => {
  test.each<[string, KindTwin, object]>([
    ['deletes it in Xero', twin('p', { status: 'AUTHORISED' }), { how: 'delete_payment' }],
    ['is done where Xero has it deleted', twin('p', { status: 'DELETED' }), { how: 'none' }],
  ])('%s', (_title, held, removal) => {
    expect(payments.toRemoval(held, factsOf())).toEqual(removal);
  });

  test('of a reconciled one waits for Xero', () => {
    const held = twin('p', { status: 'AUTHORISED', row: { IsReconciled: true } });
    expect(payments.toRemoval(held, factsOf())).toMatchObject({
      problem: { code: 'is_reconciled', fix: 'wait', waitsFor: 'xero' },
    });
    expect(payments.isProtected?.(held)).toBe('is_reconciled');
    expect(payments.isProtected?.(twin('p'))).toBeNull();
  });
});
