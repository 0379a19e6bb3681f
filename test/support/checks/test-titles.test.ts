import { expect, test } from 'vitest';
import { findLongTitles } from './test-titles.ts';

const long = 'x'.repeat(96);

test.each([`test('${long}', () => {`, `describe("${long}", `, `  test.each([1, 2])(\n    '${long}',`])(
  'a title of 96 characters is found in %j',
  (text) => expect(findLongTitles(text)).toEqual([long]),
);

test('a title of 95 characters is none, and neither is another text', () => {
  expect(findLongTitles(`test('${long.slice(1)}', () => toText('${long}'));`)).toEqual([]);
});
