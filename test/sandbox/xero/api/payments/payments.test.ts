import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../../testing/desk.ts';
import { invoiceForms } from '../../testing/invoices.ts';

let desk: TestDesk;
const { approved, bill, put } = invoiceForms(() => desk);

beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.session.xero.close());
beforeEach(() => desk.renew());

type Row = Record<string, unknown>;

function pay(InvoiceID: unknown, Amount: number, more: Row = {}) {
  return {
    Invoice: { InvoiceID },
    Account: { Code: '090' },
    Date: '2026-11-10',
    Amount,
    ...more,
  };
}
function made(payment: Row) {
  return desk.write('PUT', '/Payments', { Payments: [payment] });
}
function remove(id: unknown) {
  return desk.write('POST', `/Payments/${id}`, { Payments: [{ Status: 'DELETED' }] });
}
function refusedRemoval(id: unknown) {
  return desk.refusal('POST', `/Payments/${id}`, { Payments: [{ Status: 'DELETED' }] });
}
async function invoiceOf(id: unknown) {
  return (await desk.list(`/Invoices/${id}`))[0];
}
function where(text: string) {
  return `where=${encodeURIComponent(text)}`;
}

describe('paying', () => {
  test('when many are sent and one is too large, then only that one is refused', async () => {
    const { InvoiceID } = await put(approved());
    const Payments = [pay(InvoiceID, 60), pay(InvoiceID, 60), pay(InvoiceID, 50)];
    const answer = await desk.send('PUT', '/Payments?summarizeErrors=false', { Payments });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      Payments: [
        { StatusAttributeString: 'OK', Invoice: { AmountDue: 50 } },
        {
          StatusAttributeString: 'ERROR',
          ValidationErrors: [{ Message: 'Payment amount exceeds the amount outstanding on this document' }],
        },
        { StatusAttributeString: 'OK', Invoice: { AmountDue: 0, Status: 'PAID' } },
      ],
    });
    expect(await invoiceOf(InvoiceID)).toMatchObject({ AmountPaid: 110, AmountDue: 0, Status: 'PAID' });
  });

  test('a bill is paid by an ACCPAYPAYMENT', async () => {
    const { InvoiceID } = await put(bill({ Status: 'AUTHORISED', Date: '2026-11-01', DueDate: '2026-11-15' }));
    expect(await made(pay(InvoiceID, 10))).toMatchObject({ PaymentType: 'ACCPAYPAYMENT', Invoice: { AmountDue: 100 } });
  });

  test('when the account is in another currency, then its amount is converted', async () => {
    const { InvoiceID } = await put(approved({ CurrencyCode: 'USD', CurrencyRate: 0.5 }));
    expect(await made(pay(InvoiceID, 10))).toMatchObject({ Amount: 10, BankAmount: 20 });
  });

  test('a refund uses credit up and has a type of its own', async () => {
    const [credit] = await desk.list(`/CreditNotes?${where('CreditNoteNumber=="CN-0012"')}`);
    const CreditNote = { CreditNoteID: credit?.CreditNoteID };
    const refund = { CreditNote, Account: { Code: '090' }, Amount: 120, Date: '2026-11-10' };
    const invoice = { Type: 'ACCRECCREDIT', InvoiceID: credit?.CreditNoteID, AmountDue: 0, Status: 'PAID' };
    expect(await made(refund)).toMatchObject({ PaymentType: 'ARCREDITPAYMENT', Invoice: invoice });
    expect(await desk.refusal('PUT', '/Payments', { Payments: [refund] })).toContain(
      'Payments can only be made against Authorised documents',
    );
  });
});

describe('reading payments', () => {
  test('when they are paged, then each comes once, with what it pays', async () => {
    const all = await desk.list('/Payments');
    const [first, second] = [
      await desk.list('/Payments?page=1&pageSize=4'),
      await desk.list('/Payments?page=2&pageSize=4'),
    ];
    expect([first.length, second.length]).toEqual([4, 4]);
    expect([...first, ...second].map(({ PaymentID }) => PaymentID)).toEqual(
      all.slice(0, 8).map(({ PaymentID }) => PaymentID),
    );
    expect(first[0]).toMatchObject({ Status: 'AUTHORISED', Account: { Code: '090' }, Invoice: { LineItems: [] } });
  });

  test('when some changed since, then only those are listed, or 304 when none did', async () => {
    const { InvoiceID } = await put(approved());
    await desk.session.control.clock({ advanceSeconds: 60 });
    const since = new Date((await desk.session.control.clock({})).now).toUTCString();
    expect((await desk.read('/Payments', { 'if-modified-since': since })).status).toBe(304);
    const { PaymentID } = await made(pay(InvoiceID, 10, { Reference: 'crm-1' }));
    const answer = await desk.read('/Payments', { 'if-modified-since': since });
    expect(await answer.json()).toMatchObject({ Payments: [{ PaymentID, Reference: 'crm-1' }] });
  });

  test('a filter finds by invoice, reference and status', async () => {
    const { InvoiceID } = await put(approved());
    const { PaymentID } = await made(pay(InvoiceID, 10, { Reference: 'crm-2' }));
    for (const text of [
      `Invoice.InvoiceID==Guid("${InvoiceID}")`,
      'Reference=="crm-2"',
      'Reference=="crm-2" AND Status=="AUTHORISED"',
    ])
      expect(await desk.list(`/Payments?${where(text)}`)).toMatchObject([{ PaymentID }]);
    expect(await desk.list(`/Payments?${where('Status=="DELETED"')}`)).toEqual([]);
  });

  test('an unknown id is a 404', async () => {
    expect((await desk.read('/Payments/00000000-0000-0000-0000-000000000009')).status).toBe(404);
  });
});

