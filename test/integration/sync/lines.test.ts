import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fuel, invoiceOf, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { startApp } from '#test/support/world/app.ts';

/** What of each kind is sent to Xero, where no other test shows it whole. */
let desk: SyncDesk;
let tenantId: string;
beforeAll(async () => {
  desk = await openSyncDesk(await startApp({ env: { XERO_TIMEOUT_SECONDS: '20' } }));
  tenantId = desk.where.organisationId;
});
afterAll(() => desk.app.stop());

async function remove(path: string, version: number): Promise<void> {
  await desk.crm.send('DELETE', `/api/records/${path}?version=${version}`);
}

async function contactOf(id: string | null) {
  const { contacts } = await desk.app.control.directory({ tenantId });
  return contacts.find(({ ContactID }) => ContactID.toLowerCase() === id);
}

describe('a customer', () => {
  test('deleted in the CRM is archived in Xero, and is restored there only when a person asks', async () => {
    const { xeroId } = await desk.send('customers/gone', 1, { name: 'Gone Away Ltd' });
    await remove('customers/gone', 2);
    expect(await desk.settled('customers/gone')).toMatchObject({ state: 'synced', xeroStatus: 'ARCHIVED' });
    expect(await contactOf(xeroId)).toMatchObject({ ContactStatus: 'ARCHIVED' });
    const asked = await desk.send('customers/gone', 3, { name: 'Gone Away Ltd' });
    expect(asked.question).toMatchObject({ code: 'gone_in_xero', choices: [{ id: 'restore' }, { id: 'leave_out' }] });
    expect(await contactOf(xeroId)).toMatchObject({ ContactStatus: 'ARCHIVED' });
    await desk.act('customers/gone', { action: 'answer', choice: 'restore', questionId: asked.question?.id });
    expect(await desk.settled('customers/gone')).toMatchObject({ state: 'synced', xeroId, xeroStatus: 'ACTIVE' });
  });

  test('that is a supplier too stays active while one of the two is there', async () => {
    const { xeroId } = await desk.send('customers/two', 1, { name: 'Two Hats Ltd' });
    await desk.send('suppliers/two', 1, { name: 'Two Hats Ltd' });
    await remove('customers/two', 2);
    expect(await desk.settled('customers/two')).toMatchObject({ state: 'synced' });
    expect(await contactOf(xeroId)).toMatchObject({ ContactStatus: 'ACTIVE' });
  });
});

