import { expect, test } from 'vitest';
import { toFieldError } from '#shared/words/field-error-words.ts';
import { sayErrors } from './say-errors.ts';

test('errors with a code get our sentence, Xero’s keep theirs; without errors nothing changes', () => {
  const refused = { code: 'preflight_failed', requestId: 'r' } as const;
  const own = { ...toFieldError('date', 'date_locked', { date: '2026-06-30' }), message: '' };
  const errors = [own, { path: '', message: 'Xero says no' }];
  expect(sayErrors({ ...refused, errors }, () => '30 June')).toEqual({
    ...refused,
    errors: [
      { path: 'date', message: 'The books are locked up to 30 June. Choose a later date.' },
      { path: '', message: 'Xero says no' },
    ],
  });
  expect(sayErrors(refused, () => '')).toBe(refused);
});
