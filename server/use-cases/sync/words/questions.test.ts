import { expect, test } from 'vitest';
import { recordQuestionSchema } from '#shared/contract/sync/record.ts';
import { askExceedsDue, askPaid } from './questions.ts';

const payment = { amount: '120.00', due: '100.00', rest: '20.00', document: 'INV-0087' };

test.each([
  [askPaid('change', { number: 'INV-1' }), ['keep_xero (best)', 'leave_out']],
  [askPaid('removal', { number: null }), ['keep_xero (best)', 'leave_out']],
  [askPaid('is_reconciled', { number: null }), ['keep_xero (best)', 'leave_out']],
  [askExceedsDue(payment), ['send_due (best)', 'leave_out']],
  [askExceedsDue({ ...payment, due: '0.00' }), ['leave_out (best)']],
])('question %# is one of the contract, and these are its choices', (question, choices) => {
  const { choices: told } = recordQuestionSchema.parse({ id: 'q_1', ...question });
  expect(told.map(({ id, best }) => (best ? `${id} (best)` : id))).toEqual(choices);
  expect(told.flatMap(({ label, effect }) => [label, effect])).not.toContain('');
});

test.each([
  [askPaid('change', { number: 'INV-1' }), 'INV-1 has payments or credits in Xero, so it cannot be changed.'],
  [askPaid('removal', { number: null }), 'It has payments or credits in Xero, so it cannot be removed.'],
  [askPaid('is_reconciled', { number: 'P-1' }), 'The payment is reconciled in Xero, so it cannot be changed.'],
  [askExceedsDue(payment), '120.00 is more than the 100.00 still due on INV-0087.'],
  [askExceedsDue({ ...payment, document: null }), '120.00 is more than the 100.00 still due on the document.'],
])('the sentence of question %#', ({ message }, begin) => {
  expect(message.startsWith(begin)).toBe(true);
});

test('money waits for an admin, a paid document for a user', () => {
  expect([askExceedsDue(payment).waitsFor, askPaid('change', { number: null }).waitsFor]).toEqual(['admin', 'user']);
});
