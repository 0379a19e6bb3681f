import { expect, test } from 'vitest';
import type { SyncPlace } from '#server/sync-place.ts';
import { buildSweep } from './sweep.ts';

const now = new Date('2026-11-30T10:00:00Z');

test('the sweep wakes each place with due rows, every minute and at the start', async () => {
  const due = ['a', 'b'].map((organisationId) => ({ workspaceId: 'fieldnote', organisationId }));
  const asked: unknown[] = [];
  const woken: SyncPlace[] = [];
  const listDue = async (...given: unknown[]) => {
    asked.push(given);
    return due;
  };
  const sweep = buildSweep({
    store: { records: { listDue } },
    clock: { now: () => now },
    jobs: { wake: (place) => void woken.push(place) },
  });
  expect(sweep).toMatchObject({ everyMs: 60_000, isDueAtStart: true });
  await sweep.work(new AbortController().signal);
  expect(asked).toEqual([['2026-11-30T10:00:00.000Z', 1_000]]);
  expect(woken).toEqual(due);
});
