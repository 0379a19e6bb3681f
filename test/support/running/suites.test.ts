import { expect, test } from 'vitest';
import { assignToSuites, listRuns, suites } from './suites.ts';

test('every test file belongs to exactly one suite', () => {
  const files = ['shared/money.test.ts', 'test/sandbox/xero/where.test.ts', 'test/browser/records/story.test.ts'];
  const assigned = [...assignToSuites(files)].filter(([, list]) => list.length > 0);
  expect(assigned.map(([{ name }, list]) => [name, list])).toEqual([
    ['unit', files.slice(0, 2)],
    ['browser', files.slice(2)],
  ]);
});

test('a test file outside every suite is reported', () => {
  expect(() => assignToSuites(['elsewhere/lost.test.ts'])).toThrow('elsewhere/lost.test.ts');
});

test('no folder belongs to two suites', () => {
  const folders = suites.flatMap((suite) => suite.folders);
  expect(new Set(folders).size).toBe(folders.length);
});

test('tests of days run in UTC, west and east of it, under own names', () => {
  const days = ['shared/calendar.test.ts', 'widget/lib/format.test.ts', 'server/ledger/sums/summary.test.ts'];
  const runs = listRuns([...days, 'shared/money.test.ts', 'test/browser/records/story.test.ts']);
  expect(runs.map(({ suite: { name, zone }, files }) => [name, zone, files])).toEqual([
    ['unit', 'UTC', [...days, 'shared/money.test.ts']],
    ['unit in Los_Angeles', 'America/Los_Angeles', days],
    ['unit in Auckland', 'Pacific/Auckland', days],
    ['browser', undefined, ['test/browser/records/story.test.ts']],
  ]);
});

test('without tests of days, it runs once', () => {
  expect(listRuns(['shared/money.test.ts']).map(({ suite }) => suite.name)).toEqual(['unit']);
});
