import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fuel, invoiceOf, mapBank, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { webhookKey } from '#test/support/programs/product.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: SyncDesk;
let tenantId: string;
beforeAll(async () => {
  desk = await openSyncDesk(await startApp({ env: { XERO_TIMEOUT_SECONDS: '20' } }));
  tenantId = desk.where.organisationId;
  await mapBank(desk);
});
afterAll(() => desk.app.stop());

const paid = { date: '2026-11-30', amount: '86.40', currency: 'AUD', method: 'bank', reference: 'Chq 5' };

/** Xero's webhook says that this invoice or bill has changed. */
async function tellOf(resourceId: string): Promise<void> {
  const event = { resourceId, eventType: 'UPDATE', eventCategory: 'INVOICE', tenantId };
  const body = JSON.stringify({ events: [event], firstEventSequence: 1, lastEventSequence: 1, entropy: 'ABC' });
  const signature = createHmac('sha256', webhookKey).update(body).digest('base64');
  await fetch(`${desk.app.origin}/webhooks/xero`, {
    ...{ method: 'POST', body, headers: { 'x-xero-signature': signature, 'content-type': 'application/json' } },
  });
}

describe('a payment', () => {
  test('waits for its bill, and is made once', async () => {
    await desk.put('payments/p-1', 1, { ...paid, bill: { kind: 'expenses', crmId: 'b-1' } });
    await desk.send('expenses/b-1', 1, fuel);
    expect(await desk.settled('payments/p-1')).toMatchObject({ state: 'synced', xeroKind: 'payment' });
    const { payments } = await desk.documents();
    expect(payments.filter(({ Reference }) => Reference?.startsWith('Chq 5 '))).toHaveLength(1);
  });

  test('of a draft goes as soon as the invoice is approved', async () => {
    await desk.send('customers/c-11', 1, { name: 'Approves Later Ltd' });
    await desk.send('invoices/i-11', 1, { ...invoiceOf('DRAFT-11', 'c-11'), status: 'draft' });
    const data = { ...paid, amount: '10.00', invoice: { kind: 'invoices', crmId: 'i-11' } };
    await desk.send('payments/p-11', 1, data);
    await desk.app.advanceSeconds(60);
    await desk.until(async () => (await desk.read('payments/p-11')).tries >= 2, 'the payment to be tried again');
    const { state, nextTryAt } = await desk.read('payments/p-11');
    expect(state).toBe('problem');
    await desk.send('invoices/i-11', 2, invoiceOf('DRAFT-11', 'c-11'));
    await desk.until(async () => (await desk.read('payments/p-11')).state === 'synced', 'the payment to go');
    expect(Date.parse(nextTryAt ?? '')).toBeGreaterThan(desk.app.clock.now().getTime());
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

  test.each(['a day later', 'at once, when Xero tells of the bill'])(
    'a bill is changed when its payment is gone: %s',
    async (when) => {
      const isTold = when.startsWith('at once');
      const id = isTold ? 'b-8' : 'b-7';
      await desk.send(`expenses/${id}`, 1, fuel);
      const { xeroId } = await desk.send(`payments/${id}`, 1, { ...paid, bill: { kind: 'expenses', crmId: id } });
      await desk.put(`expenses/${id}`, 2, { ...fuel, amount: '91.00' });
      await desk.act(`expenses/${id}`, { action: 'sync' });
      const asked = await desk.settled(`expenses/${id}`);
      expect(asked).toMatchObject({ state: 'question', question: { code: 'has_payments' } });
      expect(Date.parse(asked.nextTryAt ?? '')).toBeGreaterThan(desk.app.clock.now().getTime() + 23 * 3600_000);
      await desk.app.control.deletePayment({ tenantId, paymentId: xeroId ?? '' });
      if (isTold) await tellOf(asked.xeroId ?? '');
      else await desk.app.advanceSeconds(25 * 3600);
      await desk.until(async () => (await desk.read(`expenses/${id}`)).state === 'synced', 'the bill to be changed');
      const { bills } = await desk.documents();
      const bill = bills.find(({ InvoiceID }) => InvoiceID.toLowerCase() === asked.xeroId);
      expect(bill).toMatchObject({ Total: 91 });
    },
  );

  test('whose new version Xero refuses shows that the one before is deleted, and goes when it can', async () => {
    await desk.send('expenses/b-12', 1, fuel);
    const payment = { ...paid, bill: { kind: 'expenses', crmId: 'b-12' } };
    const first = await desk.send('payments/p-12', 1, payment);
    const body = { ErrorNumber: 10, Elements: [{ ValidationErrors: [{ Message: 'The payment is wrong' }] }] };
    await desk.app.control.fault({ kind: 'status', status: 400, body, method: 'PUT', path: 'Payments', times: null });
    const refused = await desk.send('payments/p-12', 2, { ...payment, amount: '40.00' });
    expect(refused).toMatchObject({ state: 'problem', xeroId: first.xeroId, xeroStatus: 'DELETED' });
    await desk.app.control.clearFaults();
    await desk.act('payments/p-12', { action: 'retry' });
    const second = await desk.settled('payments/p-12');
    expect(second).toMatchObject({ state: 'synced', xeroStatus: 'AUTHORISED', sentVersion: 2 });
    expect(second.xeroId).not.toBe(first.xeroId);
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