describe('deleting payments', () => {
  test('when one is deleted, then its invoice owes the amount again', async () => {
    const { InvoiceID } = await put(approved());
    const { PaymentID } = await made(pay(InvoiceID, 110));
    expect(await invoiceOf(InvoiceID)).toMatchObject({ Status: 'PAID' });
    await desk.session.control.clock({ advanceSeconds: 60 });
    expect(await remove(PaymentID)).toMatchObject({ Status: 'DELETED', Invoice: { AmountDue: 110 } });
    const invoice = await invoiceOf(InvoiceID);
    expect(invoice).toMatchObject({ Status: 'AUTHORISED', AmountPaid: 0, AmountDue: 110, Payments: [] });
    expect(invoice).not.toHaveProperty('FullyPaidOnDate');
    expect(await desk.list(`/Payments/${PaymentID}`)).toMatchObject([{ Status: 'DELETED', Amount: 110 }]);
    expect(await refusedRemoval(PaymentID)).toEqual(['The payment has already been deleted']);
  });

  test('when a refund is deleted, then the credit has it again', async () => {
    const [credit] = await desk.list(`/CreditNotes?${where('CreditNoteNumber=="CN-0012"')}`);
    const id = credit?.CreditNoteID;
    const { PaymentID } = await made({ CreditNote: { CreditNoteID: id }, Account: { Code: '090' }, Amount: 120 });
    expect(await desk.list(`/CreditNotes/${id}`)).toMatchObject([{ RemainingCredit: 0, Status: 'PAID' }]);
    await remove(PaymentID);
    expect(await desk.list(`/CreditNotes/${id}`)).toMatchObject([{ RemainingCredit: 120, Status: 'AUTHORISED' }]);
  });

  test('a reconciled payment is kept until a person takes that back', async () => {
    const { InvoiceID } = await put(approved());
    const { PaymentID } = await made(pay(InvoiceID, 10));
    const payment = { tenantId: desk.tenantId(), paymentId: String(PaymentID) };
    await desk.session.control.reconcilePayment(payment);
    expect(await desk.list(`/Payments/${PaymentID}`)).toMatchObject([{ IsReconciled: true, Status: 'AUTHORISED' }]);
    expect(await refusedRemoval(PaymentID)).toEqual(['A payment that has been reconciled cannot be deleted']);
    await desk.session.control.reconcilePayment({ ...payment, isReconciled: false });
    expect(await remove(PaymentID)).toMatchObject({ Status: 'DELETED' });
  });

  test('a payment cannot be changed, nor deleted in a locked period', async () => {
    const { InvoiceID } = await put(approved());
    const { PaymentID } = await made(pay(InvoiceID, 10));
    expect(await desk.refusal('POST', `/Payments/${PaymentID}`, { Status: 'AUTHORISED' })).toEqual([
      'Payments cannot be changed, only deleted',
    ]);
    const old = await desk.list(`/Payments?${where('Date<DateTime(2026,07,01)')}`);
    expect(await refusedRemoval(old[0]?.PaymentID)).toMatchObject([expect.stringContaining('period lock date')]);
  });

  test('when a person deletes one in Xero, then the list says so', async () => {
    const { InvoiceID } = await put(approved());
    const { PaymentID } = await made(pay(InvoiceID, 10));
    await desk.session.control.deletePayment({ tenantId: desk.tenantId(), paymentId: String(PaymentID) });
    expect(await desk.list(`/Payments?${where('Status=="DELETED"')}`)).toMatchObject([{ PaymentID }]);
    expect(await invoiceOf(InvoiceID)).toMatchObject({ AmountDue: 110 });
  });
});
