import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';

let desk: TestDesk;

beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.session.xero.close());
beforeEach(() => desk.renew());

const line = { Description: 'Lamp', Quantity: 2, UnitAmount: 50, AccountCode: '200' };
const draft = (more: Record<string, unknown> = {}) => ({
  Type: 'ACCREC',
  Contact: { ContactID: desk.contact('Blue Gum Dental') },
  LineItems: [line],
  ...more,
});
const approved = (more: Record<string, unknown> = {}) =>
  draft({ Status: 'AUTHORISED', Date: '2026-11-01', DueDate: '2026-11-15', ...more });
const bill = (more: Record<string, unknown> = {}) =>
  draft({ Type: 'ACCPAY', LineItems: [{ ...line, AccountCode: '429' }], ...more });
const put = (body: unknown) => desk.write('PUT', '/Invoices', { Invoices: [body] });
const post = (id: unknown, body: unknown) => desk.write('POST', `/Invoices/${id}`, { Invoices: [body] });
const refused = (body: unknown) => desk.refusal('PUT', '/Invoices', { Invoices: [body] });
const refusedChange = (id: unknown, body: unknown) => desk.refusal('POST', `/Invoices/${id}`, { Invoices: [body] });

describe('making invoices and bills', () => {
  it('when a draft is put, then number, tax, currency and update time are given', async () => {
    const made = await put(draft({ Url: 'https://crm.example/deal/1', Reference: 'PO 1' }));
    expect(made).toMatchObject({
      Type: 'ACCREC',
      InvoiceNumber: expect.stringMatching(/^INV-\d{4}$/),
      Status: 'DRAFT',
      LineAmountTypes: 'Exclusive',
      CurrencyCode: 'AUD',
      Reference: 'PO 1',
      Url: 'https://crm.example/deal/1',
      LineItems: [{ TaxType: 'OUTPUT', TaxAmount: 10, LineAmount: 100 }],
      SubTotal: 100,
      TotalTax: 10,
      Total: 110,
      AmountDue: 110,
    });
    const { Invoices } = (await (await desk.read(`/Invoices/${made.InvoiceID}`)).json()) as { Invoices: unknown[] };
    expect(Invoices).toEqual([made]);
  });

  it('when a bill is put, then its number need not be unique, it has no reference and its account’s tax', async () => {
    const made = await put(bill({ InvoiceNumber: '4711', Reference: 'gone' }));
    expect(made).toMatchObject({ InvoiceNumber: '4711', Reference: '', LineItems: [{ TaxType: 'INPUT' }] });
    expect(await put(bill({ InvoiceNumber: '4711' }))).not.toMatchObject({ InvoiceID: made.InvoiceID });
    expect(await put(bill())).toMatchObject({ InvoiceNumber: '' });
  });

  it('when only type and contact are given, then it is an empty draft', async () => {
    expect(await put(draft({ LineItems: undefined }))).toMatchObject({ LineItems: [], Total: 0, Status: 'DRAFT' });
  });

  it.each([
    ['Exclusive', { SubTotal: 100, TotalTax: 10, Total: 110 }],
    ['Inclusive', { SubTotal: 90.91, TotalTax: 9.09, Total: 100 }],
    ['NoTax', { SubTotal: 100, TotalTax: 0, Total: 100 }],
  ])('when amounts are %s, then the totals follow', async (LineAmountTypes, totals) => {
    expect(await put(draft({ LineAmountTypes }))).toMatchObject({ ...totals, LineAmountTypes });
  });

  it('when a unit amount has more than two decimals, then it is rounded unless unitdp is 4', async () => {
    const fine = draft({ LineItems: [{ ...line, Quantity: 100, UnitAmount: 0.0049, TaxType: 'BASEXCLUDED' }] });
    expect(await put(fine)).toMatchObject({ Total: 0, LineItems: [{ UnitAmount: 0 }] });
    const kept = await desk.write('PUT', '/Invoices?unitdp=4', fine);
    expect(kept).toMatchObject({ Total: 0.49, LineItems: [{ UnitAmount: 0.0049 }] });
  });

  it('when a line names an item, then it brings description, price and account, and the account the tax', async () => {
    const made = await put(draft({ LineItems: [{ ItemCode: 'LAMP-S', Quantity: 2 }] }));
    expect(made.LineItems).toMatchObject([
      { Description: 'Harbour lamp, small', UnitAmount: 189.5, AccountCode: '200', TaxType: 'OUTPUT', LineAmount: 379 },
    ]);
    const own = { ItemCode: 'LAMP-S', Description: 'Ours', UnitAmount: 1, AccountCode: '260', TaxType: 'EXEMPTOUTPUT' };
    expect((await put(draft({ LineItems: [own] }))).LineItems).toMatchObject([own]);
  });

  it('when lines are discounted, then by rate or by amount, and the invoice says how much', async () => {
    const lines = [
      { ...line, DiscountRate: 10 },
      { ...line, DiscountAmount: 5 },
    ];
    expect(await put(draft({ LineItems: lines }))).toMatchObject({
      LineItems: [{ LineAmount: 90 }, { LineAmount: 95 }],
      TotalDiscount: 15,
      IsDiscounted: true,
      Total: 203.5,
    });
  });

  it('when a line is only words, then an approved invoice takes it and it costs nothing', async () => {
    const made = await put(approved({ LineItems: [line, { Description: 'Delivered in May' }] }));
    expect(made).toMatchObject({ LineItems: [{}, { Description: 'Delivered in May', LineAmount: 0 }], Total: 110 });
  });

  it('when quantity or unit amount is left out, then it follows from the line amount', async () => {
    const lines = [
      { Description: 'a', LineAmount: 30, Quantity: 4 },
      { Description: 'b', LineAmount: 30, UnitAmount: 12 },
    ];
    const made = await put(draft({ LineItems: lines }));
    expect(made.LineItems).toMatchObject([
      { UnitAmount: 7.5, LineAmount: 30 },
      { Quantity: 2.5, LineAmount: 30 },
    ]);
  });

  it('when a tax amount is given, then it stands in place of the rate’s, until amounts mean something else', async () => {
    const made = await put(draft({ LineItems: [{ ...line, TaxAmount: 9.99 }] }));
    expect(made).toMatchObject({ TotalTax: 9.99, Total: 109.99 });
    expect(await post(made.InvoiceID, { LineAmountTypes: 'Exclusive' })).toMatchObject({ TotalTax: 9.99 });
    expect(await post(made.InvoiceID, { LineAmountTypes: 'Inclusive' })).toMatchObject({ TotalTax: 9.09, Total: 100 });
  });

  it('when tracking is given by name or by id, then both are kept with both', async () => {
    const lists = (await (await desk.read('/TrackingCategories')).json()) as {
      TrackingCategories: { TrackingCategoryID: string; Options: { TrackingOptionID: string }[] }[];
    };
    const second = lists.TrackingCategories[1];
    const byId = {
      TrackingCategoryID: second?.TrackingCategoryID,
      TrackingOptionID: second?.Options[0]?.TrackingOptionID,
    };
    const made = await put(draft({ LineItems: [{ ...line, Tracking: [{ Name: 'Region', Option: 'North' }, byId] }] }));
    expect(made.LineItems).toMatchObject([{ Tracking: [{ Name: 'Region', Option: 'North' }, byId] }]);
  });

  it('when the currency is another, then a rate is given where none was', async () => {
    expect(await put(draft({ CurrencyCode: 'USD' }))).toMatchObject({ CurrencyRate: 0.647585 });
    expect(await put(draft({ CurrencyCode: 'USD', CurrencyRate: 0.7 }))).toMatchObject({ CurrencyRate: 0.7 });
  });

  it('when dates come as text or Xero’s own way, then the calendar day is kept', async () => {
    const dates = { Date: '2026-11-05T00:00:00', DueDate: '/Date(1795046400000+0000)/' };
    expect(await put(draft(dates))).toMatchObject({
      DateString: '2026-11-05T00:00:00',
      DueDateString: '2026-11-19T00:00:00',
    });
    expect(await put(draft({ Date: '2026-11-05T08:00:00+11:00' }))).toMatchObject({
      DateString: '2026-11-04T00:00:00',
    });
  });

  it('when the contact is named by more than its id, then its fields are overwritten', async () => {
    const ContactID = desk.contact('Blue Gum Dental');
    await put(draft({ Contact: { ContactID, EmailAddress: 'new@bluegumdental.example' } }));
    const { Contacts } = (await (await desk.read(`/Contacts/${ContactID}`)).json()) as { Contacts: unknown[] };
    expect(Contacts).toMatchObject([{ Name: 'Blue Gum Dental', EmailAddress: 'new@bluegumdental.example' }]);
    expect(await put(draft({ Contact: { Name: 'Quite New' } }))).toMatchObject({ Contact: { Name: 'Quite New' } });
    expect(await put(draft({ Contact: { Name: 'marisol vega' } }))).toMatchObject({
      Contact: { ContactID: desk.contact('Marisol Vega') },
    });
  });

  it('when it is looked for by its Url, then where finds it', async () => {
    const made = await put(draft({ Url: 'https://crm.example/w/1' }));
    const answer = await desk.read(`/Invoices?where=${encodeURIComponent('Url=="https://crm.example/w/1"')}`);
    expect(await answer.json()).toMatchObject({ Invoices: [{ InvoiceID: made.InvoiceID }] });
  });
});

