import { expect, test } from 'vitest';
import { AppError } from '#shared/app-error.ts';
import { placeRejection } from './place-rejection.ts';
import { toRejection } from './rejections.ts';

const sent = JSON.stringify({
  Invoices: [
    {
      Type: 'ACCREC',
      LineItems: [
        { AccountCode: '200', TaxType: 'OUTPUT' },
        { AccountCode: '999', TaxType: 'INPUT', ItemCode: 'DESK' },
      ],
    },
  ],
});

function place(message: string, path = '') {
  return placeRejection(new AppError('xero_rejected', { errors: [{ path, message }] }), sent).details.errors?.map(
    (e) => e.path,
  );
}

test.each([
  ["Account code '999' is not a valid code for this document.", ['lines.1.accountCode']],
  ["The TaxType code 'INPUT' cannot be used with account code '999'.", ['lines.1.taxType']],
  ["Item code 'DESK' is not valid", ['lines.1.itemCode']],
  ['Invoice # must be unique.', ['number']],
  ['Organisation is not subscribed to currency NZD', ['currency']],
  ['The document date cannot be before the period lock date, currently set at 30 June 2026', ['date']],
  ['The due date is missing', ['dueDate']],
  ['The contact is archived', ['contactId']],
  ['Something nobody has heard of', ['']],
])('puts %j at %j', (message, paths) => {
  expect(place(message)).toEqual(paths);
});

test('puts a message on a line at that line', () => {
  const text = JSON.stringify({
    Elements: [{ LineItems: [{}, { ValidationErrors: [{ Message: 'Description is required' }] }] }],
  });
  const rejection = toRejection({ status: 400, headers: {}, text });
  expect(placeRejection(rejection, sent).details.errors).toEqual([
    { path: 'lines.1.description', message: 'Description is required' },
  ]);
});
