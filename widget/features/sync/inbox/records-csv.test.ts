import { expect, test } from 'vitest';
import { recordFixture } from '#widget/ui/records/record.fixture.ts';
import { formatRecordsCsv } from './records-csv.ts';

test('when records are exported, then each is a line, and names from people are no formulas', () => {
  const text = formatRecordsCsv([
    recordFixture({ title: '=1+1', state: 'changed' }),
    recordFixture({ title: 'a, "b"' }),
  ]);
  const lines = text.split('\r\n');
  expect(lines[0]).toBe(
    '\uFEFFKind,CRM ID,Name,Date,Currency,Amount,State,Since,Code,Message,Xero’s words,Field,Next try,Xero number,Xero ID,Xero link',
  );
  expect(lines[1]).toContain(`exp-42,'=1+1,2026-11-28,AUD,86.40,Changed since last sync`);
  expect(lines[2]).toContain('"a, ""b"""');
  expect(lines).toHaveLength(4);
});

test('when an amount is negative, then it stays a number', () => {
  const amount = { currency: 'AUD', amount: '-86.40' };
  const [, line] = formatRecordsCsv([recordFixture({ title: '-1+A2', amount })]).split('\r\n');
  expect(line).toContain("exp-42,'-1+A2,2026-11-28,AUD,-86.40,");
});
