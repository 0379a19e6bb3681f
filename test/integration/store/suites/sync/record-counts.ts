import { describe, expect, test } from 'vitest';
import type { RecordFilter, RecordRow } from '#server/store/tables/records/record-store.ts';
import type { StoreContext } from '../backends.ts';
import { newRecord, newRecordData } from '../rows.ts';

function newPlace() {
  const { workspaceId, organisationId } = newRecord();
  const of = (key: string, change: Partial<RecordRow> = {}) =>
    newRecord({ workspaceId, organisationId, key, crmId: key, ...change });
  return { where: { workspaceId, organisationId }, of };
}

export function recordCountsSuite({ store }: StoreContext): void {
  describe('counts of records', () => {
    test('go by state, and by what the records have in common', async () => {
      const { where, of } = newPlace();
      const unmapped = { state: 'problem', code: 'category_unmapped', blockedOn: 'categories:fuel' };
      await store().records.save(
        of('a', unmapped),
        of('b', unmapped),
        of('c', { ...unmapped, blockedOn: 'categories:gifts' }),
        of('d', { ...unmapped, kind: 'invoices' }),
        of('e', { state: 'question', code: 'near_name' }),
        of('f'),
        of('g', { state: 'synced', code: null }),
        of('h', { state: 'unsupported', code: 'zero_total' }),
        newRecord({ workspaceId: where.workspaceId }),
      );
      const states = await store().records.countStates(where);
      expect(new Set(states)).toEqual(
        new Set([
          { kind: 'expenses', state: 'problem', count: 3 },
          { kind: 'invoices', state: 'problem', count: 1 },
          { kind: 'expenses', state: 'question', count: 1 },
          { kind: 'expenses', state: 'waiting', count: 1 },
          { kind: 'expenses', state: 'synced', count: 1 },
          { kind: 'expenses', state: 'unsupported', count: 1 },
        ]),
      );
      expect(new Set(await store().records.countCauses(where))).toEqual(
        new Set([
          { ...unmapped, kind: 'expenses', count: 2 },
          { ...unmapped, blockedOn: 'categories:gifts', kind: 'expenses', count: 1 },
          { ...unmapped, kind: 'invoices', count: 1 },
          { state: 'question', code: 'near_name', blockedOn: null, kind: 'expenses', count: 1 },
          { state: 'waiting', code: 'queued', blockedOn: null, kind: 'expenses', count: 1 },
        ]),
      );
    });
  });
}

export function namedRecordsSuite({ store }: StoreContext): void {
  describe('many records at once', () => {
    test('are found by name, with what the CRM said of them', async () => {
      const { where, of } = newPlace();
      const [a, b] = [of('a'), of('b', { kind: 'invoices' })];
      await store().records.save(a, b, of('c'), newRecord({ workspaceId: where.workspaceId, key: 'a' }));
      const data = newRecordData({ workspaceId: where.workspaceId, crmId: 'a' });
      await store().records.put({ ...data, receipt: 'YQ==' });
      await store().records.put(newRecordData({ workspaceId: where.workspaceId, crmId: 'b' }));
      const unknown = Array.from({ length: 1100 }, (_, index) => ({ kind: 'expenses', key: `unknown-${index}` }));
      const names = [{ kind: 'expenses', key: 'a' }, ...unknown, { kind: 'invoices', key: 'b' }];
      const found = await store().records.findMany(where, [...names, { kind: 'expenses', key: 'a' }]);
      expect(new Set(found)).toEqual(new Set([a, b]));
      expect(found).toHaveLength(2);
      const { receipt: _, ...said } = data;
      expect(await store().records.findManyData(where.workspaceId, names)).toEqual([said]);
      expect(await store().records.findMany(where, [])).toEqual([]);
    });

    test('are listed by their ids and by their own date', async () => {
      const { where, of } = newPlace();
      const dates = { a: '2026-11-01', b: '2026-11-02', c: '2026-11-03', d: null };
      for (const [key, date] of Object.entries(dates)) await store().records.save(of(key, { date }));
      await store().records.save(of('xero:1', { crmId: null, date: null }));
      const keysOf = async (filter: RecordFilter) => {
        const rows = await store().records.list(where, filter, { limit: 9 });
        expect(await store().records.count(where, filter)).toBe(rows.length);
        return rows.map(({ key }) => key).toSorted();
      };
      expect(await keysOf({ from: '2026-11-02' })).toEqual(['b', 'c']);
      expect(await keysOf({ from: '2026-11-01', to: '2026-11-02' })).toEqual(['a', 'b']);
      expect(await keysOf({ crmIds: ['a', 'd', 'unknown'] })).toEqual(['a', 'd']);
      expect(await keysOf({ keys: ['a', 'xero:1'] })).toEqual(['a', 'xero:1']);
      expect(await keysOf({ keys: [] })).toEqual([]);
    });
  });
}