describe('an expense', () => {
  test('has its receipt attached to the bill', async () => {
    const receipt = { name: 'fuel.pdf', base64: Buffer.from('%PDF-1.4 fuel').toString('base64') };
    const { xeroId } = await desk.send('expenses/receipt', 1, { ...fuel, receipt });
    await desk.until(async () => (await desk.read('expenses/receipt')).also[0]?.state === 'done', 'the receipt');
    const attached = await desk.app.control.attachments(xeroId ?? '');
    expect(attached).toMatchObject([{ fileName: 'fuel.pdf' }]);
  });

  test('costs one call for its receipt', async () => {
    await desk.app.control.clearRequests();
    const receipt = { name: 'fuel.pdf', base64: Buffer.from('%PDF-1.4 fuel').toString('base64') };
    await desk.send('expenses/one-call', 1, { ...fuel, receipt });
    await desk.until(async () => (await desk.read('expenses/one-call')).also[0]?.state === 'done', 'the receipt');
    const calls = await desk.app.control.requests();
    expect(calls.flatMap(({ method, path }) => (/Attachments/.test(path) ? [method] : []))).toEqual(['PUT']);
  });

  test('whose receipt arrived though the answer was lost has it once', async () => {
    await desk.app.control.fault({ kind: 'lose-answer', method: 'PUT', path: '/Attachments/', times: 1 });
    const receipt = { name: 'fuel.pdf', base64: Buffer.from('%PDF-1.4 fuel').toString('base64') };
    const { xeroId } = await desk.send('expenses/lost-receipt', 1, { ...fuel, receipt });
    await desk.until(async () => (await desk.read('expenses/lost-receipt')).also[0]?.state === 'done', 'the receipt');
    expect(await desk.app.control.attachments(xeroId ?? '')).toHaveLength(1);
  });

  test.each([[false], [true]])('has its receipt replaced by another of that name (answer lost: %s)', async (isLost) => {
    const path = `expenses/replaced-${isLost}`;
    const attach = (version: number, text: string) =>
      desk.send(path, version, { ...fuel, receipt: { name: 'a.pdf', base64: Buffer.from(text).toString('base64') } });
    const readAlso = async () => (await desk.read(path)).also;
    const files = () => desk.app.control.attachments(xeroId ?? '');
    const fault = { kind: 'lose-answer', method: 'PUT', path: '/Attachments/', times: 1 } as const;
    if (isLost) await desk.app.control.fault(fault);
    const { xeroId } = await attach(1, '%PDF-1.4 first');
    const isSent = async () => (await files()).length > 0 && (isLost || (await readAlso())[0]?.state === 'done');
    await desk.until(isSent, 'the receipt');
    // The failed call ends after Xero has the file.
    await desk.app.advanceSeconds(5);
    await attach(2, '%PDF-1.4 later');
    await desk.act(path, { action: 'sync' });
    const later = Buffer.from('%PDF-1.4 later').toString('base64');
    await desk.until(async () => (await files()).some(({ base64 }) => base64 === later), 'the other receipt');
    expect(await files()).toMatchObject([{ fileName: 'a.pdf', base64: later }]);
  });

  test('without a supplier is a bill of the contact for expenses', async () => {
    const { supplier: _none, ...data } = fuel;
    const { xeroId } = await desk.send('expenses/nobody', 1, data);
    const { bills } = await desk.documents();
    const bill = bills.find(({ InvoiceID }) => InvoiceID.toLowerCase() === xeroId);
    expect(await contactOf(bill?.contactId.toLowerCase() ?? null)).toMatchObject({ Name: 'Expenses' });
  });

  test('deleted in the CRM is voided in Xero once a person sends that', async () => {
    await desk.send('expenses/voided', 1, fuel);
    await remove('expenses/voided', 2);
    expect(await desk.read('expenses/voided')).toMatchObject({ state: 'changed', wanted: 'absent' });
    await desk.act('expenses/voided', { action: 'sync' });
    expect(await desk.settled('expenses/voided')).toMatchObject({ state: 'synced', xeroStatus: 'VOIDED' });
  });
});

describe('a supplier credit', () => {
  test('is applied to its bill', async () => {
    await desk.send('suppliers/credit', 1, { name: 'Gives Back Ltd' });
    await desk.send('expenses/credit', 1, { ...fuel, supplier: { crmId: 'credit' } });
    const line = { description: 'Returned', quantity: '1', unitAmount: '10.00', category: 'Fuel' };
    const credit = {
      ...{ number: 'CR-1', supplier: { crmId: 'credit' }, date: '2026-11-28', currency: 'AUD', total: '11.00' },
      ...{ lineAmountTypes: 'exclusive', lines: [line] },
      applied: [{ bill: { kind: 'expenses', crmId: 'credit' }, amount: '11.00', date: '2026-11-29' }],
    };
    const { xeroId } = await desk.send('supplier-credits/cr-1', 1, credit);
    await desk.until(
      async () => (await desk.read('supplier-credits/cr-1')).also[0]?.state === 'done',
      'its allocation',
    );
    const { creditNotes, bills } = await desk.documents();
    expect(creditNotes.filter(({ id }) => id.toLowerCase() === xeroId)).toHaveLength(1);
    const { xeroId: billId } = await desk.read('expenses/credit');
    expect(bills.find(({ InvoiceID }) => InvoiceID.toLowerCase() === billId)).toMatchObject({ AmountDue: 75.4 });
  });
});

describe('a zero invoice', () => {
  test('is sent once it is paid', async () => {
    await desk.send('customers/zero', 1, { name: 'Zero Ltd' });
    const free = { ...invoiceOf('ZERO-1', 'zero'), total: '0.00' };
    free.lines = free.lines.map((line) => ({ ...line, unitAmount: '0.00' }));
    expect(await desk.send('invoices/zero', 1, free)).toMatchObject({
      state: 'unsupported',
      problem: { code: 'zero_total' },
    });
    const paid = await desk.send('invoices/zero', 2, { ...free, isPaid: true });
    expect(paid).toMatchObject({ state: 'synced', xeroKind: 'invoice' });
  });
});
