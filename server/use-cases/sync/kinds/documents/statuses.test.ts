import { describe, expect, test } from 'vitest';
import type { RecordData } from '#shared/contract/sync/record-data/data.ts';
import { expenses } from '../expenses.ts';
import { factsOf, ids, twin } from '../facts.fixture.ts';
import { invoices } from '../invoices.ts';
import type { Built, KindFacts, KindTwin } from '../kind.ts';
import { listDifferences } from '../list-differences.ts';
import { purchaseOrders } from '../purchase-orders.ts';
import { supplierCredits } from '../supplier-credits.ts';
import { tracking } from '../tracking.ts';

const lines = [{ description: 'Work', quantity: '1', unitAmount: '10.00', category: 'Fees' }];
const document: Pick<RecordData<'invoices'>, 'number' | 'date' | 'currency' | 'lineAmountTypes' | 'lines' | 'total'> = {
  ...{ number: 'N-1', date: '2026-11-01', currency: 'AUD', lineAmountTypes: 'exclusive', lines, total: '10.00' },
};
const party = { name: 'Acme' };

function buildInvoice(status: 'draft' | 'approved', held?: KindTwin): Built {
  const data: RecordData<'invoices'> = { ...document, customer: party, dueDate: '2026-12-01', status };
  return invoices.toXero(data, factsOf({ twin: held }));
}

function buildExpense(billStatus: KindFacts['rules']['billStatus'], held: KindTwin): Built {
  const data: RecordData<'expenses'> = {
    ...{
      date: '2026-11-01',
      category: 'Fuel',
      amount: '1.00',
      taxInclusive: true,
      currency: 'AUD',
      description: 'Fuel',
    },
  };
  return expenses.toXero(data, factsOf({ twin: held, rules: { roundingLine: false, billStatus } }));
}

function held(status: string, row: KindTwin['row'] = {}): KindTwin {
  return twin(ids.invoice, { number: 'INV-1', status, row });
}

describe('an update', () => {
  test.each([
    ['draft', 'AUTHORISED', undefined],
    ['submitted', 'DRAFT', 'SUBMITTED'],
    ['approved', 'SUBMITTED', 'AUTHORISED'],
    ['approved', 'AUTHORISED', undefined],
    ['approved', 'PAID', undefined],
  ] as const)('of a bill by the rule %s that is %s sends the status %s', (rule, status, Status) => {
    expect(buildExpense(rule, held(status))).toMatchObject({ element: { InvoiceID: ids.invoice, Status } });
  });

  test('of an order that somebody billed in Xero leaves it billed', () => {
    const data: RecordData<'purchase-orders'> = { ...document, supplier: party, status: 'open' };
    expect(purchaseOrders.toXero(data, factsOf({ twin: held('BILLED') }))).toMatchObject({
      element: { Status: undefined },
    });
    const finished = { ...data, status: 'finished' } as const;
    expect(purchaseOrders.toXero(finished, factsOf({ twin: held('AUTHORISED') }))).toMatchObject({
      element: { Status: 'BILLED' },
    });
  });

  test.each(['VOIDED', 'DELETED'])('of a document that is %s makes another, whatever its date was', (status) => {
    const built = buildExpense('approved', held(status, { Date: '/Date(1577836800000+0000)/' }));
    expect(built).toMatchObject({ element: { Status: 'AUTHORISED', InvoiceNumber: undefined } });
    expect(built).not.toHaveProperty('element.InvoiceID');
  });
});

describe('an invoice that goes back to draft', () => {
  test('is refused, as Xero approved it already', () => {
    expect(buildInvoice('draft', held('AUTHORISED'))).toMatchObject({
      problem: {
        ...{ code: 'xero_rejected', field: 'status' },
        message: 'INV-1 is approved in Xero, so it cannot become a draft. Void it in Xero, or approve it in the CRM.',
      },
    });
  });

  test('is a question where it is paid', () => {
    expect(buildInvoice('draft', held('PAID'))).toMatchObject({ question: { code: 'has_payments' } });
  });

  test('is sent where Xero has a draft, or none any more', () => {
    expect(buildInvoice('draft', held('DRAFT'))).toMatchObject({ element: { InvoiceID: ids.invoice } });
    expect(buildInvoice('draft', held('VOIDED'))).toMatchObject({ element: { Status: 'DRAFT' } });
    expect(buildInvoice('approved', held('DRAFT'))).toMatchObject({ element: { Status: 'AUTHORISED' } });
  });
});

describe('differences', () => {
  test.each([
    ['AUTHORISED', 'DRAFT', 1],
    ['AUTHORISED', 'PAID', 0],
    ['DRAFT', 'AUTHORISED', 0],
    ['BILLED', 'AUTHORISED', 1],
    ['AUTHORISED', 'VOIDED', 1],
  ])('a document that should be %s and is %s has %s', (Status, found, count) => {
    expect(listDifferences(invoices.fields, { Status }, { row: { Status: found } })).toHaveLength(count);
  });
});

describe('what is found by its number or name can be the record', () => {
  const element = { Contact: { ContactID: ids.acme } };

  test('an invoice that is not void, and no bill of the same number', () => {
    expect(invoices.canBe?.(held('PAID', { Type: 'ACCREC' }), { element })).toBe(true);
    expect(invoices.canBe?.(held('AUTHORISED', { Type: 'ACCPAY' }), { element })).toBe(false);
    expect(invoices.canBe?.(held('VOIDED', { Type: 'ACCREC' }), { element })).toBe(false);
  });

  test('a credit note of the same supplier only', () => {
    const Contact = { ContactID: ids.acme.toUpperCase() };
    expect(supplierCredits.canBe?.(held('PAID', { Type: 'ACCPAYCREDIT', Contact }), { element })).toBe(true);
    expect(supplierCredits.canBe?.(held('PAID', { Type: 'ACCRECCREDIT', Contact }), { element })).toBe(false);
    expect(supplierCredits.canBe?.(held('VOIDED', { Type: 'ACCPAYCREDIT', Contact }), { element })).toBe(false);
    const other = { Type: 'ACCPAYCREDIT', Contact: { ContactID: ids.caltex } };
    expect(supplierCredits.canBe?.(held('PAID', other), { element })).toBe(false);
  });

  test('a tracking option of the same category only', () => {
    const option = held('ACTIVE', { TrackingCategoryID: ids.location.toUpperCase() });
    expect(tracking.canBe?.(option, { element, within: ids.location })).toBe(true);
    expect(tracking.canBe?.(option, { element, within: ids.perth })).toBe(false);
  });
});
