import { expect, test } from 'vitest';
import { assignToSuites, listRuns, suites } from './suites.ts';

test('when a test file lies anywhere in the house, then exactly one suite runs it', () => {
  const files = ['shared/money.test.ts', 'test/sandbox/xero/where.test.ts', 'test/browser/story.test.ts'];
  const assigned = [...assignToSuites(files)].filter(([, list]) => list.length > 0);
  expect(assigned.map(([{ name }, list]) => [name, list])).toEqual([
    ['unit', files.slice(0, 2)],
    ['browser', files.slice(2)],
  ]);
});

test('when a test file lies where no suite looks, then that is said instead of never running it', () => {
  expect(() => assignToSuites(['elsewhere/lost.test.ts'])).toThrow('elsewhere/lost.test.ts');
});

test('when two suites are compared, then no folder is in both', () => {
  const folders = suites.flatMap((suite) => suite.folders);
  expect(new Set(folders).size).toBe(folders.length);
});

test('when tests of days run, then they do so in UTC, west and east of it, each under a name of its own', () => {
  const days = ['shared/calendar.test.ts', 'widget/lib/format.test.ts', 'server/ledger/sums/summary.test.ts'];
  const runs = listRuns([...days, 'shared/money.test.ts', 'test/browser/story.test.ts']);
  expect(runs.map(({ suite: { name, zone }, files }) => [name, zone, files])).toEqual([
    ['unit', 'UTC', [...days, 'shared/money.test.ts']],
    ['unit in Los_Angeles', 'America/Los_Angeles', days],
    ['unit in Auckland', 'Pacific/Auckland', days],
    ['browser', undefined, ['test/browser/story.test.ts']],
  ]);
});

test('when nothing of what was asked for is about days, then it runs once', () => {
  expect(listRuns(['shared/money.test.ts']).map(({ suite }) => suite.name)).toEqual(['unit']);
});
