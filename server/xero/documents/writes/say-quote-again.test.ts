import { describe, expect, test } from 'vitest';
import type { XeroDocument } from '../document.ts';
import { getOnly, parseFullQuotes } from '../parse-full-documents.ts';
import { canSayLinesAgain, formatQuoteAgain } from './say-quote-again.ts';

/** A line as in Xero's documentation of Quotes, with discounts and members seen elsewhere. */
const line = {
  LineItemID: '060f0936-5818-4b31-acbd-6c733dafbc1a',
  AccountCode: '200',
  AccountID: '11111111-1111-4111-8111-111111111111',
  Description: 'Development work',
  UnitAmount: 650.1234,
  DiscountRate: 10.0,
  DiscountAmount: 65.01,
  DiscountEnteredAsPercent: true,
  LineAmount: 585.11,
  ItemCode: '',
  Item: { Code: 'DevD' },
  Quantity: 1.0,
  TaxAmount: 58.51,
  TaxType: 'OUTPUT',
  ValidationErrors: [],
  Tracking: [
    {
      TrackingCategoryID: '093af706-c2aa-4d97-a4ce-2d205a017eac',
      TrackingOptionID: 'ae777a87-5ef3-4fa0-a4f0-d10e1f13073a',
      Name: 'Region',
      Option: 'Eastside',
    },
  ],
};
const quote = {
  QuoteID: '68e9965d-8d22-4e22-a01c-ee0a78fb3ea1',
  QuoteNumber: '0010',
  Reference: 'REF-123',
  Terms: 'Valid until the end of the month',
  Contact: { ContactID: '42771b60-19a7-4692-af81-dd9f9b9362d4', Name: 'ABC Furniture', EmailAddress: 'a@b.example' },
  LineItems: [line],
  Date: '/Date(1574035200000)/',
  DateString: '2019-11-18T00:00:00',
  ExpiryDate: '/Date(1575072000000)/',
  ExpiryDateString: '2019-11-30T00:00:00',
  Status: 'SENT',
  CurrencyRate: 0.901366,
  CurrencyCode: 'CAD',
  SubTotal: 585.11,
  TotalTax: 58.51,
  Total: 643.62,
  TotalDiscount: 65.01,
  Title: 'Quote for dev work',
  Summary: '',
  BrandingThemeID: '2ced98b8-3be9-42c4-ae79-fe3c8bca3490',
  UpdatedDateUTC: '/Date(1574029509507)/',
  LineAmountTypes: 'EXCLUSIVE',
  Shipping: { Carrier: 'Post', Cost: 12.5 },
  Labels: ['urgent'],
  Notes: [] as string[],
};
function answer(change: object = {}) {
  return JSON.stringify({ Status: 'OK', Quotes: [{ ...quote, ...change }] });
}
function say(text: string, hasLines = true) {
  return formatQuoteAgain(text, 'ACCEPTED', { hasLines });
}

