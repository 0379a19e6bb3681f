import { expect, it } from 'vitest';
import { assignToSuites, suites } from './suites.ts';

it('when a test file lies anywhere in the house, then exactly one suite runs it', () => {
  const files = ['shared/money.test.ts', 'test/sandbox/xero/where.test.ts', 'test/browser/story.test.ts'];
  const assigned = [...assignToSuites(files)].filter(([, list]) => list.length > 0);
  expect(assigned.map(([{ name }, list]) => [name, list])).toEqual([
    ['unit', files.slice(0, 2)],
    ['browser', files.slice(2)],
  ]);
});

it('when a test file lies where no suite looks, then that is said instead of never running it', () => {
  expect(() => assignToSuites(['elsewhere/lost.test.ts'])).toThrow('elsewhere/lost.test.ts');
});

it('when two suites are compared, then no folder is in both', () => {
  const folders = suites.flatMap((suite) => suite.folders);
  expect(new Set(folders).size).toBe(folders.length);
});
