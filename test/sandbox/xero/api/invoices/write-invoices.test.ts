import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../../testing/desk.ts';
import { invoiceForms, lampLine as line } from '../../testing/invoices.ts';

let desk: TestDesk;
const { approved, bill, draft, post, put } = invoiceForms(() => desk);

beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.session.xero.close());
beforeEach(() => desk.renew());

describe('making invoices and bills', () => {
  test('a new draft gets number, tax, currency and update time', async () => {
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

  test('a bill needs no unique number, has no reference, takes account tax', async () => {
    const made = await put(bill({ InvoiceNumber: '4711', Reference: 'gone' }));
    expect(made).toMatchObject({ InvoiceNumber: '4711', Reference: '', LineItems: [{ TaxType: 'INPUT' }] });
    expect(await put(bill({ InvoiceNumber: '4711' }))).not.toMatchObject({ InvoiceID: made.InvoiceID });
    expect(await put(bill())).toMatchObject({ InvoiceNumber: '' });
  });

  test('when only type and contact are given, then it is an empty draft', async () => {
    expect(await put(draft({ LineItems: undefined }))).toMatchObject({ LineItems: [], Total: 0, Status: 'DRAFT' });
  });

  test.each([
    ['Exclusive', { SubTotal: 100, TotalTax: 10, Total: 110 }],
    ['Inclusive', { SubTotal: 90.91, TotalTax: 9.09, Total: 100 }],
    ['NoTax', { SubTotal: 100, TotalTax: 0, Total: 100 }],
  ])('when amounts are %s, then the totals follow', async (LineAmountTypes, totals) => {
    expect(await put(draft({ LineAmountTypes }))).toMatchObject({ ...totals, LineAmountTypes });
  });

  test('rounds unit amounts to two decimals unless unitdp is 4', async () => {
    const fine = draft({ LineItems: [{ ...line, Quantity: 100, UnitAmount: 0.0049, TaxType: 'BASEXCLUDED' }] });
    expect(await put(fine)).toMatchObject({ Total: 0, LineItems: [{ UnitAmount: 0 }] });
    const kept = await desk.write('PUT', '/Invoices?unitdp=4', fine);
    expect(kept).toMatchObject({ Total: 0.49, LineItems: [{ UnitAmount: 0.0049 }] });
  });

  test('an item sets description, price and account, the account the tax', async () => {
    const made = await put(draft({ LineItems: [{ ItemCode: 'LAMP-S', Quantity: 2 }] }));
    expect(made.LineItems).toMatchObject([
      { Description: 'Harbour lamp, small', UnitAmount: 189.5, AccountCode: '200', TaxType: 'OUTPUT', LineAmount: 379 },
    ]);
    const own = { ItemCode: 'LAMP-S', Description: 'Ours', UnitAmount: 1, AccountCode: '260', TaxType: 'EXEMPTOUTPUT' };
    expect((await put(draft({ LineItems: [own] }))).LineItems).toMatchObject([own]);
  });

  test('discounts by rate or amount, with the sum on the invoice', async () => {
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

  test('an approved invoice accepts a line with text only, at no cost', async () => {
    const made = await put(approved({ LineItems: [line, { Description: 'Delivered in May' }] }));
    expect(made).toMatchObject({ LineItems: [{}, { Description: 'Delivered in May', LineAmount: 0 }], Total: 110 });
  });

  test('computes a missing quantity or unit amount from the line amount', async () => {
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

  test('a given tax amount replaces the rate’s until amounts change type', async () => {
    const made = await put(draft({ LineItems: [{ ...line, TaxAmount: 9.99 }] }));
    expect(made).toMatchObject({ TotalTax: 9.99, Total: 109.99 });
    expect(await post(made.InvoiceID, { LineAmountTypes: 'Exclusive' })).toMatchObject({ TotalTax: 9.99 });
    expect(await post(made.InvoiceID, { LineAmountTypes: 'Inclusive' })).toMatchObject({ TotalTax: 9.09, Total: 100 });
  });

  test('when tracking is given by name or by id, then both are kept with both', async () => {
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

  test('when the currency is another, then a rate is given where none was', async () => {
    expect(await put(draft({ CurrencyCode: 'USD' }))).toMatchObject({ CurrencyRate: 0.647585 });
    expect(await put(draft({ CurrencyCode: 'USD', CurrencyRate: 0.7 }))).toMatchObject({ CurrencyRate: 0.7 });
  });

  test('keeps the calendar day of dates as text or in Xero’s format', async () => {
    const dates = { Date: '2026-11-05T00:00:00', DueDate: '/Date(1795046400000+0000)/' };
    expect(await put(draft(dates))).toMatchObject({
      DateString: '2026-11-05T00:00:00',
      DueDateString: '2026-11-19T00:00:00',
    });
    expect(await put(draft({ Date: '2026-11-05T08:00:00+11:00' }))).toMatchObject({
      DateString: '2026-11-04T00:00:00',
    });
  });

  test('further contact fields overwrite the contact', async () => {
    const ContactID = desk.contact('Blue Gum Dental');
    await put(draft({ Contact: { ContactID, EmailAddress: 'new@bluegumdental.example' } }));
    const { Contacts } = (await (await desk.read(`/Contacts/${ContactID}`)).json()) as { Contacts: unknown[] };
    expect(Contacts).toMatchObject([{ Name: 'Blue Gum Dental', EmailAddress: 'new@bluegumdental.example' }]);
    expect(await put(draft({ Contact: { Name: 'Quite New' } }))).toMatchObject({ Contact: { Name: 'Quite New' } });
    expect(await put(draft({ Contact: { Name: 'marisol vega' } }))).toMatchObject({
      Contact: { ContactID: desk.contact('Marisol Vega') },
    });
  });

  test('when it is looked for by its Url, then where finds it', async () => {
    const made = await put(draft({ Url: 'https://crm.example/w/1' }));
    const answer = await desk.read(`/Invoices?where=${encodeURIComponent('Url=="https://crm.example/w/1"')}`);
    expect(await answer.json()).toMatchObject({ Invoices: [{ InvoiceID: made.InvoiceID }] });
  });
});
