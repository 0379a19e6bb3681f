import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { XeroTracking } from '#server/xero/documents/document.ts';
import { formatExactJson, parseExactJson } from './exact-json.ts';
import { formatDocument, formatHistory, formatInvoiceStatus, type NewXeroDocument } from './format-document.ts';

const document: NewXeroDocument = {
  contactId: '11111111-1111-4111-8111-111111111111',
  status: 'DRAFT',
  date: '2026-11-22',
  dueDate: '2026-12-22',
  currency: 'AUD',
  lineAmountTypes: 'none',
  number: '4711',
  reference: 'PO 7',
  url: 'https://crm.example/contacts/1#ledgerside=x',
  lines: [{ description: 'Desk "oak"', quantity: '1.5', unitAmount: '1234567890.1234', discount: '0' }],
};

test('an invoice has exact bytes and only the contact’s id', () => {
  expect(formatDocument('invoice', document)).toBe(
    '{"Invoices":[{"Type":"ACCREC","Contact":{"ContactID":"11111111-1111-4111-8111-111111111111"},"Date":"2026-11-22","CurrencyCode":"AUD","Status":"DRAFT","InvoiceNumber":"4711","Reference":"PO 7","DueDate":"2026-12-22","LineAmountTypes":"NoTax","Url":"https://crm.example/contacts/1#ledgerside=x","LineItems":[{"Description":"Desk \\"oak\\"","Quantity":1.5,"UnitAmount":1234567890.1234,"DiscountRate":0}]}]}',
  );
});

test('a bill has no reference; a quote has upper-case types and no Url', () => {
  expect(formatDocument('bill', document)).not.toMatch(/"Reference"/);
  expect(JSON.parse(formatDocument('quote', document)).Quotes[0]).toMatchObject({
    LineAmountTypes: 'NOTAX',
    ExpiryDate: '2026-12-22',
    QuoteNumber: '4711',
  });
  expect(formatDocument('quote', document)).not.toMatch(/Url|DueDate|Type"|InvoiceNumber/);
});

test('a quote tracks by option id, an invoice by names or else by ids', () => {
  const tracked = { name: 'Region', option: 'East', categoryId: 'c', optionId: 'o' };
  const trackingOf = (kind: 'quote' | 'invoice', tracking: XeroTracking) => {
    const lines = [{ description: 'Desk', tracking: [tracking] }];
    const sent = JSON.parse(formatDocument(kind, { ...document, lines }));
    return (sent.Quotes ?? sent.Invoices)[0].LineItems[0].Tracking;
  };
  expect(trackingOf('quote', tracked)).toEqual([{ TrackingOptionID: 'o' }]);
  expect(trackingOf('invoice', tracked)).toEqual([{ Name: 'Region', Option: 'East' }]);
  const nameless = trackingOf('invoice', { ...tracked, option: null });
  expect(nameless).toEqual([{ TrackingCategoryID: 'c', TrackingOptionID: 'o' }]);
});

test('an invoice keeps the discount, tax and account of a quote’s line', () => {
  const line = {
    discountAmount: '200.00',
    taxAmount: '79.99',
    accountId: 'a',
    taxability: 'TAXABLE',
    salesTaxCodeId: '7',
  };
  const [said] = JSON.parse(formatDocument('invoice', { ...document, lines: [line] })).Invoices[0].LineItems;
  expect(said).toEqual({
    DiscountAmount: 200,
    TaxAmount: 79.99,
    AccountID: 'a',
    Taxability: 'TAXABLE',
    SalesTaxCodeId: 7,
  });
});

test('a change of status sends nothing else of an invoice', () => {
  expect(formatInvoiceStatus({ id: 'i', status: 'VOIDED' })).toBe('{"Invoices":[{"InvoiceID":"i","Status":"VOIDED"}]}');
});

test('cuts a history note at 2,500 characters, never inside a character', () => {
  const sent = (note: string) => JSON.parse(formatHistory(note)).HistoryRecords[0].Details;
  expect(sent('x'.repeat(2500))).toBe('x'.repeat(2500));
  expect(sent(`${'x'.repeat(2500)}y`)).toBe('x'.repeat(2500));
  expect(sent(`${'x'.repeat(2498)}🏦y`)).toBe(`${'x'.repeat(2498)}🏦`);
  expect(sent(`${'x'.repeat(2499)}🏦`)).toBe('x'.repeat(2499));
});

test('writes nothing when a number is not a number', () => {
  for (const text of [
    '',
    ' 1',
    '1 ',
    '1.',
    '.5',
    '1e3',
    '+1',
    '0x1',
    'NaN',
    '1,2',
    '1}',
    '1,"Status":"PAID"',
    '1\n2',
    '--1',
  ]) {
    expect(() => formatExactJson({ UnitAmount: { exactDecimal: text } })).toThrow(SyntaxError);
  }
  const written = (exactDecimal: string) => formatExactJson({ exactDecimal });
  expect(['007.50', '-007', '-0', '-0.00', '0', '-0.10'].map(written)).toEqual([
    '7.50',
    '-7',
    '0',
    '0.00',
    '0',
    '-0.10',
  ]);
});

test('when any decimal is written, then it reads back the same', () => {
  const decimals = fc.tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.integer({ min: 0, max: 9999 }));
  fc.assert(
    fc.property(decimals, fc.string(), ([whole, rest], text) => {
      const decimal = `${whole}.${String(rest).padStart(4, '0')}`;
      expect(parseExactJson(formatExactJson({ n: { exactDecimal: decimal }, text, gone: undefined }))).toEqual({
        n: decimal,
        text,
      });
    }),
  );
});
