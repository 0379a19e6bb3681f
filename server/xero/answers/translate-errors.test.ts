import { describe, expect, test } from 'vitest';
import { readRateLimit } from '#server/xero/calling/rate-limits.ts';
import { concurrentWaits, isRetryable, retryPolicies, toBackoffMs } from '#server/xero/calling/retry-policy.ts';
import { toRejection } from './rejections.ts';
import { readRetryAfter, toAppError } from './translate-errors.ts';

function toAnswer(status: number, headers: Record<string, string> = {}, body: unknown = '') {
  return {
    status,
    headers,
    text: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

describe('Retry-After', () => {
  test.each([
    [{ 'retry-after': '30' }, 30],
    [{ 'retry-after': '0' }, 1],
    [{ 'retry-after': '999999999' }, 86_400],
    [{ 'retry-after': 'Sun, 22 Nov 2026 10:01:00 GMT', date: 'Sun, 22 Nov 2026 10:00:00 GMT' }, 60],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('when the headers are %o, then it is %s', (headers, seconds) => {
    expect(readRetryAfter(toAnswer(503, headers))).toBe(seconds);
  });
});

describe('a 429', () => {
  test.each([
    [
      { 'x-rate-limit-problem': 'minute', 'retry-after': '17' },
      { problem: 'minute', seconds: 17 },
    ],
    [{ 'x-rate-limit-problem': 'Minute' }, { problem: 'minute', seconds: 60 }],
    [
      { 'x-rate-limit-problem': 'appminute', 'retry-after': '5' },
      { problem: 'minute', seconds: 5 },
    ],
    [
      { 'x-rate-limit-problem': 'day', 'retry-after': '73451' },
      { problem: 'day', seconds: 73_451 },
    ],
    [{ 'x-rate-limit-problem': 'concurrent' }, { problem: 'concurrent' }],
    [{ 'retry-after': '73451' }, { problem: 'day', seconds: 73_451 }],
    [{ 'retry-after': '20' }, { problem: 'minute', seconds: 20 }],
    [{}, { problem: 'concurrent' }],
  ])('when its headers are %o, then it asks for %o', (headers, limit) => {
    expect(readRateLimit(toAnswer(429, headers))).toEqual(limit);
  });
});

describe('a 400', () => {
  const clash =
    'The contact name Acme, email & Co is already assigned to another contact. The contact name must be unique across all active contacts.';

  test('returns nested messages once, with their field where known', () => {
    const body = {
      Message: 'A validation exception occurred',
      Elements: [
        {
          ValidationErrors: [{ Message: clash }, { Message: clash }],
          Contact: { ValidationErrors: [{ Message: 'Email address must be valid.' }] },
        },
        { ValidationErrors: 'broken' },
      ],
    };
    expect(toRejection(toAnswer(400, {}, body)).details).toMatchObject({
      errors: [
        { path: 'name', message: clash },
        { path: 'email', message: 'Email address must be valid.' },
      ],
      extension: { nameTaken: true },
    });
  });

  test.each([
    ['The contact name must not contain the characters < or >.', 'name'],
    ['Characters < and > are not allowed', 'name'],
    ['The field Name must be a string with a maximum length of 255.', 'name'],
    ['The field FirstName must be a string with a maximum length of 255.', 'firstName'],
    ['Last name is too long', 'lastName'],
    ['The field EmailAddress must be a string with a maximum length of 255.', 'email'],
    ['The PostalCode is too long', 'address.postalCode'],
    ['The contact could not be saved', ''],
  ])('puts %j at the field %j', (message, path) => {
    const body = { Elements: [{ ValidationErrors: [{ Message: message }] }] };
    expect(toRejection(toAnswer(400, {}, body)).details.errors).toEqual([{ path, message }]);
  });

  test('without elements, returns the general message', () => {
    const { errors, extension } = toRejection(toAnswer(400, {}, { Message: 'Too much' })).details;
    expect({ errors, extension }).toEqual({ errors: [{ path: '', message: 'Too much' }], extension: undefined });
    expect(toRejection(toAnswer(400, {}, '<html>')).details.errors).toEqual([]);
  });
});

describe('other answers', () => {
  test.each([
    [302, 'xero_invalid_answer'],
    [404, 'xero_not_found'],
    [405, 'xero_rejected'],
    [500, 'xero_unavailable'],
    [504, 'xero_unavailable'],
  ])('when the status is %i, then it is %s', (status, code) => {
    expect(toAppError({ kind: 'answer', answer: toAnswer(status) }).code).toBe(code);
  });
});

describe('the retry policy', () => {
  test('jitter stays between half and full; a person waits ten seconds', () => {
    expect([2, 3, 4].map((attempt) => toBackoffMs({ firstWaitMs: 200, lastWaitMs: 500 }, attempt, () => 0))).toEqual([
      100, 200, 250,
    ]);
    const longest = (waits: { attempts: number; firstWaitMs: number; lastWaitMs: number }) =>
      Array.from({ length: waits.attempts - 1 }, (_, index) => toBackoffMs(waits, index + 2, () => 0.999)).reduce(
        (a, b) => a + b,
      );
    expect(longest(retryPolicies.person)).toBeLessThan(retryPolicies.person.budgetMs);
    expect(longest(concurrentWaits)).toBeLessThan(retryPolicies.person.budgetMs);
  });

  test('never repeats a failed write', () => {
    const ends = [502, 503, 504].map((status) => ({ kind: 'answer' as const, answer: toAnswer(status) }));
    const failures = (['network', 'timeout', 'cancelled', 'too_large'] as const).map((kind) => ({ kind, code: 'X' }));
    expect([...ends, ...failures].map((outcome) => isRetryable(retryPolicies.write, outcome))).not.toContain(true);
    expect(ends.map((outcome) => isRetryable(retryPolicies.person, outcome))).toEqual([true, true, true]);
  });
});
