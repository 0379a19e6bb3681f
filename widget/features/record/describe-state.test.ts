import { expect, test } from 'vitest';
import { fixSchema, type RecordProblem, type SyncRecord } from '#shared/contract/sync/record.ts';
import { recordFixture } from '#widget/ui/records/record.fixture.ts';
import { describeState } from './describe-state.ts';
import { fixHints } from './words.ts';

const problem: RecordProblem = {
  ...{ code: 'category_unmapped', field: 'lines.0.category', message: 'Choose an account for ‘Client gifts’.' },
  ...{ detail: null, fix: 'map_account', target: { mapping: 'categories', key: 'Client gifts' }, waitsFor: 'admin' },
};

function tell(given: Partial<SyncRecord>) {
  return describeState(recordFixture(given), { moment: () => '14:02' });
}

test('when there is a problem, then the sentence, the field, the fix and the next try are told', () => {
  const { tone, title, reasons } = tell({ state: 'problem', problem, nextTryAt: '2026-11-29T18:04:11Z' });
  expect([tone, title]).toEqual(['danger', 'Not in Xero']);
  expect(reasons).toEqual([
    'Choose an account for ‘Client gifts’.',
    'Field: Line 1, category',
    'An admin chooses the account on the sync page, under Mapping. Then it is sent automatically.',
    'Next try: 14:02',
  ]);
});

test.each([
  ['lines.0.category', { lines: [{ category: 'Client gifts' }] }, 'Line 1, category: Client gifts'],
  ['amount', {}, 'Field: Amount'],
  ['supplier', { supplier: { name: 'BP' } }, 'Field: Supplier'],
])('when %s is at fault in %j, then the card says “%s”', (field, data, words) => {
  expect(tell({ state: 'problem', problem: { ...problem, field }, data }).reasons).toContain(words);
});

test('when Xero refused it, then its own words are told as such', () => {
  const { reasons } = tell({ state: 'problem', problem: { ...problem, detail: 'Account code 999 is not valid' } });
  expect(reasons).toContain('Xero says: “Account code 999 is not valid”');
});

test('when it waits for a record that needs a person, then that is told', () => {
  const record = (state: SyncRecord['state']) => ({ kind: 'customers' as const, crmId: 'c-1', state });
  const wait = (state: SyncRecord['state']) =>
    tell({ state: 'waiting', reason: { code: 'needs_record', message: 'Waits for Acme.', record: record(state) } });
  expect(wait('question').reasons).toEqual(['Waits for Acme.', 'Customer: needs an answer.']);
  expect(wait('waiting').reasons).toEqual(['Waits for Acme.']);
});

test.each([
  [{ state: 'synced', xeroKind: 'bill' }, 'Bill · in Xero'],
  [{ state: 'synced', wanted: 'absent', xeroStatus: 'VOIDED' }, 'Voided in Xero'],
  [{ state: 'changed' }, 'Not sent yet'],
  [{ state: 'changed', sentVersion: 2 }, 'Changed since last sync'],
  [{ state: 'unsupported' }, 'Not sent to Xero'],
  [{ state: 'problem', sentVersion: 2 }, 'Latest changes not in Xero'],
  [{ state: 'problem', sentVersion: 2, wanted: 'absent' }, 'Still in Xero'],
] as const)('when the record is %j, then its title is “%s”', (given, title) => {
  expect(tell(given).title).toBe(title);
});

test.each(fixSchema.options)('when the fix is %s, then the card says what ends the problem', (fix) => {
  expect(fixHints[fix]).toMatch(/^[A-Z].+\.$/);
});
