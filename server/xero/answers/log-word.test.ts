import { expect, test } from 'vitest';
import type { XeroLog } from '#server/xero/calling/xero-config.ts';
import { parseOrganisation } from '#server/xero/organisation/parse-organisation.ts';
import { toLogWord } from './log-word.ts';

test.each(['SPEND-CREDIT', 'ARSOMETHING', 'MARSSTANDARDTIME', 'A'.repeat(40)])(
  'when the word is %s, then it is logged',
  (word) => {
    expect(toLogWord(word)).toBe(word);
  },
);

test.each([
  null,
  '',
  'Nora Lindqvist',
  'NORA LINDQVIST',
  'nora@harbourlights.example',
  '60-1234-5678',
  'GB29NWBK60161331926819',
  '-NORA',
  'NORA\nLINDQVIST',
  'A'.repeat(41),
])('logs nothing of %j', (text) => {
  expect(toLogWord(text)).toBe('not one of Xero’s words');
});

test('does not log a time zone that is free text', () => {
  const lines: unknown[] = [];
  const note = (...line: unknown[]) => void lines.push(line);
  const log: XeroLog = { debug: note, info: note, warn: note, error: note };
  const text = JSON.stringify({
    Organisations: [{ Name: 'Demo', BaseCurrency: 'AUD', Timezone: 'Nora Lindqvist, 0400 123 456' }],
  });
  expect(parseOrganisation({ status: 200, headers: {}, text }, 'tenant', log).timeZone).toBe('UTC');
  expect(lines).toHaveLength(1);
  expect(JSON.stringify(lines)).not.toMatch(/Nora|0400/);
});
