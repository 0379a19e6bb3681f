import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fuel, invoiceOf, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: SyncDesk;
let tenantId: string;
beforeAll(async () => {
  desk = await openSyncDesk(await startApp());
  tenantId = desk.where.organisationId;
  const mapping = await desk.crm.send<{ choices: { paymentAccounts: { id: string; type: string }[] } }>(
    ...(['GET', '/api/sync/mapping'] as const),
  );
  const bank = mapping.body.choices.paymentAccounts.find(({ type }) => type === 'BANK');
  await desk.put('payments/unmapped', 1, { method: 'bank' });
  await desk.crm.send('PUT', '/api/sync/mapping', { paymentMethods: [{ key: 'bank', accountId: bank?.id }] });
});
afterAll(() => desk.app.stop());

const paid = { date: '2026-11-30', amount: '86.40', currency: 'AUD', method: 'bank', reference: 'Chq 5' };

describe('a payment', () => {
  test('waits for its bill, and is made once', async () => {
    await desk.put('payments/p-1', 1, { ...paid, bill: { kind: 'expenses', crmId: 'b-1' } });
    await desk.send('expenses/b-1', 1, fuel);
    expect(await desk.settled('payments/p-1')).toMatchObject({ state: 'synced', xeroKind: 'payment' });
    const { payments } = await desk.documents();
    expect(payments.filter(({ Reference }) => Reference?.startsWith('Chq 5 '))).toHaveLength(1);
  });

  test('whose method nobody mapped says so', async () => {
    await desk.send('expenses/b-2', 1, fuel);
    const data = { ...paid, method: 'cash', bill: { kind: 'expenses', crmId: 'b-2' } };
    expect((await desk.send('payments/p-2', 1, data)).problem).toMatchObject({ code: 'method_unmapped' });
  });

  test('10: larger than what is due is a question that names the rest', async () => {
    await desk.send('customers/c-10', 1, { name: 'Pays Too Much Ltd' });
    await desk.send('invoices/i-10', 1, invoiceOf('DUE-10', 'c-10'));
    const data = { ...paid, amount: '120.00', invoice: { kind: 'invoices', crmId: 'i-10' } };
    const record = await desk.send('payments/p-10', 1, data);
    expect(record.question).toMatchObject({ code: 'exceeds_due', waitsFor: 'admin' });
    const body = { action: 'answer', choice: 'send_due', questionId: record.question?.id };
    await desk.act('payments/p-10', body);
    expect(await desk.settled('payments/p-10')).toMatchObject({ state: 'synced' });
    const { invoices } = await desk.documents();
    expect(invoices.find(({ InvoiceNumber }) => InvoiceNumber === 'DUE-10')).toMatchObject({ AmountDue: 0 });
  });

  test('9: a bill with a payment is not changed; keeping Xero’s ends the question', async () => {
    await desk.send('expenses/b-9', 1, fuel);
    await desk.send('payments/p-9', 1, { ...paid, bill: { kind: 'expenses', crmId: 'b-9' } });
    await desk.put('expenses/b-9', 2, { ...fuel, amount: '90.00' });
    await desk.act('expenses/b-9', { action: 'sync' });
    const record = await desk.settled('expenses/b-9');
    expect(record.question).toMatchObject({ code: 'has_payments' });
    expect(record.question?.differences.length).toBeGreaterThan(0);
    await desk.act('expenses/b-9', { action: 'answer', choice: 'keep_xero', questionId: record.question?.id });
    expect(await desk.settled('expenses/b-9')).toMatchObject({ state: 'synced', sentVersion: 2 });
  });

  test('deleted in the CRM is deleted in Xero, unless it is reconciled', async () => {
    await desk.send('expenses/b-3', 1, fuel);
    const made = await desk.send('payments/p-3', 1, { ...paid, bill: { kind: 'expenses', crmId: 'b-3' } });
    await desk.app.control.reconcilePayment({ tenantId, paymentId: made.xeroId ?? '' });
    await desk.crm.send('DELETE', '/api/records/payments/p-3?version=2');
    expect((await desk.settled('payments/p-3')).problem).toMatchObject({ code: 'is_reconciled' });
    await desk.app.control.reconcilePayment({ tenantId, paymentId: made.xeroId ?? '', isReconciled: false });
    await desk.act('payments/p-3', { action: 'retry' });
    expect(await desk.settled('payments/p-3')).toMatchObject({ state: 'synced', xeroStatus: 'DELETED' });
  });
});
