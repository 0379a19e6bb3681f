import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { RecordDataRow, RecordFilter, RecordPage, RecordRow } from '#server/store/tables/records/record-store.ts';
import type { StoreContext } from './backends.ts';
import { at, newRecord, newRecordData } from './rows.ts';

export function recordDataSuite({ store, openAnother }: StoreContext): void {
  describe('what the CRM said of a record', () => {
    test('a higher version replaces a lower one, whichever came first', async () => {
      const row = newRecordData();
      const put = async (change: Partial<RecordDataRow>) => (await store().records.put({ ...row, ...change }))[0];
      expect(await put({})).toEqual({ outcome: 'taken' });
      expect(await put({})).toEqual({ outcome: 'same' });
      expect(await put({ dataHash: 'other' })).toEqual({ outcome: 'reused' });
      expect(await put({ wanted: 'absent' })).toEqual({ outcome: 'reused' });
      expect(await put({ version: 2 })).toEqual({ outcome: 'stale', version: 3 });
      const largest = { version: Number.MAX_SAFE_INTEGER, wanted: 'absent' as const, data: null, receipt: 'YQ==' };
      expect(await put(largest)).toEqual({ outcome: 'taken' });
      expect(await put({ version: 4 })).toEqual({ outcome: 'stale', version: Number.MAX_SAFE_INTEGER });
      expect(await store().records.findData(row.workspaceId, row.kind, row.crmId)).toEqual({ ...row, ...largest });
    });

    test('of many versions at once, in two processes, the highest stands', async () => {
      const row = newRecordData();
      const another = await openAnother();
      const versions = Array.from({ length: 20 }, (_, index) => (index * 7) % 20);
      const puttings = await Promise.all(
        versions.map((version, index) => (index % 2 ? another : store()).records.put({ ...row, version })),
      );
      expect(puttings.flat().every(({ outcome }) => outcome === 'taken' || outcome === 'stale')).toBe(true);
      expect((await store().records.findData(row.workspaceId, row.kind, row.crmId))?.version).toBe(19);
    });

    test('of several at once, each is compared with what is stored of its own record', async () => {
      const { workspaceId } = newRecordData();
      const name = (crmId: string, change: Partial<RecordDataRow> = {}) =>
        newRecordData({ workspaceId, crmId, ...change });
      const { put, findData } = store().records;
      expect(await put()).toEqual([]);
      await put(name('newer', { version: 9 }), name('same'), name('other'), name('older', { version: 1 }));
      const rows = [name('older', { receipt: 'YQ==' }), name('newer'), name('new'), name('same')];
      expect(await put(...rows, name('other', { dataHash: 'other' }))).toEqual([
        ...[{ outcome: 'taken' }, { outcome: 'stale', version: 9 }, { outcome: 'taken' }],
        ...[{ outcome: 'same' }, { outcome: 'reused' }],
      ]);
      expect(await findData(workspaceId, 'expenses', 'older')).toEqual(rows[0]);
      expect((await findData(workspaceId, 'expenses', 'newer'))?.version).toBe(9);
    });

    test('workspaces and kinds are apart', async () => {
      const row = newRecordData();
      const { put, findData } = store().records;
      await put(row);
      expect(await put({ ...row, kind: 'invoices', version: 1 })).toEqual([{ outcome: 'taken' }]);
      expect(await put({ ...row, workspaceId: randomUUID(), version: 1 })).toEqual([{ outcome: 'taken' }]);
      expect(await findData(row.workspaceId, 'payments', row.crmId)).toBeUndefined();
      expect(await findData(row.workspaceId, row.kind, row.crmId)).toEqual(row);
    });
  });
}

export function undecidedRecordsSuite({ store }: StoreContext): void {
  describe('records that an organisation has not decided on', () => {
    test('are the new ones and those with a newer version, in order and by page', async () => {
      const { workspaceId, organisationId } = newRecord();
      const { put, save, listUndecided } = store().records;
      const known = { a: 3, b: 2, c: null, e: 3 };
      for (const [crmId, wantedVersion] of Object.entries(known)) {
        await put(newRecordData({ workspaceId, crmId }));
        await save(newRecord({ workspaceId, organisationId, key: crmId, crmId, wantedVersion }));
      }
      const { receipt: _, ...d } = newRecordData({ workspaceId, crmId: 'd', receipt: 'YQ==' });
      await put({ ...d, receipt: 'YQ==' });
      await put(newRecordData({ crmId: 'of another workspace' }));
      const page = (limit: number, after?: { kind: string; crmId: string }) =>
        listUndecided({ workspaceId, organisationId }, { limit, after });
      expect((await page(9)).map(({ crmId, isKnown }) => [crmId, isKnown])).toEqual([
        ['b', true],
        ['c', true],
        ['d', false],
      ]);
      const [, second] = await page(2);
      expect(await page(9, second)).toEqual([{ ...d, isKnown: false }]);
      const other = { workspaceId, organisationId: randomUUID() };
      expect((await listUndecided(other, { limit: 9 })).map(({ crmId }) => crmId)).toEqual(['a', 'b', 'c', 'd', 'e']);
    });

    test('the states of one organisation are removed, those of another stay', async () => {
      const row = newRecord();
      const other = { ...row, organisationId: randomUUID() };
      const { save, find, removeStates } = store().records;
      await save(row, other);
      await removeStates({ workspaceId: row.workspaceId, organisationId: row.organisationId });
      expect([await find(row), await find(other)]).toEqual([undefined, other]);
    });
  });
}

