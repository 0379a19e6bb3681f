import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fuel, invoiceOf, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: SyncDesk;
beforeAll(async () => {
  desk = await openSyncDesk(await startApp());
});
afterAll(() => desk.app.stop());

async function answer(path: string, choice: string) {
  const { question } = await desk.read(path);
  const body = { action: 'answer', choice, questionId: question?.id };
  const first = await desk.act(path, body);
  // The same answer twice does nothing.
  expect([first.status, (await desk.act(path, body)).status]).toEqual([200, 200]);
  return desk.settled(path);
}

describe('a number that Xero has already', () => {
  test('with the same content is offered for adoption, and nothing is sent', async () => {
    await desk.send('customers/n-1', 1, { name: 'Number Ltd' });
    const first = await desk.send('invoices/n-1', 1, invoiceOf('DUP-1', 'n-1'));
    const second = await desk.send('invoices/n-2', 1, invoiceOf('DUP-1', 'n-1'));
    expect(second).toMatchObject({ state: 'question', question: { code: 'number_taken', differences: [] } });
    expect(second.question?.choices).toMatchObject([{ id: 'adopt', best: true }, { id: 'leave_out' }]);
    const before = (await desk.documents()).invoices.length;
    expect(await answer('invoices/n-2', 'adopt')).toMatchObject({ state: 'synced', xeroId: first.xeroId });
    expect((await desk.documents()).invoices).toHaveLength(before);
  });

  test('with other content names the differences; a new number ends the question', async () => {
    await desk.send('customers/n-3', 1, { name: 'Other Number Ltd' });
    await desk.send('invoices/n-3', 1, invoiceOf('DUP-2', 'n-3'));
    const other = { ...invoiceOf('DUP-2', 'n-3'), total: '220.00' };
    other.lines = [{ ...other.lines[0], quantity: '4' } as (typeof other.lines)[number]];
    const record = await desk.send('invoices/n-4', 1, other);
    expect(record.question).toMatchObject({ code: 'number_taken', choices: [{ id: 'adopt', best: false }, {}] });
    expect(record.question?.differences.length).toBeGreaterThan(0);
    expect(await desk.send('invoices/n-4', 2, { ...other, number: 'NEW-2' })).toMatchObject({ state: 'synced' });
  });
});

describe('a similar name', () => {
  test('a person takes the contact that Xero has', async () => {
    const first = await desk.send('customers/s-1', 1, { name: 'Harbour Joinery Pty Ltd' });
    await desk.send('customers/s-2', 1, { name: 'Harbour Joinery' });
    expect(await answer('customers/s-2', `use:${first.xeroId}`)).toMatchObject({
      state: 'synced',
      xeroId: first.xeroId,
    });
  });

  test('a person asks for a new one', async () => {
    const first = await desk.send('customers/s-3', 1, { name: 'Lakeside Vets Ltd' });
    await desk.send('customers/s-4', 1, { name: 'Lakeside Vets' });
    const made = await answer('customers/s-4', 'create');
    expect(made).toMatchObject({ state: 'synced' });
    expect(made.xeroId).not.toBe(first.xeroId);
  });

  test('of an expense’s supplier is asked about, and no contact is made meanwhile', async () => {
    const first = await desk.send('suppliers/s-5', 1, { name: 'Shell Energy Ltd' });
    const record = await desk.send('expenses/s-5', 1, { ...fuel, supplier: { name: 'Shell Energy' } });
    expect(record).toMatchObject({ state: 'question', question: { code: 'near_name' } });
    expect(await answer('expenses/s-5', `use:${first.xeroId}`)).toMatchObject({ state: 'synced' });
    const next = await desk.send('expenses/s-6', 1, { ...fuel, supplier: { name: 'Shell Energy' } });
    expect(next.state).toBe('question');
  });
});

describe('changed on both sides', () => {
  async function changeBoth(id: string) {
    const { xeroId } = await desk.send(`expenses/${id}`, 1, fuel);
    desk.app.clock.advanceSeconds(60);
    await desk.app.control.updateInvoice({
      ...{ tenantId: desk.where.organisationId, InvoiceID: xeroId ?? '' },
      LineItems: [{ Description: 'Fuel', Quantity: 1, UnitAmount: 99, AccountCode: '429' }],
    } as never);
    await desk.put(`expenses/${id}`, 2, { ...fuel, amount: '90.00' });
    await desk.act(`expenses/${id}`, { action: 'sync' });
    return desk.settled(`expenses/${id}`);
  }

  test('asks, and keeps what Xero has', async () => {
    const record = await changeBoth('both-1');
    expect(record).toMatchObject({ state: 'question', question: { code: 'edited_both', waitsFor: 'user' } });
    expect(await answer('expenses/both-1', 'keep_xero')).toMatchObject({ state: 'synced', sentVersion: 2 });
    const { bills } = await desk.documents();
    expect(bills.find(({ InvoiceID }) => InvoiceID.toLowerCase() === record.xeroId)).toMatchObject({ Total: 99 });
  });

  test('or sends the CRM’s', async () => {
    const record = await changeBoth('both-2');
    expect(await answer('expenses/both-2', 'send_crm')).toMatchObject({ state: 'synced', sentVersion: 2 });
    const { bills } = await desk.documents();
    expect(bills.find(({ InvoiceID }) => InvoiceID.toLowerCase() === record.xeroId)).toMatchObject({ Total: 90 });
  });
});
