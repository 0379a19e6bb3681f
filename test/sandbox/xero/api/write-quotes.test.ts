import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';

let desk: TestDesk;

beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.session.xero.close());
beforeEach(() => desk.renew());

const line = { Description: 'Lamp', Quantity: 1, UnitAmount: 19.95, DiscountRate: 10 };
const draft = (more: Record<string, unknown> = {}) => ({
  Contact: { ContactID: desk.contact('Harbour Lights Pty Ltd') },
  LineItems: [line],
  Date: '2026-11-10',
  ...more,
});
const put = (body: unknown) => desk.write('PUT', '/Quotes', { Quotes: [body] });
const post = (id: unknown, body: unknown) => desk.write('POST', `/Quotes/${id}`, { Quotes: [body] });

describe('making quotes', () => {
  it('when a quote is put, then it is a draft with a number and its totals', async () => {
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

  it('when a unit amount has four decimals, then they are kept', async () => {
    const made = await put(draft({ LineItems: [{ Description: 'Bolt', Quantity: 1000, UnitAmount: 0.0125 }] }));
    expect(made).toMatchObject({ LineItems: [{ UnitAmount: 0.0125 }], SubTotal: 12.5 });
  });

  it.each<[string, () => unknown, string]>([
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

  it('when line amount types are spelled as an invoice’s, then the JSON is not understood', async () => {
    const answer = await desk.send('PUT', '/Quotes', draft({ LineAmountTypes: 'Exclusive' }));
    expect([answer.status, await answer.json()]).toMatchObject([400, { Type: 'PostDataInvalidException' }]);
  });
});

describe('changing quotes', () => {
  it('when only the status is sent, then lines and dates stay and the words are emptied', async () => {
    const made = await put(draft({ Title: 'Lamps', Reference: 'R', ExpiryDate: '2026-12-10' }));
    const sent = await post(made.QuoteID, { Status: 'SENT' });
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

  it('when how tax is meant is left out, then it is exclusive from then on', async () => {
    const made = await put(draft({ LineAmountTypes: 'INCLUSIVE', LineItems: [{ ...line, TaxType: 'OUTPUT' }] }));
    expect(made).toMatchObject({ Total: 17.96 });
    expect(await post(made.QuoteID, { Title: 'x' })).toMatchObject({ LineAmountTypes: 'EXCLUSIVE', Total: 19.76 });
  });

  it('when it goes its way, then only a draft and an accepted one cannot be declined', async () => {
    const made = await put(draft());
    const refused = (Status: string) => desk.refusal('POST', `/Quotes/${made.QuoteID}`, { Status });
    expect(await refused('DECLINED')).toEqual(['Quote status change is invalid']);
    for (const Status of ['SENT', 'ACCEPTED']) expect(await post(made.QuoteID, { Status })).toMatchObject({ Status });
    expect(await refused('DECLINED')).toEqual(['Quote status change is invalid']);
    for (const Status of ['SENT', 'DECLINED', 'SENT', 'ACCEPTED', 'INVOICED', 'DELETED'])
      expect(await post(made.QuoteID, { Status })).toMatchObject({ Status });
    expect(await refused('DRAFT')).toEqual(['Quote status change is invalid']);
  });

  it('when the id is nobody’s, then it is a 404 in the address and a text in the body', async () => {
    const QuoteID = '00000000-0000-0000-0000-000000000009';
    expect((await desk.send('POST', `/Quotes/${QuoteID}`, { Status: 'SENT' })).status).toBe(404);
    expect(await desk.refusal('POST', '/Quotes', { QuoteID })).toEqual([
      'An existing Quote with the specified QuoteID could not be found',
    ]);
  });
});