export function recordsSuite({ store }: StoreContext): void {
  describe('where records stand', () => {
    test('a state replaces the one before', async () => {
      const { save, find, findByXeroId, listByXeroId } = store().records;
      const row = newRecord();
      const other = newRecord({ workspaceId: row.workspaceId, organisationId: row.organisationId, key: 'exp-43' });
      await save(row, other);
      const twin = { xeroId: randomUUID(), sentVersion: 2 ** 40, wantedVersion: 2 ** 41 };
      const synced = { ...row, ...twin, state: 'synced', code: null, tries: 3, wanted: 'absent' as const };
      await save({ ...other, title: 'Paper' }, synced);
      expect([await find(row), await find(other)]).toEqual([synced, { ...other, title: 'Paper' }]);
      const { organisationId: _, ...elsewhere } = row;
      expect(await find({ ...elsewhere, organisationId: 'other' })).toBeUndefined();
      expect(await find({ ...row, key: 'other' })).toBeUndefined();
      expect(await findByXeroId(row, row.kind, twin.xeroId)).toEqual(synced);
      expect(await findByXeroId(row, 'invoices', twin.xeroId)).toBeUndefined();
      await save({ ...other, xeroId: twin.xeroId });
      const ofTwin = await listByXeroId(row, row.kind, twin.xeroId);
      expect(ofTwin.map(({ key }) => key).toSorted()).toEqual([row.key, other.key].toSorted());
      await save();
    });

    test('lists the newest change of state first, page by page, and counts all', async () => {
      const { list, count, save } = store().records;
      const { workspaceId, organisationId } = newRecord();
      const of = (key: string, minute: number, change: Partial<RecordRow> = {}) =>
        newRecord({ workspaceId, organisationId, key, stateSince: at(minute), ...change });
      await save(
        of('a', 1),
        of('b', 3, { kind: 'invoices', state: 'problem', code: 'total_differs', searched: '100% of inv_1' }),
        of('c', 2, { state: 'synced', code: null }),
        of('d', 3, { blockedOn: 'categories:client gifts' }),
        of('e', 3),
        newRecord({ workspaceId }),
        newRecord({ organisationId }),
      );
      const workspace = { workspaceId, organisationId };
      const keysOf = async (filter: RecordFilter, page: RecordPage = { limit: 10 }) =>
        (await list(workspace, filter, page)).map(({ key }) => key);
      expect(await keysOf({})).toEqual(['b', 'e', 'd', 'c', 'a']);
      const [, , third] = await list(workspace, {}, { limit: 3 });
      expect(await keysOf({}, { limit: 2, after: third })).toEqual(['c', 'a']);
      expect([await count(workspace, {}), await count(workspace, { states: ['waiting'] })]).toEqual([5, 3]);
      expect(await keysOf({ states: ['problem', 'synced'] })).toEqual(['b', 'c']);
      expect(await keysOf({ kinds: ['invoices'] })).toEqual(['b']);
      expect(await keysOf({ codes: ['queued'], kinds: ['expenses'] })).toEqual(['e', 'd', 'a']);
      expect(await keysOf({ blockedOn: 'categories:client gifts' })).toEqual(['d']);
      expect([await keysOf({ search: '100% OF INV_1' }), await keysOf({ search: 'inv%1' })]).toEqual([['b'], []]);
    });
  });
}

export function recordHistorySuite({ store }: StoreContext): void {
  describe('the history of records, and who may change them', () => {
    test('the history has what the CRM said and what happened in the organisation, newest first', async () => {
      const { appendHistory, listHistory } = store().records;
      const { state: _, ...row } = newRecord();
      const place = { workspaceId: row.workspaceId, kind: row.kind, key: row.key };
      const entries = ['', row.organisationId, 'another', ''].map((organisationId, index) => ({
        ...{ ...place, organisationId },
        details: `{"n":${index}}`,
      }));
      for (const entry of entries) await appendHistory(entry);
      const told = await listHistory({ ...place, organisationId: row.organisationId }, 5);
      expect(told).toEqual([entries[3], entries[1], entries[0]]);
      expect(await listHistory({ ...place, organisationId: row.organisationId }, 1)).toEqual([entries[3]]);
      expect(await listHistory({ ...place, organisationId: row.organisationId, key: 'other' }, 5)).toEqual([]);
    });

    test('while a transaction holds the workspace, another one waits', async () => {
      const workspaceId = randomUUID();
      for (const round of ['a new workspace', 'a known workspace']) {
        const order: string[] = [];
        let second: Promise<unknown> = Promise.resolve();
        await store().together(async ({ records }) => {
          await records.hold(workspaceId);
          second = store().together(async (parts) => {
            await parts.records.hold(workspaceId);
            order.push('second');
          });
          await records.put(newRecordData({ workspaceId, crmId: round }));
          await records.hold(workspaceId);
          order.push('first');
        });
        await second;
        expect(order, round).toEqual(['first', 'second']);
      }
    });
  });
}
