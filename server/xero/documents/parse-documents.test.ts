import { describe, expect, test } from 'vitest';
import { parseInvoices, parseQuotes } from './parse-documents.ts';

function answer(body: object) {
  return { status: 200, headers: {}, text: JSON.stringify(body) };
}
const contact = { ContactID: '11111111-1111-4111-8111-111111111111' };
const invoice = {
  ...{ Type: 'ACCREC', InvoiceID: '22222222-2222-4222-8222-222222222222', Contact: contact, Status: 'AUTHORISED' },
  ...{ CurrencyCode: 'AUD', Total: 110, AmountDue: 60, AmountPaid: 30, AmountCredited: 20 },
  UpdatedDateUTC: '/Date(1541176290160+0000)/',
};
function parse(more: object) {
  return parseInvoices(answer({ Invoices: [{ ...invoice, ...more }] })).rows[0]?.document;
}

describe('the amount without tax', () => {
  test('takes the subtotal that Xero gives', () => {
    expect(parse({ SubTotal: 99.99, TotalTax: 10.01 })?.subTotal).toBe('99.99');
  });

  test('computes the subtotal from the total and the tax, to the cent', () => {
    expect(parse({ TotalTax: 10.01 })?.subTotal).toBe('99.99');
    expect(parse({ Total: 0.3, TotalTax: 0.1 })?.subTotal).toBe('0.2');
  });

  test('without subtotal and tax, takes the total', () => {
    expect(parse({})?.subTotal).toBe('110');
  });

  test('does the same for quotes', () => {
    const quote = { ...invoice, QuoteID: invoice.InvoiceID, Status: 'SENT', TotalTax: 10 };
    expect(parseQuotes(answer({ Quotes: [quote] })).rows.map(({ document }) => document)).toMatchObject([
      { kind: 'quote', subTotal: '100', amountDue: '0', amountPaid: '0', amountCredited: '0' },
    ]);
  });
});

describe('how it was settled', () => {
  test('reads what was paid and credited', () => {
    expect(parse({})).toMatchObject({ amountDue: '60', amountPaid: '30', amountCredited: '20' });
  });

  test.each([undefined, null, ''])('%s leaves it unknown', (amount) => {
    const untold = { AmountPaid: amount, AmountCredited: amount };
    expect(parse(untold)).toMatchObject({ amountPaid: null, amountCredited: null });
  });
});
