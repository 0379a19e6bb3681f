import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/app-error.ts';
import { judgeFailure } from './judge-failure.ts';

const never = { sentAt: null };
const before = { sentAt: '2026-11-29T10:00:00.000Z' };

describe('what a failed sending means', () => {
  test('when Xero refused the first sending, then it is refused; a repetition only where nothing is found', () => {
    const error = new AppError('xero_rejected', { proof: 'refused' });
    expect([judgeFailure(error, never), judgeFailure(error, before)]).toEqual(['refused', 'refused_unless_found']);
  });

  test('when a refusal may hide what was done, then it is looked for even at the first sending', () => {
    const error = new AppError('xero_rejected', { proof: 'refused_unless_found' });
    expect([judgeFailure(error, never), judgeFailure(error, before)]).toEqual([
      'refused_unless_found',
      'refused_unless_found',
    ]);
  });

  test.each(['xero_rate_limited', 'reconnect_needed', 'xero_unreachable', 'xero_not_found'] as const)(
    'when nothing was done because of %s, then it is over only where nothing was sent before',
    (code) => {
      const error = new AppError(code, { proof: 'not_done' });
      expect([judgeFailure(error, never), judgeFailure(error, before)]).toEqual(['refused', 'unknown']);
    },
  );

  test.each(['xero_rejected', 'xero_not_found', 'xero_forbidden', 'xero_rate_limited', 'xero_timeout'] as const)(
    'when %s proves nothing, then the outcome is unknown',
    (code) => {
      expect(judgeFailure(new AppError(code), never)).toBe('unknown');
    },
  );

  test.each(['outcome_unknown', 'unavailable', 'storage_full'] as const)(
    'when the lease was lost or the store could not be asked (%s), then it is not over',
    (code) => {
      expect(judgeFailure(new AppError(code, { proof: 'not_done' }), never)).toBe('unknown');
    },
  );
});