describe('a quote sent back', () => {
  test('a change of status sends everything back as Xero returned it', () => {
    const { Tracking, AccountID, DiscountAmount, DiscountEnteredAsPercent, Item, ItemCode, ValidationErrors, ...kept } =
      line;
    const {
      DateString,
      ExpiryDateString,
      SubTotal,
      TotalTax,
      Total,
      TotalDiscount,
      Summary,
      UpdatedDateUTC,
      Notes,
      ...head
    } = quote;
    expect(JSON.parse(say(answer()))).toEqual({
      Quotes: [
        {
          ...head,
          Contact: { ContactID: '42771b60-19a7-4692-af81-dd9f9b9362d4' },
          Date: '2019-11-18',
          ExpiryDate: '2019-11-30',
          Status: 'ACCEPTED',
          LineItems: [{ ...kept, Tracking: [{ TrackingOptionID: 'ae777a87-5ef3-4fa0-a4f0-d10e1f13073a' }] }],
        },
      ],
    });
  });

  test('keeps numbers with more digits than a float', () => {
    const text = answer().replace('650.1234', '12345678901234567.1250').replace('0.901366', '0.9013660000000000001');
    expect(say(text)).toContain('"UnitAmount":12345678901234567.1250');
    expect(say(text)).toContain('"CurrencyRate":0.9013660000000000001');
    // A number that is text stays text.
    expect(say(text)).toContain('"QuoteNumber":"0010"');
  });

  test.each([
    [{ DiscountRate: 0, DiscountAmount: 200, DiscountEnteredAsPercent: undefined }, { DiscountAmount: 200 }],
    [{ DiscountRate: undefined, DiscountAmount: 200 }, { DiscountAmount: 200 }],
    [{ DiscountRate: 20, DiscountAmount: 200, DiscountEnteredAsPercent: false }, { DiscountAmount: 200 }],
    [{ DiscountRate: 20, DiscountAmount: 200, DiscountEnteredAsPercent: undefined }, { DiscountRate: 20 }],
    [{ DiscountRate: undefined, DiscountAmount: undefined }, {}],
  ])('sends the discount %j once: %j', (told, said) => {
    const [{ LineItems }] = JSON.parse(say(answer({ LineItems: [{ ...line, ...told }] }))).Quotes;
    const { DiscountRate, DiscountAmount } = LineItems[0];
    expect({ DiscountRate, DiscountAmount }).toEqual({ DiscountRate: undefined, DiscountAmount: undefined, ...said });
  });

  test('leaves out empty members', () => {
    const silent = { Description: 'Words', ItemCode: null, TaxType: '', Tracking: [], ValidationErrors: null };
    const [said] = JSON.parse(
      say(answer({ Reference: null, Terms: '', LineItems: [silent, { Tracking: null }] })),
    ).Quotes;
    expect(Object.keys(said)).not.toContain('Reference');
    expect(Object.keys(said)).not.toContain('Terms');
    expect(said.LineItems).toEqual([{ Description: 'Words' }, {}]);
  });

  test('sends tracking without an option id as Xero returned it', () => {
    const Tracking = [{ Name: 'Region', Option: 'East' }, null];
    expect(JSON.parse(say(answer({ LineItems: [{ Tracking }] }))).Quotes[0].LineItems).toEqual([{ Tracking }]);
  });

  test('sends the id of an account without a code', () => {
    const LineItems = [{ AccountID: line.AccountID }];
    expect(JSON.parse(say(answer({ LineItems }))).Quotes[0].LineItems).toEqual(LineItems);
  });

  test.each([
    ['{"Quotes":[]}'],
    ['{"Quotes":[{},{}]}'],
    ['{"Quotes":[null]}'],
    ['{"Quotes":["x"]}'],
    ['{"Quotes":[[]]}'],
  ])('does not take %s for a quote', (text) => {
    expect(() => say(text)).toThrow(expect.objectContaining({ code: 'xero_invalid_answer' }));
  });

  test('sends everything else when lines are left out', () => {
    const { LineItems: _, ...rest } = JSON.parse(say(answer())).Quotes[0];
    expect(JSON.parse(say(answer(), false)).Quotes).toEqual([rest]);
  });
});

describe('whether lines mean the same when sent back', () => {
  const read = (change: object): XeroDocument =>
    getOnly(parseFullQuotes({ status: 200, headers: {}, text: answer(change) }));
  const amounts = (LineAmountTypes: string, LineAmount: number | undefined) => ({
    LineAmountTypes,
    LineItems: [{ ...line, LineAmount }],
    SubTotal: 902.48,
    TotalTax: 90.25,
    Total: 992.73,
  });

  test.each([
    ['EXCLUSIVE', 902.48, true],
    ['INCLUSIVE', 992.73, true],
    // Xero sent amounts without tax although the quote is inclusive. If sent back, tax would be deducted twice.
    ['INCLUSIVE', 902.48, false],
    ['EXCLUSIVE', 992.73, false],
    ['INCLUSIVE', undefined, false],
  ])('%s, line of %s: %s', (types, lineAmount, can) => {
    expect(canSayLinesAgain(read(amounts(types, lineAmount)))).toBe(can);
  });

  test('cannot tell when one line has no amount', () => {
    const LineItems = [{ ...line, LineAmount: 902.48 }, { Description: 'Words' }];
    expect(canSayLinesAgain(read({ ...amounts('EXCLUSIVE', 0), LineItems }))).toBe(false);
  });

  test('without tax, lines add up to the total; missing lines are not sent', () => {
    const none = { LineAmountTypes: 'NOTAX', SubTotal: 585.11, TotalTax: 0, Total: 585.11 };
    expect(canSayLinesAgain(read(none))).toBe(true);
    expect(canSayLinesAgain(read({ ...none, LineItems: [] }))).toBe(false);
    expect(canSayLinesAgain(read({ ...none, SubTotal: 0, Total: 0, LineItems: [] }))).toBe(false);
  });
});
