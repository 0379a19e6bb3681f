import { describe, expect, test } from 'vitest';
import { concurrentWaits, isRetryable, retryPolicies, toBackoffMs } from './retry-policy.ts';

function answered(status: number, headers: Record<string, string> = {}) {
  return {
    kind: 'answer' as const,
    answer: { status, headers, text: '' },
  };
}
function failed(kind: 'timeout' | 'network' | 'too_large' | 'cancelled') {
  return { kind, code: 'CODE' };
}

describe('what is worth another call', () => {
  test.each([
    // A waiting person gets no retry after a timeout: ten seconds is the limit.
    ['person', { timeout: false, network: true, cancelled: false, too_large: false }],
    ['background', { timeout: true, network: true, cancelled: false, too_large: false }],
    ['stream', { timeout: true, network: true, cancelled: false, too_large: false }],
    ['write', { timeout: false, network: false, cancelled: false, too_large: false }],
  ] as const)('when no answer comes to a %s', (who, expected) => {
    const kinds = ['timeout', 'network', 'cancelled', 'too_large'] as const;
    const found = Object.fromEntries(kinds.map((kind) => [kind, isRetryable(retryPolicies[who], failed(kind))]));
    expect(found).toEqual(expected);
  });

  test.each([
    ['person', [502, 503, 504]],
    ['background', [502, 503, 504]],
    ['stream', [502, 503, 504]],
    ['write', []],
  ] as const)('when an answer to a %s says that something is wrong', (who, expected) => {
    const statuses = [200, 304, 400, 401, 403, 404, 408, 409, 429, 500, 501, 502, 503, 504, 505];
    expect(statuses.filter((status) => isRetryable(retryPolicies[who], answered(status)))).toEqual(expected);
  });

  test('never retries before the time that an answer names', () => {
    expect(isRetryable(retryPolicies.background, answered(503, { 'retry-after': '30' }))).toBe(false);
  });

  test('a person gets three calls in ten seconds, background a minute', () => {
    const ends = ({ attempts, budgetMs }: { attempts: number; budgetMs: number }) => [attempts, budgetMs];
    expect(ends(retryPolicies.person)).toEqual([3, 10_000]);
    expect(ends(retryPolicies.background)).toEqual([3, 60_000]);
    expect(ends(retryPolicies.stream)).toEqual([3, 60_000]);
    expect(ends(retryPolicies.write)).toEqual([1, 20_000]);
  });
});

describe('how long to wait before', () => {
  test.each([
    ['people', retryPolicies.person, [200, 400, 800, 800]],
    ['background', retryPolicies.background, [1_000, 2_000, 4_000, 8_000]],
    ['too many calls at once', concurrentWaits, [250, 500, 1_000, 2_000]],
  ] as const)('when it is for %s, then it doubles, drawn from the upper half', (_who, waits, full) => {
    const attempts = [2, 3, 4, 5];
    expect(attempts.map((attempt) => toBackoffMs(waits, attempt, () => 1))).toEqual(full);
    expect(attempts.map((attempt) => toBackoffMs(waits, attempt, () => 0))).toEqual(full.map((ms) => ms / 2));
  });
});
