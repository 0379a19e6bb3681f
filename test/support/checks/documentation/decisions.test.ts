import { expect, test } from 'vitest';
import { findDecisionFaults } from './decisions.ts';

const first = { name: '0001-a.md', text: '# 1. A\n\nDate: 2026-11-22\n' };
const second = { name: '0002-b.md', text: '# 2. B\n\nDate: 2026-11-22\n' };
const third = { name: '0003-c.md', text: '# 3. C\n\nDate: 2026-11-30\n' };
const list = { name: 'README.md', text: '[A](0001-a.md) [B](0002-b.md) [C](0003-c.md)' };

test('records in order, dated and listed are fine', () => {
  expect(findDecisionFaults([list, third, first, second])).toEqual([]);
});

test('reports a gap in the numbers', () => {
  expect(findDecisionFaults([list, first, third])).toEqual([
    '0003-c.md should be named 0002-title.md',
    '0003-c.md should begin with "# 2. Title"',
  ]);
});

test('reports two records with one number', () => {
  const twin = { name: '0001-b.md', text: second.text };
  const both = { name: 'README.md', text: '[A](0001-a.md) [B](0001-b.md)' };
  expect(findDecisionFaults([both, first, twin])).toEqual(['0001-b.md should be named 0002-title.md']);
});

test('reports a record without a date or that is not listed', () => {
  const undated = { name: '0002-b.md', text: '# 2. B\n\nDate: yesterday\n' };
  expect(findDecisionFaults([{ ...list, text: '[A](0001-a.md)' }, first, undated])).toEqual([
    '0002-b.md has no line "Date: YYYY-MM-DD"',
    '0002-b.md is not listed in README.md',
  ]);
});

test('reports a record that is older than the one before it', () => {
  const old = { name: '0002-b.md', text: '# 2. B\n\nDate: 2026-11-21\n' };
  expect(findDecisionFaults([list, first, old])).toEqual(['0002-b.md is older than the record before it']);
});
