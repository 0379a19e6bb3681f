import { describe, expect, test } from 'vitest';
import type { Run } from '#shared/contract/sync/runs.ts';
import { groupRuns, sumRuns } from './run-groups.ts';

const none = { total: 0, make: 0, change: 0, adopt: 0, ask: 0, refuse: 0, same: 0, remove: 0, done: 0, left: 0 };

function runOf(id: string, second: number, given: Partial<Run> = {}): Run {
  return {
    ...{ id, type: 'sync', dryRun: true, kind: 'expenses', status: 'done', counts: none, calls: 1, error: null },
    ...{ by: { id: 'u1', name: 'Ada' }, undo: { possible: 0, impossible: 0 } },
    startedAt: new Date(Date.UTC(2026, 10, 30, 10, 0, second)).toISOString(),
    endedAt: new Date(Date.UTC(2026, 10, 30, 10, 1, second)).toISOString(),
    ...given,
  };
}

function idsOf(...runs: Run[]) {
  return groupRuns(runs).map((group) => group.map(({ id }) => id).join('+'));
}

describe('dry runs that were started together', () => {
  test('are one', () => {
    const [items, invoices] = [{ kind: 'items' as const }, { kind: 'invoices' as const }];
    expect(idsOf(runOf('c', 2, items), runOf('b', 1, invoices), runOf('a', 0))).toEqual(['c+b+a']);
  });

  test.each<[string, Run]>([
    ['one that began later', runOf('b', 20, { kind: 'items' })],
    ['another one of the same kind', runOf('b', 1)],
    ['a run that sends', runOf('b', 1, { kind: 'items', dryRun: false })],
    ['the plan of an undo', runOf('b', 1, { kind: null, type: 'undo' })],
    ['another person’s', runOf('b', 1, { kind: 'items', by: { id: 'u2', name: 'Ben' } })],
  ])('%s stands alone', (_, other) => {
    expect(idsOf(other, runOf('a', 0))).toEqual(['b', 'a']);
  });

  test('have the sums of their counts, and go on until the last one has ended', () => {
    const first = runOf('a', 0, { counts: { ...none, total: 3, make: 2, ask: 1 } });
    const second = runOf('b', 1, { kind: 'invoices', counts: { ...none, total: 4, make: 4 }, calls: 2 });
    expect(sumRuns([second, first])).toMatchObject({
      ...{ kind: null, status: 'done', calls: 3, counts: { total: 7, make: 6, ask: 1 } },
      ...{ startedAt: first.startedAt, endedAt: second.endedAt },
    });
    const running = { ...second, status: 'running' as const, endedAt: null };
    expect(sumRuns([running, first])).toMatchObject({ status: 'running', endedAt: null });
    expect(sumRuns([first, { ...first, status: 'failed' }])).toMatchObject({ kind: 'expenses', status: 'failed' });
  });
});
