import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Lease, Store } from '#server/store/store.ts';
import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import type { StoreContext } from '../backends.ts';
import { at, newConnectionRow, newRecord } from '../rows.ts';

function leaseOf(owner: string, minute: number, onlyProcess: string | null = null): Lease {
  return { owner, now: at(minute), until: at(minute + 2), onlyProcess };
}

function newPlace() {
  const { workspaceId, organisationId } = newRecord();
  const of = (key: string, change: Partial<RecordRow> = {}) =>
    newRecord({ workspaceId, organisationId, key, crmId: key, ...change });
  return { where: { workspaceId, organisationId }, of };
}

function keysOf(rows: readonly RecordRow[]): string[] {
  return rows.map(({ key }) => key);
}

export function dueRecordsSuite({ store }: StoreContext): void {
  describe('records that are due', () => {
    test('are taken by kind, the longest due first, whatever their state', async () => {
      const { where, of } = newPlace();
      await store().records.save(
        of('second', { nextTryAt: at(2), state: 'problem' }),
        of('first', { nextTryAt: at(1), kind: 'invoices', memory: '{"mark":"m"}', blockedOn: 'plan', runId: 'r-1' }),
        of('third', { nextTryAt: at(3), state: 'synced' }),
        of('of another kind', { nextTryAt: at(1), kind: 'items' }),
        of('later', { nextTryAt: at(4) }),
        of('never', { nextTryAt: null }),
        newRecord({ ...where, organisationId: randomUUID(), nextTryAt: at(0) }),
        newRecord({ ...where, workspaceId: randomUUID(), nextTryAt: at(0) }),
      );
      const { takeDue } = store().records;
      const kinds = ['expenses', 'invoices', 'expenses'];
      const two = await takeDue(where, { kinds, limit: 2, lease: leaseOf('a', 3) });
      expect(keysOf(two)).toEqual(['first', 'second']);
      expect(two[0]).toEqual(
        of('first', { nextTryAt: at(1), kind: 'invoices', memory: '{"mark":"m"}', blockedOn: 'plan', runId: 'r-1' }),
      );
      expect(keysOf(await takeDue(where, { kinds, limit: 9, lease: leaseOf('b', 3) }))).toEqual(['third']);
      expect(await takeDue(where, { kinds: [], limit: 9, lease: leaseOf('b', 3) })).toEqual([]);
    });
  });
}

export function leasedRecordsSuite({ store, openAnother, options }: StoreContext): void {
  describe('leased records', () => {
    test('a leased record is left to its owner until the lease ends', async () => {
      const { where, of } = newPlace();
      await store().records.save(of('x'));
      const take = async (owner: string, minute: number, onlyProcess: string | null = null) => {
        const lease = leaseOf(owner, minute, onlyProcess);
        return keysOf(await store().records.takeDue(where, { kinds: ['expenses'], limit: 9, lease }));
      };
      expect(await take('p1:a', 2)).toEqual(['x']);
      expect([await take('p1:b', 3), await take('p1:a', 3)]).toEqual([[], ['x']]);
      // A new version is stored under the lease, and does not end it.
      await store().records.save(of('x', { wantedVersion: 4 }));
      expect(await take('p1:b', 4)).toEqual([]);
      expect(await store().records.renewLeases('p1:a', at(9))).toBe(1);
      expect([await take('p1:b', 8), await take('p1:b', 9)]).toEqual([[], ['x']]);
      expect(await store().records.renewLeases('p1:a', at(12))).toBe(0);
      await store().records.releaseLeases('p1:a');
      expect(await take('p1:c', 10)).toEqual([]);
      await store().records.releaseLeases('p1:b');
      expect(await take('p1:c', 10)).toEqual(['x']);
      expect(await take('p2:a', 11, 'p2')).toEqual(['x']);
    });

    test('of two processes at once, each record goes to one', async () => {
      const { where, of } = newPlace();
      await store().records.save(...Array.from({ length: 60 }, (_, index) => of(`x-${index}`)));
      // SQLite has one process. A second one in this thread would stop the first one in the middle of its transaction.
      const another = options().databaseUrl === undefined ? store() : await openAnother();
      const taken = await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          (index % 2 ? another : store()).records.takeDue(where, {
            ...{ kinds: ['expenses', 'items'], limit: 7 },
            lease: leaseOf(`owner-${index}`, 2),
          }),
        ),
      );
      const keys = taken.flatMap(keysOf);
      expect([keys.length, new Set(keys).size]).toEqual([60, 60]);
    });
  });
}

