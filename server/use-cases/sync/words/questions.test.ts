import { expect, test } from 'vitest';
import { questionCodeSchema, recordQuestionSchema } from '#shared/contract/sync/record.ts';
import {
  askEditedBoth,
  askExceedsDue,
  askGone,
  askNearName,
  askNumberTaken,
  askPayments,
  askSeveralFound,
} from './questions.ts';

const difference = { field: 'amount', crm: '1.00', xero: '2.00' };
const acme = { id: '22222222-2222-4222-8222-222222222222', name: 'Acme' };
const widgets = { id: '33333333-3333-4333-8333-333333333333', name: 'Acme Widgets' };
const payment = { amount: '120.00', due: '100.00', rest: '20.00', document: 'INV-0087' };

const questions = [
  askNearName('Acme Ltd', [acme]),
  askNumberTaken('INV-1', [difference]),
  askEditedBoth('INV-1', [difference]),
  askPayments('INV-1', 'change', [difference]),
  askGone({ number: 'INV-1' }),
  askExceedsDue(payment),
  askSeveralFound([acme, widgets]),
];

function idsOf({ choices }: (typeof questions)[number]) {
  return choices.map(({ id, best }) => (best ? `${id} (best)` : id));
}

test('the choices of each question', () => {
  expect(Object.fromEntries(questions.map((question) => [question.code, idsOf(question)]))).toEqual({
    near_name: [`use:${acme.id} (best)`, 'create'],
    number_taken: ['adopt', 'leave_out (best)'],
    edited_both: ['keep_xero', 'send_crm'],
    has_payments: ['keep_xero (best)', 'leave_out'],
    gone_in_xero: ['make_again', 'leave_out'],
    exceeds_due: ['send_due (best)', 'leave_out'],
    several_found: [`adopt:${acme.id}`, `adopt:${widgets.id}`, 'send'],
  });
});

test('every question is one of the contract, with a sentence and an effect for each choice', () => {
  for (const question of questions) {
    const { message, choices } = recordQuestionSchema.parse({ id: 'q_1', ...question });
    expect([message, ...choices.flatMap(({ label, effect }) => [label, effect])]).not.toContain('');
  }
  const codes = questions.map(({ code }) => code);
  expect([...codes, 'payment_fits'].sort()).toEqual([...questionCodeSchema.options].sort());
});

test('what is about money and lost answers waits for an admin', () => {
  const ofAdmin = questions.filter(({ waitsFor }) => waitsFor === 'admin').map(({ code }) => code);
  expect(ofAdmin).toEqual(['exceeds_due', 'several_found']);
});

test('a document of the same content is best adopted', () => {
  expect(idsOf(askNumberTaken('INV-1', []))).toEqual(['adopt (best)', 'leave_out']);
});

test('a contact is restored, another record is made again', () => {
  expect(idsOf(askGone({ name: 'Acme' }))).toEqual(['restore', 'leave_out']);
});

test('several near names are all offered, the likeliest first', () => {
  const question = askNearName('Acme Ltd', [acme, widgets]);
  expect(idsOf(question)).toEqual([`use:${acme.id} (best)`, `use:${widgets.id}`, 'create']);
  expect(question.message).toBe("Xero has no contact 'Acme Ltd', but it has 2 contacts with a similar name.");
});

test.each([
  [askPayments(null, 'removal'), 'It has payments or credits in Xero, so it cannot be removed.'],
  [askEditedBoth(null, []), 'It was changed in Xero and in the CRM.'],
  [askGone({ number: null }), 'It is no longer in Xero.'],
  [askGone({ name: 'Acme' }), 'Acme is archived in Xero.'],
  [askExceedsDue(payment), '120.00 is more than the 100.00 still due on INV-0087.'],
])('the sentence of question %#', ({ message }, begin) => {
  expect(message.startsWith(begin)).toBe(true);
});
