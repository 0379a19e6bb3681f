import { describe, expect, test } from 'vitest';
import type { RecordQuestion, RecordSummary } from '#shared/contract/sync/record.ts';
import { recordFixture } from '#widget/ui/records/record.fixture.ts';
import { listCommonChoices } from './common-choices.ts';

type Choice = RecordQuestion['choices'][number];

function choice(id: string, label: string, more: Partial<Choice> = {}): Choice {
  return { id, label, effect: `${label}.`, best: false, forAll: true, parts: null, ...more };
}

function ask(code: RecordQuestion['code'], ...choices: Choice[]): RecordSummary {
  const question = { id: 'q', code, message: '', waitsFor: 'user' as const, differences: [], choices };
  return recordFixture({ state: 'question', question });
}

const leaveOut = choice('leave_out', 'Leave it out');

describe('choices for all', () => {
  test('when labels differ, then one that fits all stands for them', () => {
    const [first, second] = [choice('send_due', 'Send 100.00', { best: true }), choice('send_due', 'Send 5.00')];
    const common = listCommonChoices([ask('exceeds_due', first, leaveOut), ask('exceeds_due', second, leaveOut)]);
    expect(common.map(({ label, best }) => [label, best])).toEqual([
      ['Send what is due', false],
      ['Leave it out', false],
    ]);
  });

  test('when a choice is for one record alone, then it is not offered', () => {
    const fit = choice('fit:1', 'INV-1 and INV-2', { forAll: false });
    expect(listCommonChoices([ask('payment_fits', fit, leaveOut)]).map(({ id }) => id)).toEqual(['leave_out']);
  });

  test('when the questions differ, or one record has none, then nothing is offered', () => {
    const payments = ask('has_payments', leaveOut);
    expect(listCommonChoices([payments, ask('gone_in_xero', leaveOut)])).toEqual([]);
    expect(listCommonChoices([payments, recordFixture({ state: 'problem' })])).toEqual([]);
    expect(listCommonChoices([])).toEqual([]);
  });
});
