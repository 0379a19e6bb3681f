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

function note(more: Row = {}): Row {
  return {
    Type: 'ACCPAYCREDIT',
    Contact: { ContactID: desk.contact('Blue Gum Dental') },
    Date: '2026-11-10',
    Status: 'AUTHORISED',
    LineItems: [{ Description: 'Returned lamps', Quantity: 1, UnitAmount: 60, AccountCode: '429' }],
    ...more,
  };
}
function sales(more: Row = {}): Row {
  return note({
    Type: 'ACCRECCREDIT',
    LineItems: [{ Description: 'Back', UnitAmount: 60, AccountCode: '200' }],
    ...more,
  });
}
function make(body: Row) {
  return desk.write('PUT', '/CreditNotes', { CreditNotes: [body] });
}
function refused(body: Row) {
  return desk.refusal('PUT', '/CreditNotes', { CreditNotes: [body] });
}
function openBill() {
  return put(bill({ Status: 'AUTHORISED', Date: '2026-11-01', DueDate: '2026-11-15' }));
}
function allocation(InvoiceID: unknown, Amount: number) {
  return { Allocations: [{ Invoice: { InvoiceID }, Amount }] };
}
function allocate(id: unknown, InvoiceID: unknown, Amount: number) {
  return desk.write('PUT', `/CreditNotes/${id}/Allocations`, allocation(InvoiceID, Amount));
}
function refusedAllocation(id: unknown, InvoiceID: unknown, Amount: number) {
  return desk.refusal('PUT', `/CreditNotes/${id}/Allocations`, allocation(InvoiceID, Amount));
}
async function readNote(id: unknown) {
  return (await desk.list(`/CreditNotes/${id}`))[0];
}
async function readInvoice(id: unknown) {
  return (await desk.list(`/Invoices/${id}`))[0];
}

describe('writing credit notes', () => {
  test('a supplier’s credit has its own number or none, a customer’s gets the next one', async () => {
    expect(await make(note())).toMatchObject({ CreditNoteNumber: '', Total: 66, RemainingCredit: 66 });
    expect(await make(note({ CreditNoteNumber: 'S-1' }))).toMatchObject({ CreditNoteNumber: 'S-1' });
    expect(await make(note({ CreditNoteNumber: 'S-1' }))).toMatchObject({ CreditNoteNumber: 'S-1' });
    expect(await make(sales())).toMatchObject({ CreditNoteNumber: expect.stringMatching(/^CN-\d{4}$/), Total: 66 });
    expect(await refused(sales({ CreditNoteNumber: 'CN-0012' }))).toEqual(['Credit Note # must be unique.']);
  });

  test.each([
    ['no type', () => note({ Type: undefined }), 'Credit Note Type must be specified'],
    ['no lines', () => note({ LineItems: [] }), 'One or more line items must be specified'],
    ['the status PAID', () => note({ Status: 'PAID' }), 'Credit Note not of valid status for creation'],
    ['a date in a locked period', () => note({ Date: '2020-01-01' }), /period lock date/],
  ])('%s is refused', async (_, body, text) => {
    expect(await refused(body())).toEqual([text instanceof RegExp ? expect.stringMatching(text) : text]);
  });

  test('a draft can be changed and approved, an approved one voided', async () => {
    const { CreditNoteID } = await make(note({ Status: 'DRAFT' }));
    const post = (body: Row) => desk.write('POST', `/CreditNotes/${CreditNoteID}`, { CreditNotes: [body] });
    expect(await post({ Status: 'AUTHORISED' })).toMatchObject({ Status: 'AUTHORISED', Total: 66 });
    expect(await post({ Status: 'VOIDED' })).toMatchObject({ Status: 'VOIDED', RemainingCredit: 0 });
  });

  test('when some rows of an array are refused, then only they are', async () => {
    const CreditNotes = [note(), note({ Type: undefined }), sales()];
    const answer = await desk.send('PUT', '/CreditNotes?summarizeErrors=false', { CreditNotes });
    const rows = ((await answer.json()) as { CreditNotes: Row[] }).CreditNotes;
    expect(rows.map(({ StatusAttributeString }) => StatusAttributeString)).toEqual(['OK', 'ERROR', 'OK']);
  });
});

