import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../../testing/desk.ts';
import { invoiceForms, lampLine as line } from '../../testing/invoices.ts';

let desk: TestDesk;
const { approved, bill, draft, refused } = invoiceForms(() => desk);

beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.session.xero.close());
beforeEach(() => desk.renew());

describe('what is refused', () => {
  const on = (change: Record<string, unknown>) => draft({ LineItems: [{ ...line, ...change }] });

  test.each<[string, () => unknown, string]>([
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

  test('a date in a locked period names the lock date', async () => {
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

  test('the element has all messages, and each part its own', async () => {
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

  test('one bad element keeps both out, unless summarizeErrors is false', async () => {
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

  test.each([
    { LineAmountTypes: 'EXCLUSIVE' },
    { Status: 'OPEN' },
    { Date: '5/11/2026' },
    { Date: '2026-02-30' },
    { LineItems: [{ Quantity: 'two' }] },
  ])('does not understand the JSON with %o', async (change) => {
    const answer = await desk.send('PUT', '/Invoices', draft(change));
    expect([answer.status, await answer.json()]).toMatchObject([400, { Type: 'PostDataInvalidException' }]);
  });
});
