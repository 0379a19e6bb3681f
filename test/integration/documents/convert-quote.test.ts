import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDays } from '#shared/calendar.ts';
import { getChoicesRoute } from '#shared/contract/choices.ts';
import type { DocumentAnswer } from '#shared/contract/document.ts';
import type { QuoteDraft } from '#test/sandbox/xero/records/document-draft.ts';
import type { Quote } from '#test/sandbox/xero/records/types.ts';
import { type Answer, newDocument, sendDocument } from '#test/support/people/documents.ts';
import type { Visit } from '#test/support/people/visit.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
let tenantId: string;
const contacts = new Map<string, string>();
beforeAll(async () => {
  app = await startApp();
  await app.admin.connect();
  for (const [id, name] of [
    ['1001', 'Harbour Lights Pty Ltd'],
    ['1006', 'Blue Gum Dental'],
  ] as const)
    contacts.set(id, (await app.admin.link({ type: 'contact', id }, name)).contactId);
  tenantId = (await app.control.seedInfo()).organisations[0]?.tenantId ?? '';
});
afterAll(() => app.stop());
beforeEach(() => app.advanceSeconds(61));

function open(recordId = '1001') {
  return app.visit({ userId: 'olivia', recordType: 'contact', recordId });
}
async function today(session: Visit) {
  return (await session.call(getChoicesRoute)).organisation.today;
}
const lamps = {
  Description: 'Lamps',
  Quantity: 10,
  UnitAmount: 100,
  DiscountAmount: 200,
  TaxType: 'OUTPUT',
  AccountCode: '200',
};

function addQuote(change: Partial<QuoteDraft> = {}, recordId = '1001'): Promise<Quote> {
  return app.control.addQuote({
    tenantId,
    Contact: { ContactID: contacts.get(recordId) ?? '' },
    Status: 'ACCEPTED',
    LineAmountTypes: 'Exclusive',
    LineItems: [lamps],
    ...change,
  });
}

function convert(session: Visit, { QuoteID }: Quote, more: object = {}, key: string = randomUUID()): Promise<Answer> {
  return sendDocument(session, {
    path: `/api/quotes/${QuoteID}/actions`,
    key,
    body: { action: 'convert_to_invoice', ...more },
  });
}

async function listInvoices() {
  return (await app.control.documents({ tenantId })).invoices;
}

describe('amounts', () => {
  test('keeps 200 off a line of 10 × 100 in an invoice of 880', async () => {
    const session = await open();
    const quote = await addQuote();
    expect(quote.Total).toBe(880);
    const answer = await convert(session, quote);
    expect(answer).toMatchObject({ status: 200, body: { document: { total: '880.00' }, warnings: [] } });
    const { id } = answer.body.document as DocumentAnswer;
    const made = (await listInvoices()).find(({ InvoiceID }) => InvoiceID === id);
    expect(made?.LineItems).toMatchObject([{ DiscountAmount: 200, LineAmount: 800, TaxAmount: 80 }]);
    for (const path of [`invoice/${id}`, `quote/${quote.QuoteID}`]) {
      expect(await session.send('GET', `/api/documents/${path}`)).toMatchObject({
        status: 200,
        body: { lines: [{ discount: null, discountAmount: '200.00', lineAmount: '800.00' }] },
      });
    }
  });

  test('an untaxed line stays untaxed although its account has tax', async () => {
    const quote = await addQuote({
      LineItems: [{ Description: 'Licence', Quantity: 1, UnitAmount: 500, AccountCode: '200' }],
    });
    expect(quote.Total).toBe(500);
    const answer = await convert(await open(), quote);
    const errors = [{ path: 'lines.0.taxType', message: expect.stringContaining('has no tax rate') }];
    // The demo company has no tax rate that means no tax.
    expect(answer).toMatchObject({ status: 422, body: { code: 'preflight_failed', errors } });
  });

  test('keeps the quote’s own reference beside its number', async () => {
    const quote = await addQuote({ Reference: 'PO 7731' });
    expect(await convert(await open(), quote)).toMatchObject({
      body: { document: { reference: `PO 7731, ${quote.QuoteNumber}` } },
    });
    const long = await addQuote({ Reference: 'x'.repeat(250) });
    expect(await convert(await open(), long)).toMatchObject({ status: 422, body: { errors: [{ path: 'reference' }] } });
  });

  test('sends nothing when a line cannot be carried over, until it can', async () => {
    const session = await open();
    const quote = await addQuote({ LineItems: [{ ...lamps, others: { Surcharge: 12.5 } }] });
    const key = randomUUID();
    await app.control.clearRequests();
    expect(await convert(session, quote, {}, key)).toMatchObject({
      status: 422,
      body: {
        code: 'preflight_failed',
        errors: [
          {
            path: 'lines.0.Surcharge',
            code: 'quote_line_unknown_member',
            values: { line: '1', member: 'Surcharge' },
            message: 'Line 1 of the quote has “Surcharge”, which cannot be copied to an invoice here.',
          },
        ],
      },
    });
    expect((await app.control.requests()).filter(({ method }) => method !== 'GET')).toEqual([]);
    await app.control.updateQuote({ tenantId, QuoteID: quote.QuoteID, LineItems: [lamps] });
    expect(await convert(session, quote, {}, key)).toMatchObject({
      status: 200,
      body: { document: { total: '880.00' } },
    });
  });
});

