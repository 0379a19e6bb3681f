import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fuel, invoiceOf, mapBank, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: SyncDesk;
let tenantId: string;
beforeAll(async () => {
  desk = await openSyncDesk(await startApp({ env: { XERO_TIMEOUT_SECONDS: '20' } }));
  tenantId = desk.where.organisationId;
  await mapBank(desk);
});
afterAll(() => desk.app.stop());

const paid = { date: '2026-11-30', amount: '120.00', currency: 'AUD', method: 'bank', reference: 'Chq 5' };

async function answer(path: string, choice: string, questionId?: string) {
  const id = questionId ?? (await desk.read(path)).question?.id;
  expect((await desk.act(path, { action: 'answer', choice, questionId: id })).status).toBe(200);
  return desk.settled(path);
}

/** Somebody voids the record's document in Xero, and a person sends the record again. */
async function voidAndSend(path: string) {
  const { xeroId } = await desk.read(path);
  await desk.app.control.updateInvoice({ tenantId, InvoiceID: xeroId ?? '', Status: 'VOIDED' } as never);
  await desk.act(path, { action: 'sync' });
  return desk.settled(path);
}

const gone = { state: 'question', question: { code: 'gone_in_xero' } };

describe('what is made again', () => {
  test('is another document, though the CRM changed nothing', async () => {
    const first = await desk.send('expenses/again', 1, fuel);
    expect(await voidAndSend('expenses/again')).toMatchObject(gone);
    const second = await answer('expenses/again', 'make_again');
    expect(second).toMatchObject({ state: 'synced', xeroStatus: 'AUTHORISED' });
    expect(second.xeroId).not.toBe(first.xeroId);
    const { bills } = await desk.documents();
    const standing = bills.find(({ InvoiceID }) => InvoiceID.toLowerCase() === second.xeroId);
    expect(standing).toMatchObject({ Status: 'AUTHORISED' });
    // An answer counts once: the next time, a person is asked again.
    expect(await voidAndSend('expenses/again')).toMatchObject(gone);
    const third = await answer('expenses/again', 'make_again');
    expect([first.xeroId, second.xeroId]).not.toContain(third.xeroId);
  });

  test('is another payment, though the CRM changed nothing', async () => {
    await desk.send('expenses/repaid', 1, fuel);
    const payment = { ...paid, amount: '86.40', bill: { kind: 'expenses', crmId: 'repaid' } };
    const first = await desk.send('payments/repaid', 1, payment);
    await desk.app.control.deletePayment({ tenantId, paymentId: first.xeroId ?? '' });
    await desk.act('payments/repaid', { action: 'sync' });
    expect(await desk.settled('payments/repaid')).toMatchObject(gone);
    expect((await answer('payments/repaid', 'make_again')).xeroId).not.toBe(first.xeroId);
    const { bills } = await desk.documents();
    const { xeroId } = await desk.read('expenses/repaid');
    expect(bills.find(({ InvoiceID }) => InvoiceID.toLowerCase() === xeroId)).toMatchObject({ AmountDue: 0 });
  });
});

