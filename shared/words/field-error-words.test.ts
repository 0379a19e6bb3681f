import { expect, test } from 'vitest';
import { fieldErrorWords, readFieldError, sayFieldError, toFieldError } from './field-error-words.ts';

function writeDate(date: string) {
  return `the day ${date}`;
}

test('an error has its code, its values and its sentence', () => {
  expect(toFieldError('contactId', 'contact_archived')).toEqual({
    ...{ path: 'contactId', code: 'contact_archived' },
    message: 'This contact is archived in Xero. Restore it there first.',
  });
  expect(toFieldError('number', 'number_taken_on', { number: '47 {date}', date: '2026-10-01' })).toEqual({
    ...{ path: 'number', code: 'number_taken_on', values: { number: '47 {date}', date: '2026-10-01' } },
    message: 'This supplier already has a bill 47 {date}, dated 2026-10-01.',
  });
});

test('an error from the server is said with its values and the reader’s dates', () => {
  const error = toFieldError('date', 'date_locked', { date: '2026-06-30' });
  expect(readFieldError({ ...error, message: 'Verriegelt' }, writeDate)).toBe(
    'The books are locked up to the day 2026-06-30. Choose a later date.',
  );
  const inactive = toFieldError('taxType', 'tax_inactive', { tax: 'OUTPUT' });
  expect(readFieldError(inactive, writeDate)).toBe('Tax rate OUTPUT is not active in Xero.');
});

test.each([undefined, 'no_such_code', 'toString'])('an error with the code %s keeps its message', (code) => {
  expect(readFieldError({ path: '', message: 'Xero’s own', code }, writeDate)).toBe('Xero’s own');
});

test('each sentence stands once and ends as one', () => {
  const all = Object.values(fieldErrorWords);
  expect(new Set(all).size).toBe(all.length);
  expect(all.filter((words) => !words.endsWith('.'))).toEqual([]);
  expect(sayFieldError('account_missing')).toBe('Choose an account.');
});