describe('what is refused', () => {
  const on = (change: Record<string, unknown>) => draft({ LineItems: [{ ...line, ...change }] });

  it.each<[string, () => unknown, string]>([
    ['no type', () => draft({ Type: undefined }), 'Invoice Type must be specified'],
    ['no contact', () => draft({ Contact: undefined }), 'A Contact must be specified for this type of transaction'],
    [
      'a contact without a name',
      () => draft({ Contact: {} }),
      'The Contact must contain at least 1 of the following elements to identify the contact: Name, ContactID, ContactNumber',
    ],
    [
      'an unknown contact',
      () => draft({ Contact: { ContactID: '00000000-0000-0000-0000-000000000009' } }),
      'An existing Contact with the specified ContactID could not be found',
    ],
    [
      'an archived contact',
      () => draft({ Contact: { ContactID: desk.contact('Bower Bird Antiques') } }),
      'The specified contact details matched an archived contact. Archived contacts cannot currently be edited via the API.',
    ],
    [
      'a bad e-mail for the contact',
      () => draft({ Contact: { ContactID: desk.contact('Blue Gum Dental'), EmailAddress: 'x' } }),
      'Email address must be valid.',
    ],
    [
      'an unknown account',
      () => on({ AccountCode: '999' }),
      "Account code '999' is not a valid code for this document.",
    ],
    ['a bank account', () => on({ AccountCode: '090' }), "Account code '090' is not a valid code for this document."],
    ['the debtors', () => on({ AccountCode: '610' }), "Account code '610' is not a valid code for this document."],
    [
      'an archived account',
      () => on({ AccountCode: '477' }),
      "Account code '477' has been archived, or has been deleted. Each line item must reference a valid account.",
    ],
    [
      'a tax that does not suit the account',
      () => on({ TaxType: 'INPUT' }),
      "The TaxType code 'INPUT' cannot be used with account code '200'.",
    ],
    [
      'an unknown tax',
      () => on({ TaxType: 'GST on Income' }),
      "The TaxType code 'GST on Income' does not exist or cannot be used for this type of transaction.",
    ],
    ['an unknown item', () => on({ ItemCode: 'NOPE' }), "Item code 'NOPE' is not valid"],
    ['an item no longer sold', () => on({ ItemCode: 'LAMP-OLD' }), "Item code 'LAMP-OLD' is not valid"],
    [
      'three tracking entries',
      () => on({ Tracking: [1, 2, 3].map(() => ({ Name: 'Region', Option: 'North' })) }),
      'A line item can have at most 2 tracking categories.',
    ],
    [
      'an unknown tracking option',
      () => on({ Tracking: [{ Name: 'Region', Option: 'Up' }] }),
      "The tracking option 'Up' of 'Region' could not be found.",
    ],
    [
      'a line amount that does not fit',
      () => on({ LineAmount: 99 }),
      'The line total 99.00 does not match the expected line total 100.00',
    ],
    [
      'a discount on a bill',
      () => bill({ LineItems: [{ ...line, AccountCode: '429', DiscountRate: 5 }] }),
      'Discounts are not supported on ACCPAY invoices.',
    ],
    ['a currency', () => draft({ CurrencyCode: 'CHF' }), 'Organisation is not subscribed to currency CHF'],
    [
      'a branding theme',
      () => draft({ BrandingThemeID: '00000000-0000-0000-0000-000000000009' }),
      'The specified BrandingThemeID could not be found',
    ],
    ['a number that is taken', () => draft({ InvoiceNumber: 'inv-0087' }), 'Invoice # must be unique.'],
    ['the status PAID', () => draft({ Status: 'PAID' }), 'Invoice not of valid status for creation'],
    ['no due date', () => approved({ DueDate: undefined }), 'The DueDate field is mandatory.'],
    ['no lines', () => approved({ LineItems: [] }), 'One or more line items must be specified'],
    [
      'a line without description',
      () => approved({ LineItems: [{ ...line, Description: undefined }] }),
      'Description field is mandatory.',
    ],
    [
      'a line without account',
      () => approved({ LineItems: [{ ...line, AccountCode: undefined }] }),
      'Account code or ID must be specified',
    ],
  ])('when it has %s, then the text says so', async (_what, body, text) => {
    expect(await refused(body())).toEqual([text]);
  });

  it('when the date lies in a locked period, then the text names the lock date', async () => {
    const { Organisations } = (await (await desk.read('/Organisation')).json()) as {
      Organisations: { PeriodLockDate: string }[];
    };
    expect(Organisations[0]?.PeriodLockDate).toMatch(/^\/Date\(\d+\+0000\)\/$/);
    expect(await refused(draft({ Date: '2020-01-31' }))).toEqual([
      expect.stringMatching(
        /^The document date cannot be before the period lock date, currently set at 30 June \d{4}$/,
      ),
    ]);
  });

  it('when several things are wrong, then the element has all, and each part its own', async () => {
    const bad = approved({
      Contact: { ContactID: desk.contact('Bower Bird Antiques') },
      CurrencyCode: 'CHF',
      LineItems: [line, { ...line, AccountCode: '999' }],
    });
    const { Elements } = (await (await desk.send('PUT', '/Invoices', bad)).json()) as {
      Elements: Record<string, unknown>[];
    };
    expect(Elements[0]).toMatchObject({
      InvoiceID: '00000000-0000-0000-0000-000000000000',
      HasErrors: true,
      Contact: { ValidationErrors: [{ Message: expect.stringContaining('archived contact') }] },
      LineItems: [{ ValidationErrors: [] }, { ValidationErrors: [{ Message: expect.stringContaining("'999'") }] }],
    });
    expect(Elements[0]?.ValidationErrors).toHaveLength(3);
  });

  it('when one of two is bad, then nothing is kept, unless summarizeErrors is false', async () => {
    const body = { Invoices: [draft({ InvoiceNumber: 'NEW-1' }), draft({ CurrencyCode: 'CHF' })] };
    expect((await desk.send('PUT', '/Invoices', body)).status).toBe(400);
    expect(await (await desk.read('/Invoices?InvoiceNumbers=NEW-1')).json()).toMatchObject({ Invoices: [] });
    const answer = await desk.send('PUT', '/Invoices?summarizeErrors=false', body);
    expect([answer.status, await answer.json()]).toEqual([
      200,
      expect.objectContaining({
        Invoices: [
          expect.objectContaining({ InvoiceNumber: 'NEW-1', StatusAttributeString: 'OK' }),
          expect.objectContaining({ StatusAttributeString: 'ERROR', HasErrors: true }),
        ],
      }),
    ]);
  });

  it.each([
    { LineAmountTypes: 'EXCLUSIVE' },
    { Status: 'OPEN' },
    { Date: '5/11/2026' },
    { Date: '2026-02-30' },
    { LineItems: [{ Quantity: 'two' }] },
  ])('when it says %o, then the JSON is not understood', async (change) => {
    const answer = await desk.send('PUT', '/Invoices', draft(change));
    expect([answer.status, await answer.json()]).toMatchObject([400, { Type: 'PostDataInvalidException' }]);
  });
});

