import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../../testing/desk.ts';
import { invoiceForms, lampLine as line } from '../../testing/invoices.ts';

let desk: TestDesk;
const { approved, draft, post, put, refusedChange } = invoiceForms(() => desk);

beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.session.xero.close());
beforeEach(() => desk.renew());

describe('changing invoices', () => {
  test('POST to an id keeps what is left out and updates the time', async () => {
    const made = await put(draft({ Reference: 'PO 1' }));
    await desk.session.control.clock({ advanceSeconds: 60 });
    const changed = await post(made.InvoiceID, { DueDate: '2026-12-24', LineItems: [], Contact: {} });
    expect(changed).toMatchObject({ Reference: 'PO 1', Total: 110, DueDateString: '2026-12-24T00:00:00' });
    expect(changed.UpdatedDateUTC).not.toBe(made.UpdatedDateUTC);
  });

  test('sent lines replace all lines; one with its id keeps it', async () => {
    const made = await put(draft({ LineItems: [line, { ...line, Description: 'Shade' }] }));
    const [, second] = made.LineItems as { LineItemID: string }[];
    const changed = await post(made.InvoiceID, { LineItems: [{ ...line, LineItemID: second?.LineItemID }] });
    expect(changed.LineItems).toMatchObject([{ LineItemID: second?.LineItemID }]);
  });

  test('POST with an existing sales invoice number changes that invoice', async () => {
    const made = await put(draft({ InvoiceNumber: 'CRM-1' }));
    const again = await desk.write('POST', '/Invoices', { InvoiceNumber: 'CRM-1', Type: 'ACCREC', Reference: 'two' });
    expect(again).toMatchObject({ InvoiceID: made.InvoiceID, Reference: 'two' });
  });

  test('an unknown id is a 404 in the path and a message in the body', async () => {
    const InvoiceID = '00000000-0000-0000-0000-000000000009';
    expect((await desk.send('POST', `/Invoices/${InvoiceID}`, { Status: 'DELETED' })).status).toBe(404);
    expect(await desk.refusal('POST', '/Invoices', { InvoiceID })).toEqual([
      'An existing Invoice with the specified InvoiceID could not be found',
    ]);
  });

  test.each([
    ['DRAFT', ['SUBMITTED', 'AUTHORISED', 'DELETED'], ['VOIDED', 'PAID']],
    ['SUBMITTED', ['DRAFT', 'AUTHORISED', 'DELETED'], ['VOIDED', 'PAID']],
    ['AUTHORISED', ['VOIDED'], ['DRAFT', 'SUBMITTED', 'DELETED', 'PAID']],
  ])('when it is %s, then it can become %s and not %s', async (from, good, bad) => {
    for (const Status of good) {
      const made = await put(approved({ Status: from }));
      expect(await post(made.InvoiceID, { Status })).toMatchObject({ Status });
    }
    const made = await put(approved({ Status: from }));
    for (const Status of bad)
      expect(await refusedChange(made.InvoiceID, { Status })).toEqual(['Invoice not of valid status for modification']);
  });

  test('a voided or deleted invoice stays so and owes nothing', async () => {
    const made = await put(approved());
    expect(await post(made.InvoiceID, { Status: 'VOIDED' })).toMatchObject({ AmountDue: 0 });
    expect(await refusedChange(made.InvoiceID, { Reference: 'x' })).toEqual([
      'Invoice not of valid status for modification',
    ]);
    expect(await put(draft({ InvoiceNumber: made.InvoiceNumber }))).toMatchObject({
      InvoiceNumber: made.InvoiceNumber,
    });
  });

  test('after a payment, texts may change but amounts may not', async () => {
    const made = await put(approved());
    await desk.session.control.updateInvoice({
      tenantId: desk.tenantId(),
      InvoiceID: String(made.InvoiceID),
      pay: 10,
    });
    expect(await post(made.InvoiceID, { Reference: 'noted' })).toMatchObject({ Reference: 'noted', AmountDue: 100 });
    expect(await refusedChange(made.InvoiceID, { LineItems: [line] })).toEqual([
      'This document cannot be edited as it has a payment or credit note allocated to it.',
    ]);
    expect(await refusedChange(made.InvoiceID, { Status: 'VOIDED' })).toEqual([
      'The status VOIDED cannot be applied to the invoice because it has payments or credit notes allocated to it.',
    ]);
  });

  test('approving needs a due date', async () => {
    const made = await put(draft({ LineItems: [{ Description: 'Lamp', UnitAmount: 5 }] }));
    expect(await refusedChange(made.InvoiceID, { Status: 'AUTHORISED' })).toEqual([
      'Account code or ID must be specified',
      'The DueDate field is mandatory.',
    ]);
  });
});
