import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatExactJson, parseExactJson } from './exact-json.ts';
import { formatDocument, formatStatus, type NewXeroDocument } from './format-document.ts';

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

test('when an invoice is written, then its bytes are exact and of the contact there is only the id', () => {
  expect(formatDocument('invoice', document)).toBe(
    '{"Invoices":[{"Type":"ACCREC","Contact":{"ContactID":"11111111-1111-4111-8111-111111111111"},"Date":"2026-11-22","CurrencyCode":"AUD","Status":"DRAFT","InvoiceNumber":"4711","Reference":"PO 7","DueDate":"2026-12-22","LineAmountTypes":"NoTax","Url":"https://crm.example/contacts/1#ledgerside=x","LineItems":[{"Description":"Desk \\"oak\\"","Quantity":1.5,"UnitAmount":1234567890.1234,"DiscountRate":0}]}]}',
  );
});

test('when a bill is written, then it has no reference, and a quote has upper-case types and no address', () => {
  expect(formatDocument('bill', document)).not.toMatch(/"Reference"/);
  expect(JSON.parse(formatDocument('quote', document)).Quotes[0]).toMatchObject({
    LineAmountTypes: 'NOTAX',
    ExpiryDate: '2026-12-22',
    QuoteNumber: '4711',
  });
  expect(formatDocument('quote', document)).not.toMatch(/Url|DueDate|Type"|InvoiceNumber/);
});

test('when only the status changes, then nothing else is said of an invoice', () => {
  const change = { id: 'i', contactId: 'c', date: '2026-11-22', status: 'VOIDED' };
  expect(formatStatus('bill', change)).toBe('{"Invoices":[{"InvoiceID":"i","Status":"VOIDED"}]}');
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
