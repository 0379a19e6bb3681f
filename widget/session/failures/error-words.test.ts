import { describe, expect, test } from 'vitest';
import { reconnectReasonSchema } from '#shared/contract/settings.ts';
import { errorCodes } from '#shared/error-catalogue.ts';
import { errorWords, reasonOf, reconnectReason, unreadableWords } from './error-words.ts';

describe('errorWords', () => {
  test.each(errorCodes)('when the code is %s, then it has a title, a reason and an action', (code) => {
    const words = errorWords({ code });
    expect(words.title).toMatch(/^[A-Z].+[^.]$/);
    expect(words.reason).toMatch(/^[A-Z].+\.$/);
    expect(['retry', 'wait', 'connect']).toContain(words.action);
  });

  test('when codes differ, then their reasons differ', () => {
    const outdated = ['method_not_allowed', 'unsupported_media_type'];
    // Only a CRM's backend gets these.
    const ofBackend = ['stale_version', 'version_reused', 'cursor_expired', 'already_accepted', 'crm_id_taken'];
    const reasons = errorCodes.filter((code) => ![...outdated, ...ofBackend].includes(code)).map(reasonOf);
    expect(new Set(reasons).size).toBe(reasons.length);
  });

  test('when Xero has to be connected again, then each reason has its own text', () => {
    const reasons = reconnectReasonSchema.options.map(
      (reason) => errorWords({ code: 'reconnect_needed', reason }).reason,
    );
    expect(new Set([...reasons, reconnectReason(null)]).size).toBe(reasons.length + 1);
  });

  test('when a record token was refused, then a wrong claim and a wrong key have different texts', () => {
    const words = (reason?: 'key' | 'claims') => errorWords({ code: 'token_invalid', reason }).reason;
    expect(words('key')).toBe(words());
    expect(words('key')).toContain('workspace’s key');
    expect(words('claims')).toContain('An admin can open this record to see which');
  });

  test('when Xero or we limit calls, then the text says who and offers a wait, not Retry', () => {
    expect(errorWords({ code: 'xero_rate_limited' })).toMatchObject({ title: 'Xero asked us to wait', action: 'wait' });
    expect(errorWords({ code: 'calls_paced' })).toMatchObject({
      title: 'Waiting to call Xero',
      action: 'wait',
    });
    expect(errorWords({ code: 'xero_timeout' })).toMatchObject({
      title: 'Error fetching details, click Retry',
      action: 'retry',
    });
  });
});

test.each([
  [1, '1 document could not be read. It is in Xero but not counted here. Everything else is.'],
  [3, '3 documents could not be read. They are in Xero but not counted here. Everything else is.'],
])('when %i documents could not be read, then the text says so and that they are in Xero', (count, text) => {
  const { title, reason } = unreadableWords(count, { count: String });
  expect(`${title} ${reason}`).toBe(text);
});
