import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { RunRecordRow, RunRow } from '#server/store/tables/sync/run-store.ts';
import type { StoreContext } from '../backends.ts';
import { at } from '../rows.ts';

function newRun(change: Partial<RunRow> = {}): RunRow {
  return {
    id: `r_${randomUUID()}`,
    workspaceId: randomUUID(),
    organisationId: randomUUID(),
    type: 'sync',
    dryRun: false,
    kind: 'expenses',
    status: 'queued',
    startedAt: at(0),
    endedAt: null,
    by: '{"id":"u1","name":"Finance admin"}',
    request: '{"kind":"expenses","filter":{}}',
    counts: '{}',
    calls: 0,
    error: null,
    ...change,
  };
}

function newRow(key: string, change: Partial<RunRecordRow> = {}): RunRecordRow {
  return {
    ...{ kind: 'expenses', key, crmId: key, xeroId: null, outcome: 'make', isDone: false, details: '{}' },
    ...change,
  };
}

export function runsSuite({ store }: StoreContext): void {
  describe('runs', () => {
    test('are found in their workspace, and listed the newest first', async () => {
      const { create, find, list } = store().runs;
      const first = newRun({ dryRun: true, kind: null, error: '{"code":"plan_limit"}' });
      const where = { workspaceId: first.workspaceId, organisationId: first.organisationId };
      const [second, third] = [
        newRun({ ...where, id: 'a-2', startedAt: at(1) }),
        newRun({ ...where, startedAt: at(2) }),
      ];
      const twin = { ...second, id: 'a-1' };
      for (const run of [second, first, third, twin, newRun({ workspaceId: where.workspaceId })]) await create(run);
      expect(await find(first.workspaceId, first.id)).toEqual(first);
      expect(await find('another', first.id)).toBeUndefined();
      expect(await list(where, { limit: 9 })).toEqual([third, second, twin, first]);
      expect(await list(where, { limit: 2, after: second })).toEqual([twin, first]);
    });

    test('change while they have a certain status, and are found by it', async () => {
      const { create, find, update, listInStatus } = store().runs;
      const run = newRun();
      const where = { workspaceId: run.workspaceId, organisationId: run.organisationId };
      const later = newRun({ ...where, status: 'running', startedAt: at(1) });
      for (const each of [later, run, newRun({ ...where, status: 'done' }), newRun()]) await create(each);
      const open = ['queued', 'running'];
      expect(await listInStatus(open, { where, limit: 9 })).toEqual([run, later]);
      expect(await listInStatus(open, { limit: 999 })).toEqual(expect.arrayContaining([run, later]));
      const change = { status: 'cancelled', endedAt: at(2), counts: '{"done":1}', calls: 3, error: '{}' };
      expect(await update(run.id, change, open)).toBe(true);
      expect(await update(run.id, { status: 'done' }, open)).toBe(false);
      expect(await find(run.workspaceId, run.id)).toEqual({ ...run, ...change });
      expect(await update(later.id, { calls: 2 }, open)).toBe(true);
      expect(await find(run.workspaceId, later.id)).toEqual({ ...later, calls: 2 });
    });

    test('the last end of each kind is that of a run that sent', async () => {
      const { create, listLastEnds } = store().runs;
      const { workspaceId, organisationId } = newRun();
      const ended = (kind: string, minute: number, change: Partial<RunRow> = {}) =>
        create(newRun({ workspaceId, organisationId, kind, endedAt: at(minute), ...change }));
      await ended('expenses', 1);
      await ended('expenses', 3);
      await ended('expenses', 2);
      await ended('expenses', 9, { dryRun: true });
      await ended('items', 4);
      await ended('invoices', 5, { endedAt: null });
      await ended('invoices', 5, { organisationId: 'another' });
      expect(new Set(await listLastEnds({ workspaceId, organisationId }))).toEqual(
        new Set([
          { kind: 'expenses', endedAt: at(3) },
          { kind: 'items', endedAt: at(4) },
        ]),
      );
    });
  });
}

export function oldRunsSuite({ store }: StoreContext): void {
  describe('runs', () => {
    test('that are old are removed with their rows, except the last one of each type and what still runs', async () => {
      const { create, find, list, listRows, putRows, removeBefore } = store().runs;
      const first = newRun({ status: 'done', startedAt: at(-90) });
      const where = { workspaceId: first.workspaceId, organisationId: first.organisationId };
      const [running, last, other, dry] = [
        newRun({ ...where, status: 'running', startedAt: at(-80) }),
        newRun({ ...where, status: 'failed', startedAt: at(-70) }),
        newRun({ ...where, status: 'done', type: 'undo', startedAt: at(-95) }),
        newRun({ status: 'cancelled', startedAt: at(-99) }),
      ];
      for (const run of [first, running, last, other, dry]) await create(run);
      const many = Array.from({ length: 1200 }, (_, index) => newRow(`x-${index}`));
      await putRows(first.id, many);
      await putRows(last.id, many.slice(0, 2));
      expect(await removeBefore(at(-60))).toBe(1);
      expect(await list(where, { limit: 9 })).toEqual([last, running, other]);
      expect(await find(dry.workspaceId, dry.id)).toEqual(dry);
      expect(await listRows(first.id, {}, { limit: 9 })).toEqual([]);
      expect(await listRows(last.id, {}, { limit: 9 })).toHaveLength(2);
    });
  });
}

export function runRowsSuite({ store }: StoreContext): void {
  describe('records of a run', () => {
    test('are replaced, counted, and listed page by page', async () => {
      const { putRows, findRow, listRows, countRows } = store().runs;
      const id = randomUUID();
      const rows = [newRow('a'), newRow('b', { outcome: 'ask' }), newRow('c', { kind: 'invoices', crmId: null })];
      await putRows(id, rows);
      const done = newRow('a', { isDone: true, xeroId: 'x-1', details: '{"message":"added"}', crmId: 'a-1' });
      await putRows(id, [done]);
      await putRows(randomUUID(), [newRow('d')]);
      await putRows(id, []);
      const [, b, c] = rows;
      expect(await listRows(id, {}, { limit: 9 })).toEqual([done, b, c]);
      expect(await findRow(id, done)).toEqual(done);
      expect(await findRow(id, { kind: 'invoices', key: 'a' })).toBeUndefined();
      expect(await listRows(id, {}, { limit: 1, after: done })).toEqual([b]);
      expect(await listRows(id, { outcomes: ['make'] }, { limit: 9 })).toEqual([done, c]);
      expect(await listRows(id, { isDone: false, outcomes: ['make', 'ask'] }, { limit: 9 })).toEqual([b, c]);
      expect(new Set(await countRows(id))).toEqual(
        new Set([
          { outcome: 'make', isDone: true, count: 1 },
          { outcome: 'make', isDone: false, count: 1 },
          { outcome: 'ask', isDone: false, count: 1 },
        ]),
      );
    });

    test('a long list is stored whole', async () => {
      const id = randomUUID();
      await store().runs.putRows(
        id,
        Array.from({ length: 1200 }, (_, index) => newRow(`x-${index}`)),
      );
      expect(await store().runs.countRows(id)).toEqual([{ outcome: 'make', isDone: false, count: 1200 }]);
    });
  });
}
