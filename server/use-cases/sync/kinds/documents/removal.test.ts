import { describe, expect, test } from 'vitest';
import { customers } from '../contacts.ts';
import { factsOf, ids, twin } from '../facts.fixture.ts';
import { invoices } from '../invoices.ts';
import type { KindTwin } from '../kind.ts';
import { purchaseOrders } from '../purchase-orders.ts';
import { supplierCredits } from '../supplier-credits.ts';

const october = '/Date(1791763200000+0000)/';

function document(status: string, row: KindTwin['row'] = {}): KindTwin {
  return twin(ids.invoice, { number: 'INV-1', status, row: { Date: october, ...row } });
}

describe('a deleted invoice', () => {
  test.each([
    ['DRAFT', 'DELETED'],
    ['SUBMITTED', 'DELETED'],
    ['AUTHORISED', 'VOIDED'],
  ])('%s becomes %s', (status, Status) => {
    const element = { InvoiceID: ids.invoice, Status };
    expect(invoices.toRemoval(document(status), factsOf())).toEqual({ how: 'update', element });
  });

  test.each(['VOIDED', 'DELETED'])('%s is removed already', (status) => {
    expect(invoices.toRemoval(document(status), factsOf())).toEqual({ how: 'none' });
  });

  test.each<[string, string, KindTwin['row']]>([
    ['paid', 'PAID', {}],
    ['part-paid', 'AUTHORISED', { AmountPaid: '10.00' }],
    ['credited', 'AUTHORISED', { AmountCredited: '10.00' }],
    ['with a payment', 'AUTHORISED', { Payments: [{ PaymentID: ids.bill }] }],
    ['with an allocation', 'AUTHORISED', { Allocations: [{ Amount: '1.00' }] }],
  ])('that is %s is a question', (_title, status, row) => {
    const held = document(status, row);
    expect(invoices.toRemoval(held, factsOf())).toMatchObject({ question: { code: 'has_payments' } });
    expect(invoices.isProtected?.(held)).toBe('has_payments');
  });

  test('without payments is not protected', () => {
    expect(invoices.isProtected?.(document('AUTHORISED', { AmountPaid: '0.00', Payments: [] }))).toBeNull();
  });

  test('in a locked period stays until the lock moves; a draft goes', () => {
    const facts = factsOf({ lockDate: '2026-12-31' });
    expect(invoices.toRemoval(document('AUTHORISED'), facts)).toMatchObject({ problem: { code: 'period_locked' } });
    expect(invoices.toRemoval(document('DRAFT'), facts)).toMatchObject({ how: 'update' });
  });
});

test('a supplier’s credit note is voided by its own id', () => {
  const element = { CreditNoteID: ids.invoice, Status: 'VOIDED' };
  expect(supplierCredits.toRemoval(document('AUTHORISED'), factsOf())).toEqual({ how: 'update', element });
});

describe('a deleted order', () => {
  test('is deleted, unless it is billed or gone', () => {
    const element = { PurchaseOrderID: ids.invoice, Status: 'DELETED' };
    expect(purchaseOrders.toRemoval(document('AUTHORISED'), factsOf())).toEqual({ how: 'update', element });
    expect(purchaseOrders.toRemoval(document('DELETED'), factsOf())).toEqual({ how: 'none' });
    expect(purchaseOrders.toRemoval(document('BILLED'), factsOf())).toMatchObject({
      how: 'keep',
      note: { code: 'kept_in_xero' },
    });
  });
});

test('a contact is no document and has no payments', () => {
  expect(customers.isProtected).toBeUndefined();
});