describe('applying credit', () => {
  test('when it is applied to a bill, then both sides show it, and it can be taken back', async () => {
    const { CreditNoteID } = await make(note());
    const { InvoiceID } = await openBill();
    const made = await allocate(CreditNoteID, InvoiceID, 66);
    expect(made).toMatchObject({ Amount: 66, Invoice: { InvoiceID }, CreditNote: { CreditNoteID } });
    expect(await readNote(CreditNoteID)).toMatchObject({ RemainingCredit: 0, Status: 'PAID' });
    expect(await readInvoice(InvoiceID)).toMatchObject({ AmountCredited: 66, AmountDue: 44 });
    const path = `/CreditNotes/${CreditNoteID}/Allocations/${made.AllocationID}`;
    expect(await (await desk.send('DELETE', path)).json()).toMatchObject({ Amount: 66, IsDeleted: true });
    expect((await desk.send('DELETE', path)).status).toBe(404);
    expect(await readNote(CreditNoteID)).toMatchObject({ RemainingCredit: 66, Status: 'AUTHORISED', Allocations: [] });
    expect(await readInvoice(InvoiceID)).toMatchObject({ AmountCredited: 0, AmountDue: 110 });
  });

  test('when it covers the whole bill, then the bill is paid, and open again afterwards', async () => {
    const line = { Description: 'Returned', UnitAmount: 100, AccountCode: '429' };
    const { CreditNoteID } = await make(note({ LineItems: [line] }));
    const { InvoiceID } = await openBill();
    const made = await allocate(CreditNoteID, InvoiceID, 110);
    expect(await readInvoice(InvoiceID)).toMatchObject({ Status: 'PAID', AmountDue: 0 });
    await desk.send('DELETE', `/CreditNotes/${CreditNoteID}/Allocations/${made.AllocationID}`);
    expect(await readInvoice(InvoiceID)).toMatchObject({ Status: 'AUTHORISED', AmountDue: 110 });
  });

  test('too much, the wrong side, another contact or a paid bill is refused', async () => {
    const { CreditNoteID } = await make(note());
    const { InvoiceID } = await openBill();
    const over = 'Credit Note cannot be allocated as amount is greater than amount outstanding';
    expect(await refusedAllocation(CreditNoteID, InvoiceID, 66.01)).toEqual([over]);
    const sale = await put(approved());
    expect(await refusedAllocation(CreditNoteID, sale.InvoiceID, 1)).toEqual([
      'Credit Note cannot be allocated to an incorrect invoice type',
    ]);
    const Contact = { ContactID: desk.contact('Kookaburra Couriers') };
    const other = await put(bill({ Contact, Status: 'AUTHORISED', Date: '2026-11-01', DueDate: '2026-11-15' }));
    expect(await refusedAllocation(CreditNoteID, other.InvoiceID, 1)).toEqual([
      'The invoice must have the same contact as the credit',
    ]);
    await desk.write('PUT', '/Payments', { Invoice: { InvoiceID }, Account: { Code: '090' }, Amount: 110 });
    expect(await refusedAllocation(CreditNoteID, InvoiceID, 1)).toEqual([
      'The invoice you are trying to allocate to has already been paid off',
      over,
    ]);
  });

  test('an applied credit note cannot be edited', async () => {
    const { CreditNoteID } = await make(note());
    await allocate(CreditNoteID, (await openBill()).InvoiceID, 1);
    const change = { CreditNotes: [{ Status: 'VOIDED' }] };
    expect(await desk.refusal('POST', `/CreditNotes/${CreditNoteID}`, change)).toEqual([
      'This document cannot be edited as it has a payment or credit note allocated to it.',
    ]);
  });

  test.each(['Prepayment', 'Overpayment'] as const)('a %s is applied and taken back', async (kind) => {
    const [credit] = await desk.list(`/${kind}s`);
    const { InvoiceID } = await put(approved({ Contact: credit?.Contact }));
    const path = `/${kind}s/${credit?.[`${kind}ID`]}/Allocations`;
    const made = await desk.write('PUT', path, allocation(InvoiceID, 20));
    expect(await readInvoice(InvoiceID)).toMatchObject({ AmountDue: 90, [`${kind}s`]: [{ AppliedAmount: 20 }] });
    expect((await desk.send('DELETE', `${path}/${made.AllocationID}`)).status).toBe(200);
    expect(await readInvoice(InvoiceID)).toMatchObject({ AmountDue: 110, [`${kind}s`]: [] });
    expect(await desk.refusal('PUT', path, allocation(InvoiceID, 9999))).toEqual([
      `${kind} cannot be allocated as amount is greater than amount outstanding`,
    ]);
  });
});
