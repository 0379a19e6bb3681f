import { expect, test } from 'vitest';
import { connectReasonSchema, reconnectReasonSchema } from '#shared/contract/settings.ts';
import { auditOutcomeNote } from './audit-words.ts';
import { connectWords } from './connect-words.ts';
import { reconnectWords } from './reconnect-words.ts';

test('each reason has one title, which the audit shows too', () => {
  const reasons = connectReasonSchema.options;
  expect(reasons.map(auditOutcomeNote)).toEqual(reasons.map((reason) => connectWords[reason].title));
  const lost = reconnectReasonSchema.options;
  expect(lost.map(auditOutcomeNote)).toEqual(lost.map((reason) => reconnectWords[reason]));
  const titles = [...reasons.map((reason) => connectWords[reason].title), ...Object.values(reconnectWords)];
  expect(new Set(titles).size).toBe(titles.length);
  expect(titles.filter((title) => title.endsWith('.'))).toEqual([]);
});
