import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../../testing/desk.ts';

let desk: TestDesk;

beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.session.xero.close());
beforeEach(() => desk.renew());

const line = { Description: 'Lamp', Quantity: 1, UnitAmount: 19.95, DiscountRate: 10 };
function draft(more: Record<string, unknown> = {}) {
  return {
    Contact: { ContactID: desk.contact('Harbour Lights Pty Ltd') },
    LineItems: [line],
    Date: '2026-11-10',
    ...more,
  };
}
type Quote = Record<string, unknown>;
function put(body: unknown): Promise<Quote> {
  return desk.write('PUT', '/Quotes', { Quotes: [body] });
}
/** Members that every update must repeat. */
function again(more: Quote) {
  return {
    Contact: { ContactID: desk.contact('Harbour Lights Pty Ltd') },
    Date: '2026-11-10',
    ...more,
  };
}
function post(id: unknown, more: Quote): Promise<Quote> {
  return desk.write('POST', `/Quotes/${id}`, { Quotes: [again(more)] });
}
const region = { TrackingCategoryID: '', TrackingOptionID: '', Name: 'Region', Option: 'East' };
/** The ids of the option East. */
async function readRegion(): Promise<typeof region> {
  const answer = await desk.read('/TrackingCategories');
  const { TrackingCategories } = (await answer.json()) as {
    TrackingCategories: { TrackingCategoryID: string; Options: { TrackingOptionID: string; Name: string }[] }[];
  };
  for (const { TrackingCategoryID, Options } of TrackingCategories) {
    const option = Options.find(({ Name }) => Name === 'East');
    if (option) return { ...region, TrackingCategoryID, TrackingOptionID: option.TrackingOptionID };
  }
  throw new Error('no option East');
}

describe('making quotes', () => {
  test('when a quote is put, then it is a draft with a number and its totals', async () => {
    const made = await put(
      draft({ LineAmountTypes: 'INCLUSIVE', Title: 'Lamps', Summary: 's', Terms: 't', ExpiryDate: '2026-12-10' }),
    );
    expect(made).toMatchObject({
      QuoteNumber: expect.stringMatching(/^QU-\d{4}$/),
      Status: 'DRAFT',
      LineAmountTypes: 'INCLUSIVE',
      Title: 'Lamps',
      ExpiryDateString: '2026-12-10T00:00:00',
      Total: 17.96,
      TotalDiscount: 1.99,
      CurrencyCode: 'AUD',
    });
    const answer = await desk.read(`/Quotes/${made.QuoteID}`);
    expect(await answer.json()).toMatchObject({ Quotes: [made] });
  });

  test('when a unit amount has four decimals, then they are kept', async () => {
    const made = await put(draft({ LineItems: [{ Description: 'Bolt', Quantity: 1000, UnitAmount: 0.0125 }] }));
    expect(made).toMatchObject({ LineItems: [{ UnitAmount: 0.0125 }], SubTotal: 12.5 });
  });

  test.each<[string, () => unknown, string]>([
    ['no lines', () => draft({ LineItems: [] }), 'One or more line items must be specified'],
    ['no contact', () => draft({ Contact: undefined }), 'A Contact must be specified for this type of transaction'],
    ['a line without words', () => draft({ LineItems: [{ UnitAmount: 5 }] }), 'Description field is mandatory.'],
    ['a number that is taken', () => draft({ QuoteNumber: 'QU-0041' }), 'Quote number must be unique'],
    [
      'a long title',
      () => draft({ Title: 'x'.repeat(101) }),
      'The field Title must be a string with a maximum length of 100.',
    ],
    [
      'a long summary',
      () => draft({ Summary: 'x'.repeat(3001) }),
      'The field Summary must be a string with a maximum length of 3000.',
    ],
    [
      'long terms',
      () => draft({ Terms: 'x'.repeat(4001) }),
      'The field Terms must be a string with a maximum length of 4000.',
    ],
    ['a currency', () => draft({ CurrencyCode: 'CHF' }), 'Organisation is not subscribed to currency CHF'],
    ['the status INVOICED', () => draft({ Status: 'INVOICED' }), 'Quote status change is invalid'],
  ])('when it has %s, then the text says so', async (_what, body, text) => {
    expect(await desk.refusal('PUT', '/Quotes', body())).toEqual([text]);
  });

  test('a line without a tax has none, whatever its account sets', async () => {
    const lines = [{ Description: 'Lamp', Quantity: 1, UnitAmount: 100, AccountCode: '200' }];
    expect(await put(draft({ LineItems: lines }))).toMatchObject({ Total: 100, TotalTax: 0 });
    const invoice = await desk.write('PUT', '/Invoices', draft({ Type: 'ACCREC', LineItems: lines }));
    expect(invoice).toMatchObject({ Total: 110 });
  });

  test('tracking by name is dropped, by option id it is kept', async () => {
    const { TrackingCategoryID, TrackingOptionID } = await readRegion();
    const track = async (Tracking: unknown) =>
      (await put(draft({ LineItems: [{ ...line, Tracking: [Tracking] }] }))).LineItems;
    expect(await track({ Name: 'Region', Option: 'East' })).toMatchObject([{ Tracking: [] }]);
    expect(await track({ TrackingOptionID })).toMatchObject([
      { Tracking: [{ ...region, TrackingCategoryID, TrackingOptionID }] },
    ]);
  });

  test('when a discount is an amount, then it comes off the line', async () => {
    const lines = [{ Description: 'Lamp', Quantity: 10, UnitAmount: 100, DiscountAmount: 200, TaxType: 'OUTPUT' }];
    expect(await put(draft({ LineItems: lines }))).toMatchObject({
      LineItems: [{ DiscountAmount: 200, LineAmount: 800 }],
      TotalDiscount: 200,
      Total: 880,
    });
  });

  test('line amount types spelled as an invoice’s are not understood', async () => {
    const answer = await desk.send('PUT', '/Quotes', draft({ LineAmountTypes: 'Exclusive' }));
    expect([answer.status, await answer.json()]).toMatchObject([400, { Type: 'PostDataInvalidException' }]);
  });
});