describe('changing invoices', () => {
  it('when it is posted to its id, then what is not said stays, and the update time moves', async () => {
    const made = await put(draft({ Reference: 'PO 1' }));
    await desk.session.control.clock({ advanceSeconds: 60 });
    const changed = await post(made.InvoiceID, { DueDate: '2026-12-24', LineItems: [], Contact: {} });
    expect(changed).toMatchObject({ Reference: 'PO 1', Total: 110, DueDateString: '2026-12-24T00:00:00' });
    expect(changed.UpdatedDateUTC).not.toBe(made.UpdatedDateUTC);
  });

  it('when lines are sent, then they replace those before; one with its id keeps it', async () => {
    const made = await put(draft({ LineItems: [line, { ...line, Description: 'Shade' }] }));
    const [, second] = made.LineItems as { LineItemID: string }[];
    const changed = await post(made.InvoiceID, { LineItems: [{ ...line, LineItemID: second?.LineItemID }] });
    expect(changed.LineItems).toMatchObject([{ LineItemID: second?.LineItemID }]);
  });

  it('when a sales invoice is posted under a number that is there, then that one is changed', async () => {
    const made = await put(draft({ InvoiceNumber: 'CRM-1' }));
    const again = await desk.write('POST', '/Invoices', { InvoiceNumber: 'CRM-1', Type: 'ACCREC', Reference: 'two' });
    expect(again).toMatchObject({ InvoiceID: made.InvoiceID, Reference: 'two' });
  });

  it('when the id is nobody’s, then it is a 404 in the address and a text in the body', async () => {
    const InvoiceID = '00000000-0000-0000-0000-000000000009';
    expect((await desk.send('POST', `/Invoices/${InvoiceID}`, { Status: 'DELETED' })).status).toBe(404);
    expect(await desk.refusal('POST', '/Invoices', { InvoiceID })).toEqual([
      'An existing Invoice with the specified InvoiceID could not be found',
    ]);
  });

  it.each([
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

  it('when it was voided or deleted, then it stays so and owes nothing', async () => {
    const made = await put(approved());
    expect(await post(made.InvoiceID, { Status: 'VOIDED' })).toMatchObject({ AmountDue: 0 });
    expect(await refusedChange(made.InvoiceID, { Reference: 'x' })).toEqual([
      'Invoice not of valid status for modification',
    ]);
    expect(await put(draft({ InvoiceNumber: made.InvoiceNumber }))).toMatchObject({
      InvoiceNumber: made.InvoiceNumber,
    });
  });

  it('when something was paid, then words may change and money may not', async () => {
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

  it('when a draft without a due date is approved, then it is asked for', async () => {
    const made = await put(draft({ LineItems: [{ Description: 'Lamp', UnitAmount: 5 }] }));
    expect(await refusedChange(made.InvoiceID, { Status: 'AUTHORISED' })).toEqual([
      'Account code or ID must be specified',
      'The DueDate field is mandatory.',
    ]);
  });
});
