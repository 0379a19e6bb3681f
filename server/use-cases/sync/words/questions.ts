import type { RecordQuestion } from '#shared/contract/sync/record.ts';
import { compareDecimals } from '#shared/money.ts';
import { questionWords } from './question-words.ts';

type Question = Omit<RecordQuestion, 'id'>;
type Choice = RecordQuestion['choices'][number];

function toChoice(id: string, words: Pick<Choice, 'label' | 'effect'>, more: Partial<Choice> = {}): Choice {
  return { id, ...words, best: false, forAll: true, parts: null, ...more };
}

function leaveOut(more: Partial<Choice> = {}): Choice {
  return toChoice('leave_out', questionWords.leaveOut, more);
}

/** A paid document cannot be changed or removed. */
export function askPayments(number: string | null, wanted: 'change' | 'removal'): Question {
  const { message, keepXero } = questionWords.hasPayments;
  return {
    ...{ code: 'has_payments', message: message[wanted](number), waitsFor: 'user', differences: [] },
    choices: [toChoice('keep_xero', keepXero, { best: true }), leaveOut()],
  };
}

/** `rest`: what of the payment is more than what is due. */
export function askExceedsDue(payment: {
  amount: string;
  due: string;
  rest: string;
  document: string | null;
}): Question {
  const { amount, due, rest } = payment;
  const { message, sendDue, unnumbered } = questionWords.exceedsDue;
  const isDue = compareDecimals(due, '0') > 0;
  return {
    code: 'exceeds_due',
    message: message(amount, due, payment.document ?? unnumbered),
    waitsFor: 'admin',
    differences: [{ field: 'amount', crm: amount, xero: due }],
    choices: [...(isDue ? [toChoice('send_due', sendDue(due, rest), { best: true })] : []), leaveOut({ best: !isDue })],
  };
}