export function wakingSuite({ store }: StoreContext): void {
  describe('records that are held up', () => {
    test('become due when what holds them is gone, and never later than they were', async () => {
      const { where, of } = newPlace();
      const held = { blockedOn: 'categories:fuel' };
      await store().records.save(
        of('a', { ...held, nextTryAt: at(60) }),
        of('b', { ...held, nextTryAt: null, state: 'question' }),
        of('c', { ...held, nextTryAt: at(3) }),
        of('d', { blockedOn: 'record:customers/c-1', nextTryAt: at(60), kind: 'invoices' }),
        of('e', { blockedOn: 'categories:gifts', nextTryAt: at(60) }),
        of('f', { nextTryAt: at(60) }),
        newRecord({ ...where, organisationId: randomUUID(), ...held, nextTryAt: at(60) }),
      );
      const { wake, list, nextDue } = store().records;
      expect(await wake(where, ['categories:fuel', 'record:customers/c-1', 'categories:fuel'], at(5))).toBe(3);
      expect(await wake(where, ['categories:fuel'], at(5))).toBe(0);
      expect(await wake(where, [], at(1))).toBe(0);
      const rows = await list(where, {}, { limit: 9 });
      const times = Object.fromEntries(rows.map(({ key, nextTryAt }) => [key, nextTryAt]));
      expect(times).toEqual({ a: at(5), b: at(5), c: at(3), d: at(5), e: at(60), f: at(60) });
      expect(await nextDue(where)).toBe(at(3));
      expect(await nextDue({ ...where, organisationId: 'none' })).toBeNull();
    });

    test('are woken in the transaction that wakes them, or not at all', async () => {
      const { where, of } = newPlace();
      await store().records.save(of('a', { blockedOn: 'lock', nextTryAt: at(60) }));
      const failing = store().together(async ({ records }) => {
        await records.wake(where, ['lock'], at(5));
        throw new Error('the second half');
      });
      await expect(failing).rejects.toThrow('the second half');
      expect(await store().records.nextDue(where)).toBe(at(60));
    });

    test('a long list is woken whole', async () => {
      const { where, of } = newPlace();
      for (const part of ['x', 'y', 'z']) {
        const rows = Array.from({ length: 400 }, (_, index) =>
          of(`${part}-${index}`, { blockedOn: 'plan', nextTryAt: part === 'z' ? null : at(60) }),
        );
        await store().records.save(...rows);
      }
      expect(await store().records.wake(where, ['plan'], at(5))).toBe(1200);
      const lease = leaseOf('a', 5);
      expect(await store().records.takeDue(where, { kinds: ['expenses'], limit: 2000, lease })).toHaveLength(1200);
    });
  });
}

export function duePlacesSuite({ store }: StoreContext): void {
  describe('organisations with due records', () => {
    test('are the connected ones, the longest due first, ended connections last', async () => {
      const connect = async (minute: number, connected = true) => {
        const row = newConnectionRow();
        await store().connections.connect(row);
        if (!connected) await store().connections.disconnect(row.workspaceId);
        const where = { workspaceId: row.workspaceId, organisationId: row.organisationId };
        await store().records.save(newRecord({ ...where, nextTryAt: at(minute) }));
        await store().records.save(newRecord({ ...where, key: 'later', nextTryAt: at(minute + 1) }));
        return where;
      };
      const [ended, second, first] = [await connect(-30, false), await connect(-10), await connect(-20)];
      await connect(5);
      await store().records.save(newRecord({ ...first, organisationId: randomUUID(), nextTryAt: at(-60) }));
      await store().records.save(newRecord({ nextTryAt: at(-60) }));
      expect(await store().records.listDue(at(-9), 9)).toEqual([first, second, ended]);
      expect(await store().records.listDue(at(-9), 1)).toEqual([first]);
      expect(await store().records.listDue(at(-31), 9)).toEqual([]);
      await makeDone(store(), [ended, second, first]);
    });
  });
}

/** The database is shared by the tests of a file. */
async function makeDone(store: Store, places: readonly { workspaceId: string; organisationId: string }[]) {
  for (const where of places) {
    for (const key of ['exp-42', 'later']) await store.records.save(newRecord({ ...where, key, nextTryAt: null }));
  }
}
