import { describe, expect, test } from 'vitest';
import type { Run } from '#shared/contract/sync/runs.ts';
import { describeCounts, describeLength, isUndoable } from './run-counts.ts';

const none = { total: 0, make: 0, change: 0, adopt: 0, ask: 0, refuse: 0, same: 0, remove: 0, done: 0, left: 0 };

describe('what a run says of itself', () => {
  test('when it was a dry run, then its words are about what would be', () => {
    const counts = { ...none, total: 325, make: 312, ask: 9, refuse: 4 };
    expect(describeCounts({ type: 'sync', counts, dryRun: true }, String)).toBe('312 to add, 9 to answer, 4 refused');
    expect(describeCounts({ type: 'sync', counts, dryRun: false }, String)).toBe('312 added, 9 to answer, 4 refused');
    expect(describeCounts({ type: 'sync', counts: none, dryRun: false }, String)).toBe('nothing');
  });

  test('when it was a reset, then it tells what was forgotten', () => {
    const counts = { ...none, total: 2, same: 2 };
    expect(describeCounts({ type: 'reset', counts, dryRun: false }, String)).toBe('2 forgotten');
  });

  test.each([
    ['2026-11-30T10:00:01Z', '1 s'],
    ['2026-11-30T10:01:58Z', '2 min'],
    ['2026-11-30T12:05:00Z', '2 h 5 min'],
    [null, null],
  ])('when it ended at %s, then it took %s', (endedAt, length) => {
    expect(describeLength({ startedAt: '2026-11-30T10:00:00Z', endedAt })).toBe(length);
  });

  test.each<[string, Partial<Run>, boolean]>([
    ['ended and made something', {}, true],
    ['is a dry run', { dryRun: true }, false],
    ['goes on', { status: 'running' }, false],
    ['was an undo itself', { type: 'undo' }, false],
    ['made nothing', { undo: { possible: 0, impossible: 3 } }, false],
  ])('when it %s, then undo is offered: %s', (_, given, is) => {
    const run = { type: 'sync', dryRun: false, status: 'done', undo: { possible: 2, impossible: 0 } } as const;
    expect(isUndoable({ ...run, ...given })).toBe(is);
  });
});