describe('quotes of the story', () => {
  test('each converted invoice has its quote’s total', async () => {
    const session = await open();
    const { quotes } = await app.control.documents({ tenantId, contactId: contacts.get('1001') ?? '' });
    const story = quotes.filter(({ QuoteNumber, Status }) => QuoteNumber === 'QU-0038' && Status === 'ACCEPTED');
    expect(story).toHaveLength(1);
    for (const quote of story) {
      const total = quote.Total.toFixed(2);
      expect(await convert(session, quote)).toMatchObject({ status: 200, body: { document: { total }, warnings: [] } });
    }
  });
});

describe('the due date', () => {
  test('uses the contact’s terms, so the invoice can be approved', async () => {
    const session = await open();
    const answer = await convert(session, await addQuote());
    const { id, ...document } = answer.body.document as DocumentAnswer;
    expect(document).toMatchObject({ dueDate: addDays(await today(session), 14) });
    const act = (action: string) =>
      sendDocument(session, { path: `/api/invoices/${id}/actions`, key: randomUUID(), body: { action } });
    expect(await act('submit')).toMatchObject({ status: 200, body: { document: { status: 'SUBMITTED' } } });
    expect(await act('approve')).toMatchObject({ status: 200, body: { document: { status: 'AUTHORISED' } } });
  });

  test('without terms, asks for a due date before sending', async () => {
    const session = await open('1006');
    const quote = await addQuote({}, '1006');
    const key = randomUUID();
    const count = (await listInvoices()).length;
    const errors = [{ path: 'dueDate', message: expect.stringContaining('Enter a due date') }];
    const asked = { status: 422, body: { code: 'preflight_failed', errors } };
    expect(await convert(session, quote, {}, key)).toMatchObject(asked);
    expect((await listInvoices()).length).toBe(count);
    const dueDate = addDays(await today(session), 10);
    const told = { status: 200, body: { document: { dueDate, total: '880.00' }, warnings: [] } };
    expect(await convert(session, quote, { dueDate }, key)).toMatchObject(told);
    // The same form again returns the same invoice. Another date under its key does not make a second one.
    expect(await convert(session, quote, { dueDate }, key)).toMatchObject(told);
    expect(await convert(session, quote, { dueDate: addDays(dueDate, 1) }, key)).toMatchObject({
      status: 409,
      body: { code: 'already_created' },
    });
    expect((await listInvoices()).length).toBe(count + 1);
  });

  test('refuses a due date before today and accepts today', async () => {
    const session = await open();
    const quote = await addQuote();
    const day = await today(session);
    const count = (await listInvoices()).length;
    const key = randomUUID();
    const errors = [{ path: 'dueDate', message: 'The due date is before the invoice’s date, which is today.' }];
    for (const dueDate of [addDays(day, -1), addDays(day, -365)])
      expect(await convert(session, quote, { dueDate }, key)).toMatchObject({
        status: 422,
        body: { code: 'preflight_failed', errors },
      });
    expect((await listInvoices()).length).toBe(count);
    expect(await convert(session, quote, { dueDate: day }, key)).toMatchObject({
      status: 200,
      body: { document: { date: day, dueDate: day } },
    });
  });

  test('a given due date wins over the contact’s terms', async () => {
    const session = await open();
    const dueDate = addDays(await today(session), 3);
    expect(await convert(session, await addQuote(), { dueDate })).toMatchObject({ body: { document: { dueDate } } });
  });
});

describe('an organisation with payment terms of its own', () => {
  test('without contact terms, the organisation’s apply, also in the form', async () => {
    const own = await startApp();
    try {
      const late = (await own.control.seedInfo()).organisations.find(({ name }) => name === 'Late Payers Ltd');
      const [name = '', ContactID = ''] = Object.entries(late?.contacts ?? {})[0] ?? [];
      await own.admin.connect({ organisations: [late?.tenantId ?? ''] });
      await own.admin.link({ type: 'contact', id: '1001' }, name);
      const session = await own.visit({ userId: 'olivia', recordType: 'contact', recordId: '1001' });
      const { organisation, contact } = await session.call(getChoicesRoute, { query: { contactId: ContactID } });
      expect(contact?.paymentTerms.sales).toBeNull();
      expect(organisation.paymentTerms).toEqual({
        sales: { type: 'DAYSAFTERBILLDATE', day: 30 },
        bills: { type: 'OFFOLLOWINGMONTH', day: 31 },
      });
      const quote = await own.control.addQuote({
        tenantId: late?.tenantId ?? '',
        Contact: { ContactID },
        Status: 'ACCEPTED',
        Total: 100,
      });
      const dueDate = addDays(organisation.today, 30);
      expect(await convert(session, quote)).toMatchObject({ status: 200, body: { document: { dueDate } } });
    } finally {
      await own.stop();
    }
  });
});

describe('the search for a quote whose answer was lost', () => {
  test('the same lines with an amount off are another quote', async () => {
    const session = await open();
    const contactId = contacts.get('1001') ?? '';
    const date = await today(session);
    const lines = [{ description: 'Lamps', quantity: '10', unitAmount: '100', accountCode: '200', taxType: 'OUTPUT' }];
    const request = { path: '/api/quotes', key: randomUUID(), body: newDocument(contactId, { date, lines }) };
    await app.control.fault({ kind: 'drop', method: 'PUT', path: '/Quotes$' });
    expect((await sendDocument(session, request)).status).toBe(502);
    const other = await addQuote({ Status: 'DRAFT', Date: date });
    await app.advanceSeconds(600);
    const answer = await sendDocument(await open(), request);
    expect(answer).toMatchObject({ status: 201, body: { document: { total: '1100.00' }, warnings: [] } });
    expect((answer.body.document as DocumentAnswer).id).not.toBe(other.QuoteID);
  });
});