describe('changing quotes', () => {
  test('sending only the status keeps lines and dates and empties texts', async () => {
    const made = await put(draft({ Title: 'Lamps', Reference: 'R', ExpiryDate: '2026-12-10' }));
    const sent = await post(made.QuoteID, { Status: 'SENT', QuoteNumber: made.QuoteNumber });
    expect(sent).toMatchObject({
      Status: 'SENT',
      Title: '',
      Reference: '',
      Total: made.Total,
      DateString: made.DateString,
    });
    expect(sent.LineItems).toEqual(made.LineItems);
    expect(sent.ExpiryDate).toBeUndefined();
  });

  test('without a tax type, amounts are exclusive from then on', async () => {
    const made = await put(draft({ LineAmountTypes: 'INCLUSIVE', LineItems: [{ ...line, TaxType: 'OUTPUT' }] }));
    expect(made).toMatchObject({ Total: 17.96 });
    expect(await post(made.QuoteID, { Title: 'x' })).toMatchObject({ LineAmountTypes: 'EXCLUSIVE', Total: 19.76 });
  });

  test('when the number is left out, then the quote gets the next one', async () => {
    const made = await put(draft());
    const sent = await post(made.QuoteID, { Status: 'SENT' });
    expect(sent.QuoteNumber).not.toBe(made.QuoteNumber);
    expect(await post(made.QuoteID, { QuoteNumber: made.QuoteNumber })).toMatchObject({
      QuoteNumber: made.QuoteNumber,
    });
  });

  test('is refused without contact or date', async () => {
    const made = await put(draft());
    const refused = (body: unknown) => desk.refusal('POST', `/Quotes/${made.QuoteID}`, body);
    expect(await refused({ Status: 'SENT' })).toEqual(['Contact requires a valid ContactId', 'Date cannot be empty']);
    expect(await refused(again({ Date: undefined }))).toEqual(['Date cannot be empty']);
  });

  test('repeated lines keep their ids; members left out are gone', async () => {
    const [first, second] = [line, { Description: 'Cable', Quantity: 2, UnitAmount: 5 }];
    const made = await put(draft({ LineItems: [first, second] }));
    const [lamp] = made.LineItems as Quote[];
    const said = [{ ...lamp, DiscountRate: undefined, LineAmount: undefined }];
    const changed = await post(made.QuoteID, { LineItems: said });
    expect(changed).toMatchObject({
      LineItems: [{ LineItemID: lamp?.LineItemID, LineAmount: 19.95 }],
      SubTotal: 19.95,
    });
  });

  test('lines of an accepted quote may be repeated but not changed', async () => {
    const made = await put(draft({ Status: 'ACCEPTED' }));
    const [lamp] = made.LineItems as Quote[];
    expect(await post(made.QuoteID, { LineItems: [lamp] })).toMatchObject({ LineItems: [lamp] });
    const cheaper = again({ LineItems: [{ ...lamp, UnitAmount: 1, LineAmount: undefined }] });
    expect(await desk.refusal('POST', `/Quotes/${made.QuoteID}`, cheaper)).toEqual([
      'The line items of a quote that is ACCEPTED cannot be changed',
    ]);
  });

  test('repeating a line keeps a member that nobody knows', async () => {
    const made = await put(draft({ LineItems: [{ ...line, Odd: 'x' }] }));
    const [lamp] = made.LineItems as Quote[];
    expect(lamp).toMatchObject({ Odd: 'x' });
    expect(await post(made.QuoteID, { LineItems: [lamp] })).toMatchObject({ LineItems: [{ Odd: 'x' }] });
    expect(await post(made.QuoteID, { LineItems: [{ ...lamp, Odd: undefined }] })).not.toMatchObject({
      LineItems: [{ Odd: 'x' }],
    });
  });

  test('changes status as documented', async () => {
    const made = await put(draft());
    const refused = (Status: string) => desk.refusal('POST', `/Quotes/${made.QuoteID}`, again({ Status }));
    for (const Status of ['DECLINED', 'ACCEPTED', 'INVOICED'])
      expect(await refused(Status)).toEqual(['Quote status change is invalid']);
    for (const Status of ['SENT', 'ACCEPTED']) expect(await post(made.QuoteID, { Status })).toMatchObject({ Status });
    expect(await refused('DECLINED')).toEqual(['Quote status change is invalid']);
    for (const Status of ['SENT', 'DECLINED', 'SENT', 'ACCEPTED', 'INVOICED', 'DELETED'])
      expect(await post(made.QuoteID, { Status })).toMatchObject({ Status });
    expect(await refused('DRAFT')).toEqual(['Quote status change is invalid']);
  });

  test('an unknown id is a 404 in the path and a message in the body', async () => {
    const QuoteID = '00000000-0000-0000-0000-000000000009';
    expect((await desk.send('POST', `/Quotes/${QuoteID}`, again({ Status: 'SENT' }))).status).toBe(404);
    expect(await desk.refusal('POST', '/Quotes', again({ QuoteID }))).toEqual([
      'An existing Quote with the specified QuoteID could not be found',
    ]);
  });
});
