import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/app-error.ts';
import { judgeFailure } from './judge-failure.ts';

const never = { sentAt: null };
const before = { sentAt: '2026-11-29T10:00:00.000Z' };

describe('what a failed sending means', () => {
  test('a refused first sending is refused, a later one only if not found', () => {
    const error = new AppError('xero_rejected', { proof: 'refused' });
    expect([judgeFailure(error, never), judgeFailure(error, before)]).toEqual(['refused', 'refused_unless_found']);
  });

  test('searches after a first refusal that may hide an earlier sending', () => {
    const error = new AppError('xero_rejected', { proof: 'refused_unless_found' });
    expect([judgeFailure(error, never), judgeFailure(error, before)]).toEqual([
      'refused_unless_found',
      'refused_unless_found',
    ]);
  });

  test.each(['xero_rate_limited', 'reconnect_needed', 'xero_unreachable', 'xero_not_found'] as const)(
    'nothing done because of %s is final only if never sent before',
    (code) => {
      const error = new AppError(code, { proof: 'not_done' });
      expect([judgeFailure(error, never), judgeFailure(error, before)]).toEqual(['refused', 'unknown']);
    },
  );

  test.each(['xero_rejected', 'xero_not_found', 'xero_forbidden', 'xero_rate_limited', 'xero_timeout'] as const)(
    '%s proves nothing, so the outcome is unknown',
    (code) => {
      expect(judgeFailure(new AppError(code), never)).toBe('unknown');
    },
  );

  test.each(['outcome_unknown', 'unavailable', 'storage_full'] as const)(
    'a lost lease or unavailable store (%s) is not final',
    (code) => {
      expect(judgeFailure(new AppError(code, { proof: 'not_done' }), never)).toBe('unknown');
    },
  );
});
