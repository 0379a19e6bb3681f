import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { getChoicesRoute } from '#shared/contract/choices.ts';
import type { CreatedDocument } from '#shared/contract/document.ts';
import type { Quote } from '#test/sandbox/xero/records/types.ts';
import { presets } from '#test/support/people/admin.ts';
import { type Answer, sendDocument } from '#test/support/people/documents.ts';
import type { Visit } from '#test/support/people/visit.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
let contactId: string;
let tenantId: string;
let session: Visit;
beforeAll(async () => {
  app = await startApp();
  await app.admin.connect();
  await app.admin.grant({ ben: presets.full });
  ({ contactId } = await app.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd'));
  tenantId = (await app.control.seedInfo()).organisations[0]?.tenantId ?? '';
});
afterAll(() => app.stop());
beforeEach(async () => {
  await app.advanceSeconds(61);
  session = await app.visit({ userId: 'ben', recordType: 'contact', recordId: '1001' });
});

type Types = Quote['LineAmountTypes'];

/** A quote with a value in every member that an update could lose. Its total is 5,500.00 where amounts include tax. */
async function addQuote(change: Partial<Pick<Quote, 'Status' | 'LineAmountTypes'>> = {}): Promise<Quote> {
  const { tracking, brandingThemes } = await session.call(getChoicesRoute);
  const region = tracking.find(({ name }) => name === 'Region');
  const east = region?.options.find(({ name }) => name === 'East');
  return app.control.addQuote({
    tenantId,
    Contact: { ContactID: contactId },
    Status: 'SENT',
    LineAmountTypes: 'Inclusive',
    Date: '2026-11-10',
    ExpiryDate: '2026-12-24',
    Title: 'Jetty lighting',
    Summary: 'Forty lamps “as walked through”',
    Terms: 'Prices hold until the expiry date.',
    Reference: 'PO 7731',
    CurrencyCode: 'USD',
    CurrencyRate: 0.6512,
    BrandingThemeID: brandingThemes[1]?.id ?? '',
    LineItems: [
      {
        Description: 'Lamps',
        Quantity: 10,
        UnitAmount: 520,
        DiscountAmount: 200,
        TaxType: 'OUTPUT',
        AccountCode: '200',
        Tracking: [
          {
            TrackingCategoryID: region?.id ?? '',
            TrackingOptionID: east?.id ?? '',
            Name: 'Region',
            Option: 'East',
          },
        ],
      },
      {
        Description: 'Fitting',
        Quantity: 2.5,
        UnitAmount: 222.2222,
        DiscountRate: 10,
        TaxType: 'OUTPUT',
        AccountCode: '200',
        others: { Fitter: 'Ana' },
      },
      {
        Description: 'Tax set by hand',
        Quantity: 1,
        UnitAmount: 99.99,
        TaxType: 'OUTPUT',
        TaxAmount: 9.01,
        ItemCode: 'LAMP-S',
        AccountCode: '200',
      },
      { Description: 'Words alone', Quantity: 0, UnitAmount: 0, TaxType: 'NONE' },
    ],
    ...change,
  });
}

async function standing({ QuoteID }: Pick<Quote, 'QuoteID'>): Promise<Quote> {
  const { quotes } = await app.control.documents({ tenantId, contactId });
  const found = quotes.find((quote) => quote.QuoteID === QuoteID);
  if (!found) throw new Error('the quote is gone');
  return found;
}

function act(quote: Quote, action: string, key: string = randomUUID()): Promise<Answer> {
  return sendDocument(session, { path: `/api/quotes/${quote.QuoteID}/actions`, key, body: { action } });
}

async function posts() {
  return (await app.control.requests()).filter(({ method, path }) => method === 'POST' && path.includes('/Quotes/'));
}

describe('a change of status leaves everything else of a quote as it was', () => {
  const steps: [Quote['Status'], string, Quote['Status']][] = [
    ['DRAFT', 'mark_sent', 'SENT'],
    ['DRAFT', 'delete', 'DELETED'],
    ['SENT', 'accept', 'ACCEPTED'],
    ['SENT', 'decline', 'DECLINED'],
    ['DECLINED', 'mark_sent', 'SENT'],
    ['ACCEPTED', 'convert_to_invoice', 'INVOICED'],
  ];
  const types: Types[] = ['Inclusive', 'Exclusive', 'NoTax'];
  const cases = steps.flatMap((step) => types.map((type) => [...step, type] as const));
  test.each(cases)('%s, %s: %s, amounts %s', async (Status, action, wanted, LineAmountTypes) => {
    // The unknown member could not be carried over to an invoice.
    const before = await addQuote({ Status, LineAmountTypes });
    if (action === 'convert_to_invoice') await forgetOthers(before);
    const quote = await standing(before);
    const answer = await act(quote, action);
    expect(answer).toMatchObject({ status: 200, body: { warnings: [] } });
    const after = await standing(quote);
    expect(after).toEqual({ ...quote, Status: wanted, updatedAt: after.updatedAt });
  });

  async function forgetOthers(quote: Quote): Promise<void> {
    const LineItems = quote.LineItems.map(({ others: _, ...line }) => line);
    await app.control.updateQuote({
      tenantId,
      QuoteID: quote.QuoteID,
      LineAmountTypes: quote.LineAmountTypes,
      LineItems,
    });
  }

  test('QU-0042 of AUD 5,500.00 stays AUD 5,500.00 and inclusive', async () => {
    const lines = [{ Description: 'Jetty lighting', UnitAmount: 5500, TaxType: 'OUTPUT', AccountCode: '200' }];
    const draft = { tenantId, Contact: { ContactID: contactId }, Status: 'SENT' as const, Title: 'Jetty' };
    const quote = await app.control.addQuote({ ...draft, LineAmountTypes: 'Inclusive', LineItems: lines });
    expect(await act(quote, 'accept')).toMatchObject({
      status: 200,
      body: { document: { total: '5500.00', status: 'ACCEPTED' }, previewTotal: '5500', warnings: [] },
    });
    expect(await standing(quote)).toMatchObject({ Total: 5500, LineAmountTypes: 'Inclusive', Title: 'Jetty' });
  });

  test('changes the status without lines that Xero no longer accepts', async () => {
    const lines = [{ Description: 'Old account', UnitAmount: 110, TaxType: 'OUTPUT', AccountCode: '477' }];
    const draft = { tenantId, Contact: { ContactID: contactId }, Status: 'SENT' as const, Terms: 'None' };
    const quote = await app.control.addQuote({ ...draft, LineAmountTypes: 'Inclusive', LineItems: lines });
    expect(await act(quote, 'accept')).toMatchObject({ status: 200, body: { warnings: [] } });
    const after = await standing(quote);
    expect(after).toEqual({ ...quote, Status: 'ACCEPTED', updatedAt: after.updatedAt });
  });
});

describe('a lost answer', () => {
  test('keeps a change made in Xero before the retry', async () => {
    const quote = await addQuote();
    const key = randomUUID();
    await app.control.fault({ kind: 'drop', method: 'POST', path: '/Quotes/', times: 1 });
    expect((await act(quote, 'accept', key)).status).toBe(502);
    await app.control.updateQuote({ tenantId, QuoteID: quote.QuoteID, Title: 'Jetty and pier lighting' });
    expect(await act(quote, 'accept', key)).toMatchObject({ status: 200, body: { document: { status: 'ACCEPTED' } } });
    expect((await standing(quote)).Title).toBe('Jetty and pier lighting');
  });

  test.each([
    ['DRAFT', 'mark_sent', 'ACCEPTED'],
    ['SENT', 'decline', 'ACCEPTED'],
    ['SENT', 'accept', 'INVOICED'],
  ] as const)('%s, %s, then %s in Xero: the retry sends nothing', async (Status, action, later) => {
    const quote = await addQuote({ Status });
    const key = randomUUID();
    await app.control.fault({ kind: 'lose-answer', method: 'POST', path: '/Quotes/' });
    expect((await act(quote, action, key)).status).toBe(502);
    await app.control.updateQuote({ tenantId, QuoteID: quote.QuoteID, Status: later });
    // Xero has forgotten the key, so it would do the action once more.
    await app.advanceSeconds(7 * 60);
    session = await app.visit({ userId: 'ben', recordType: 'contact', recordId: '1001' });
    await app.control.clearRequests();
    const refused = { status: 409, body: { code: 'action_not_allowed', document: { status: later } } };
    expect(await act(quote, action, key)).toMatchObject(refused);
    expect(await posts()).toEqual([]);
    expect((await standing(quote)).Status).toBe(later);
    expect(await act(quote, action, key)).toMatchObject(refused);
  });

  test('reports a changed total, also when asked again', async () => {
    const quote = await addQuote();
    const key = randomUUID();
    await app.control.fault({ kind: 'lose-answer', method: 'POST', path: '/Quotes/' });
    expect((await act(quote, 'accept', key)).status).toBe(502);
    await app.control.updateQuote({ tenantId, QuoteID: quote.QuoteID, Total: 6050 });
    await app.control.clearRequests();
    const differing = { status: 200, body: { document: { total: '6050.00' }, warnings: ['total_differs'] } };
    const answer = await act(quote, 'accept', key);
    expect(answer).toMatchObject(differing);
    expect((answer.body as CreatedDocument).previewTotal).toBe(String(quote.Total));
    expect(await posts()).toEqual([]);
    expect(await act(quote, 'accept', key)).toMatchObject(differing);
  });

  test('reports a changed total after marking the quote as invoiced', async () => {
    const lines = [{ Description: 'Lamp', UnitAmount: 110, TaxType: 'OUTPUT', AccountCode: '200' }];
    const draft = { tenantId, Contact: { ContactID: contactId }, Status: 'ACCEPTED' as const };
    const quote = await app.control.addQuote({ ...draft, LineAmountTypes: 'Inclusive', LineItems: lines });
    const key = randomUUID();
    await app.control.fault({ kind: 'lose-answer', method: 'POST', path: '/Quotes/' });
    expect(await act(quote, 'convert_to_invoice', key)).toMatchObject({
      status: 200,
      body: { document: { total: '110.00' }, warnings: ['quote_pending'] },
    });
    await app.control.updateQuote({ tenantId, QuoteID: quote.QuoteID, Total: 121 });
    const told = { status: 200, body: { document: { total: '110.00' }, warnings: ['quote_differs'] } };
    expect(await act(quote, 'convert_to_invoice', key)).toMatchObject(told);
    expect(await act(quote, 'convert_to_invoice', key)).toMatchObject(told);
    const [mark] = await app.deps.store.audit.list(app.workspace.id, { limit: 1 });
    expect(mark).toMatchObject({ action: 'document_convert_to_invoice', outcome: 'changed' });
  });

  test('does not promise a retry when Xero refuses the mark', async () => {
    const lines = [{ Description: 'Lamp', UnitAmount: 110, TaxType: 'OUTPUT', AccountCode: '200' }];
    const draft = { tenantId, Contact: { ContactID: contactId }, Status: 'ACCEPTED' as const };
    const quote = await app.control.addQuote({ ...draft, LineAmountTypes: 'Inclusive', LineItems: lines });
    await app.control.fault({ kind: 'status', status: 400, method: 'POST', path: '/Quotes/', times: 2 });
    expect(await act(quote, 'convert_to_invoice')).toMatchObject({ status: 200, body: { warnings: ['quote_failed'] } });
  });
});
