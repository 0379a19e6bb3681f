import { expect, test } from 'vitest';
import {
  type fixSchema,
  type ProblemCode,
  problemCodeSchema,
  recordProblemSchema,
} from '#shared/contract/sync/record.ts';
import { sayMissing } from './field-words.ts';
import { problemWords } from './problem-words.ts';
import { toProblem } from './problems.ts';

/** As the plan of the contract has it: what ends each problem. */
const fixes: { [Fix in (typeof fixSchema.options)[number]]: readonly ProblemCode[] } = {
  edit_record: [
    ...(['field_missing', 'field_invalid', 'total_differs', 'record_missing', 'tracking_unknown'] as const),
    ...(['receipt_unreadable', 'currency_not_subscribed', 'xero_rejected'] as const),
    ...(['zero_total', 'negative_total', 'credit_not_sent'] as const),
  ],
  map_account: ['category_unmapped', 'account_unusable'],
  map_tax: ['tax_unmapped', 'tax_unsuitable'],
  map_payment_method: ['method_unmapped', 'method_unusable'],
  restore_contact: ['contact_archived'],
  unlock_period: ['period_locked'],
  reconnect: ['scope_missing'],
  choose: [],
  wait: ['plan_limit', 'accept_missing', 'unreadable', 'is_reconciled'],
};

test.each(problemCodeSchema.options)('%s has its next step', (code) => {
  const { fix } = toProblem(code, { message: 'A sentence.' });
  expect(fixes[fix]).toContain(code);
});

test('a problem is one of the contract, with null where there is nothing', () => {
  const problem = toProblem('is_reconciled', { message: 'A sentence.' });
  expect(recordProblemSchema.strict().parse(problem)).toEqual({
    ...{ code: 'is_reconciled', field: null, message: 'A sentence.', detail: null },
    ...{ fix: 'wait', target: null, waitsFor: 'xero' },
  });
});

test.each([
  ['lines.2.unitAmount', 'Line 3: Enter a price.'],
  ['bill.dueDate', 'Enter a due date.'],
  ['vehicle', 'Enter a value for vehicle.'],
])('the sentence for a missing %s is %j', (path, sentence) => {
  expect(sayMissing(path)).toBe(sentence);
});

test.each([
  ['tracking.0', 'Send the tracking option first.'],
  ['lines.0.item', 'Send the item first.'],
  ['invoice', 'Send the invoice first.'],
  ['other', 'Send the record first.'],
])('the sentence for a record that is missing at %s is %j', (path, sentence) => {
  expect(problemWords.recordMissing(path)).toBe(sentence);
});
