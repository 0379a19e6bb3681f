import { describe, expect, test } from 'vitest';
import type { Failure } from '#widget/session/failures/failure.ts';
import { type Attempt, afterFailure, findDueDateRefusal, nextAttempt, withoutDueDate } from './act-attempt.ts';

function failure(code: Failure['code'], more: Partial<Failure> = {}): Failure {
  return { code, requestId: 'r', ...more };
}
const asked = failure('preflight_failed', { errors: [{ path: 'dueDate', message: 'Say when' }] });
const lost = failure('unavailable', { isLost: true });

/** Sends steps one after the other, each ending so, and tells what was sent. */
function play(...steps: { dueDate?: string; ends: Failure }[]): Omit<Attempt, 'isUnknown'>[] {
  const keys = ['key-1', 'key-2', 'key-3', 'key-4'];
  let last: Attempt | undefined;
  return steps.map(({ dueDate, ends }) => {
    const attempt = nextAttempt(last, dueDate, () => keys.shift() ?? '');
    last = afterFailure(attempt, ends);
    const { isUnknown: _, ...sent } = attempt;
    return sent;
  });
}

describe('an action that is retried', () => {
  test('when a due date is asked for and typed, then it is sent with the same key', () => {
    const sent = play({ ends: asked }, { dueDate: '2026-12-24', ends: asked }, { dueDate: '2026-12-25', ends: lost });
    expect(sent).toEqual([
      { key: 'key-1' },
      { key: 'key-1', dueDate: '2026-12-24' },
      { key: 'key-1', dueDate: '2026-12-25' },
    ]);
  });

  test.each([
    lost,
    failure('internal', { requestId: null, status: 500 }),
    failure('unavailable', { requestId: null, status: 502 }),
    failure('outcome_unknown'),
    failure('xero_timeout'),
    failure('xero_unreachable', { write: { id: 'w', state: 'pending' } }),
  ])('when the outcome is unknown ($code), then the same date is sent again', (unknown) => {
    const sent = play({ dueDate: '2026-12-24', ends: unknown }, { dueDate: '2026-12-31', ends: asked }, { ends: lost });
    expect(sent).toEqual([
      { key: 'key-1', dueDate: '2026-12-24' },
      { key: 'key-1', dueDate: '2026-12-24' },
      { key: 'key-1' },
    ]);
  });

  test('when a later answer does not tell the outcome, then it stays unknown', () => {
    const sent = play(
      { dueDate: '2026-12-24', ends: lost },
      { dueDate: '2026-12-31', ends: failure('calls_paced') },
      { dueDate: '2026-12-31', ends: failure('xero_rejected') },
      { dueDate: '2026-12-31', ends: asked },
    );
    expect(sent.map(({ dueDate }) => dueDate)).toEqual(['2026-12-24', '2026-12-24', '2026-12-24', '2026-12-31']);
  });
});

describe('what the field of the due date does not say', () => {
  test('when only the date is refused, then nothing is left', () => {
    expect([findDueDateRefusal(asked), withoutDueDate(asked)]).toEqual(['Say when', null]);
  });

  test('when a line is refused too, then its error is left', () => {
    const line = { path: 'lines.0.taxType', message: 'No such tax' };
    const both = { ...asked, errors: [...(asked.errors ?? []), line] };
    expect(withoutDueDate(both)?.errors).toEqual([line]);
  });

  test('when something else failed, then the whole failure is left', () => {
    expect([findDueDateRefusal(lost), withoutDueDate(lost)]).toEqual([undefined, lost]);
  });
});