describe('an answer counts only for what was asked', () => {
  test('the contact for one supplier’s name is not the contact for another one', async () => {
    const { xeroId } = await desk.send('suppliers/mallee', 1, { name: 'Mallee Energy Ltd' });
    const asked = await desk.send('expenses/mallee', 1, { ...fuel, supplier: { name: 'Mallee Energy' } });
    expect(asked).toMatchObject({ state: 'question', question: { code: 'near_name' } });
    await answer('expenses/mallee', `use:${xeroId}`);
    await desk.put('expenses/mallee', 2, { ...fuel, supplier: { name: 'Quite Another Shop' } });
    await desk.act('expenses/mallee', { action: 'sync' });
    const sent = await desk.settled('expenses/mallee');
    expect(sent).toMatchObject({ state: 'synced', sentVersion: 2 });
    const { bills } = await desk.documents();
    const bill = bills.find(({ InvoiceID }) => InvoiceID.toLowerCase() === sent.xeroId);
    const { contacts } = await desk.app.control.directory({ tenantId });
    const contact = contacts.find(({ ContactID }) => ContactID === bill?.contactId);
    expect(contact?.Name).toBe('Quite Another Shop');
  });

  const invoiceFor = async (id: string) => {
    await desk.send(`customers/${id}`, 1, { name: `Customer ${id}` });
    await desk.send(`invoices/${id}`, 1, invoiceOf(id, id));
    return { ...paid, invoice: { kind: 'invoices', crmId: id } };
  };
  const exceeds = { state: 'question', question: { code: 'exceeds_due' } };

  test('a later version that exceeds what is due is asked about again', async () => {
    const payment = await invoiceFor('over');
    expect(await desk.send('payments/over', 1, payment)).toMatchObject(exceeds);
    expect(await answer('payments/over', 'send_due')).toMatchObject({ state: 'synced' });
    expect(await desk.send('payments/over', 2, { ...payment, amount: '500.00' })).toMatchObject(exceeds);
  });

  test('what is due was paid in part before the answer: the smaller rest is asked about', async () => {
    const payment = await invoiceFor('part');
    const asked = await desk.send('payments/part', 1, payment);
    await desk.send('payments/part-60', 1, { ...payment, amount: '60.00' });
    const again = await answer('payments/part', 'send_due', asked.question?.id);
    expect(again).toMatchObject({ ...exceeds, question: { differences: [{ crm: '120.00', xero: '50.00' }] } });
    expect(await answer('payments/part', 'send_due')).toMatchObject({ state: 'synced' });
  });

  test('keeping Xero’s ends the question about a paid invoice that became a draft', async () => {
    const payment = await invoiceFor('draft');
    await desk.send('payments/draft', 1, { ...payment, amount: '10.00' });
    const asked = await desk.send('invoices/draft', 2, { ...invoiceOf('draft', 'draft'), status: 'draft' });
    expect(asked).toMatchObject({ state: 'question', question: { code: 'has_payments' } });
    expect(await answer('invoices/draft', 'keep_xero')).toMatchObject({ state: 'synced', sentVersion: 2 });
  });
});

describe('what a person keeps as it is in Xero', () => {
  const edited = { state: 'question', question: { code: 'edited_both' } };
  const work = { Description: 'Work', Quantity: 1, AccountCode: '200', TaxType: 'OUTPUT' };

  test('an invoice with other content is not overwritten by the next change without a question', async () => {
    const { xeroId } = await desk.send('customers/other', 1, { name: 'Other Content Ltd' });
    await desk.app.control.addInvoice({
      ...{ tenantId, Type: 'ACCREC', InvoiceNumber: 'OTHER-1', Contact: { ContactID: xeroId ?? '' } },
      ...{ Date: '2026-11-01', DueDate: '2026-12-01', Status: 'AUTHORISED' },
      LineItems: [{ ...work, UnitAmount: 777 }],
    } as never);
    expect(await desk.send('invoices/other', 1, invoiceOf('OTHER-1', 'other'))).toMatchObject({ state: 'question' });
    expect(await answer('invoices/other', 'adopt')).toMatchObject({ state: 'synced' });
    const changed = { ...invoiceOf('OTHER-1', 'other'), reference: 'PO 8' };
    expect(await desk.send('invoices/other', 2, changed)).toMatchObject(edited);
    expect(await answer('invoices/other', 'send_crm')).toMatchObject({ state: 'synced', sentVersion: 2 });
  });

  test('an edit in Xero that was kept is not overwritten by the next change without a question', async () => {
    const { xeroId } = await desk.send('expenses/kept', 1, fuel);
    desk.app.clock.advanceSeconds(60);
    const lines = [{ Description: 'Fuel', Quantity: 1, UnitAmount: 99, AccountCode: '429' }];
    await desk.app.control.updateInvoice({ tenantId, InvoiceID: xeroId ?? '', LineItems: lines } as never);
    const change = async (version: number, data: object) => {
      await desk.put('expenses/kept', version, { ...fuel, ...data });
      await desk.act('expenses/kept', { action: 'sync' });
      return desk.settled('expenses/kept');
    };
    expect(await change(2, { amount: '90.00' })).toMatchObject(edited);
    expect(await answer('expenses/kept', 'keep_xero')).toMatchObject({ state: 'synced', sentVersion: 2 });
    expect(await change(3, { amount: '90.00', description: 'Diesel' })).toMatchObject(edited);
  });
});
