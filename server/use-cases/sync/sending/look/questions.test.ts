import { expect, test } from 'vitest';
import { askPaid } from './questions.ts';

test.each([
  ['has_payments', 'INV-7 has payments or credits in Xero'],
  ['is_reconciled', 'The payment is reconciled in Xero'],
] as const)('a change that Xero does not take because of %s says why', (reason, sentence) => {
  const { code, message, choices } = askPaid([], { reason, number: 'INV-7' });
  expect(message).toContain(sentence);
  expect([code, ...choices.map(({ id }) => id)]).toEqual(['has_payments', 'keep_xero', 'leave_out']);
});
