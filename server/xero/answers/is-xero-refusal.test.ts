import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isXeroRefusal } from './is-xero-refusal.ts';
import { toRejection } from './rejections.ts';

const zeros = '00000000-0000-0000-0000-000000000000';
const id = '7f3e4a6c-1c2b-4b54-9d0a-35f1a1b0c9de';
const errors = [{ Message: 'Invoice # must be unique.' }];

function toAnswer(status: number, body: unknown) {
  return {
    status,
    headers: {},
    text: typeof body === 'string' ? body : JSON.stringify(body),
  };
}
const validation = { ErrorNumber: 10, Type: 'ValidationException', Message: 'A validation exception occurred' };

describe('a refusal of Xero’s own', () => {
  test.each<[string, number, unknown]>([
    ['a 400 with elements', 400, { ...validation, Elements: [{ ValidationErrors: errors }] }],
    ['a 400 without elements', 400, validation],
    ['a 400 for a body that cannot be read', 400, { ErrorNumber: 14, Type: 'PostDataInvalidException' }],
    ['a payment whose id is zeros', 200, { Payments: [{ PaymentID: zeros }] }],
    ['a tracking option in error', 200, { Options: [{ TrackingOptionID: id, HasValidationErrors: true }] }],
    ['a tax rate in error', 200, { TaxRates: [{ Name: 'GST', StatusAttributeString: 'ERROR' }] }],
    ['an element in error', 200, { Invoices: [{ InvoiceID: id, StatusAttributeString: 'ERROR' }] }],
    ['an element that has errors', 200, { Invoices: [{ InvoiceID: id, HasErrors: true }] }],
    ['a contact that has validation errors', 200, { Contacts: [{ ContactID: id, HasValidationErrors: true }] }],
    ['"OK" beside errors', 200, { Quotes: [{ QuoteID: id, StatusAttributeString: 'OK', ValidationErrors: errors }] }],
    ['an invoice whose id is zeros', 200, { Invoices: [{ InvoiceID: zeros }] }],
    ['a quote whose id is zeros', 201, { Quotes: [{ QuoteID: zeros }] }],
    ['a contact whose id is zeros', 200, { Contacts: [{ ContactID: zeros }] }],
    ['a file whose id is zeros', 200, { Attachments: [{ AttachmentID: zeros, FileName: 'a.pdf' }] }],
    ['a note with errors', 200, { HistoryRecords: [{ Details: 'a', ValidationErrors: errors }] }],
    ['errors of a line, and no id', 200, { Invoices: [{ LineItems: [{ ValidationErrors: errors }] }] }],
  ])('when it is %s, then it is one', (_, status, body) => {
    expect(isXeroRefusal(toAnswer(status, body))).toBe(true);
  });

  test.each<[string, number, unknown]>([
    ['a 400 of HTML', 400, '<html>Bad Request</html>'],
    ['a 400 of nothing', 400, ''],
    [
      'a key that was used for another request',
      400,
      { ErrorNumber: 0, Type: 'BadRequest', Message: 'Idempotency Key' },
    ],
    ['a tax rate', 200, { TaxRates: [{ Name: 'GST', TaxType: 'TAX001', TaxComponents: [{ Name: 'GST' }] }] }],
    ['a payment of an invoice', 200, { Payments: [{ PaymentID: id, Invoice: { InvoiceID: id, HasErrors: false } }] }],
    ['a 400 of another service', 400, { error: 'bad request' }],
    ['a 400 of the gateway', 400, { Type: null, Title: 'Bad Request', Status: 400, Detail: 'BadRequest' }],
    ['a 404 that holds errors', 404, { ...validation, Elements: [{ ValidationErrors: errors }] }],
    ['a 500 that holds errors', 500, { ...validation, Elements: [{ ValidationErrors: errors }] }],
    ['a 204', 204, ''],
    ['a page', 200, '<!doctype html><title>Xero</title>'],
    ['null', 200, 'null'],
    ['an invoice', 200, { Invoices: [{ InvoiceID: id, HasErrors: false, ValidationErrors: [] }] }],
    [
      'an invoice with warnings',
      200,
      {
        Invoices: [
          {
            InvoiceID: id,
            StatusAttributeString: 'WARNING',
            Warnings: [{ Message: 'Account code 476 has been removed' }],
          },
        ],
      },
    ],
    [
      'an invoice that was made, of a contact with an old fault',
      200,
      { Invoices: [{ InvoiceID: id, Contact: { ContactID: id, HasValidationErrors: true } }] },
    ],
    ['an invoice without a theme', 200, { Invoices: [{ InvoiceID: id, BrandingThemeID: zeros }] }],
    ['an answer without elements', 200, { Status: 'OK', Invoices: [] }],
  ])('when it is %s, then it is none', (_, status, body) => {
    expect(isXeroRefusal(toAnswer(status, body))).toBe(false);
  });

  test('when the text is anything at all, then it never throws', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), fc.oneof(fc.string(), fc.json()), (status, text) => {
        isXeroRefusal(toAnswer(status, text));
        toRejection(toAnswer(status, text));
      }),
    );
  });
});

describe('the texts of a refusal in a 200', () => {
  test('finds messages at every depth, with their lines and no warnings', () => {
    const body = {
      Status: 'OK',
      Invoices: [
        {
          InvoiceID: zeros,
          HasErrors: true,
          ValidationErrors: errors,
          Warnings: [{ Message: 'A warning' }],
          LineItems: [{}, { ValidationErrors: [{ Message: 'Account code is not valid' }] }],
        },
      ],
    };
    expect(toRejection(toAnswer(200, body)).details.errors).toEqual([
      { path: '', message: 'Invoice # must be unique.' },
      { path: 'lines.1', message: 'Account code is not valid' },
    ]);
  });
});
