import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { NewChange } from '#server/store/tables/sync/change-store.ts';
import type { StoreContext } from '../backends.ts';
import { at } from '../rows.ts';

function newChange(change: Partial<NewChange> = {}): NewChange {
  return {
    organisationId: 'org',
    type: 'state',
    kind: 'expenses',
    crmId: 'exp-42',
    xeroId: null,
    state: null,
    at: at(0),
    data: '{"record":{}}',
    ...change,
  };
}

export function changesSuite({ store }: StoreContext): void {
  describe('the feed of changes', () => {
    test('is numbered per workspace, the oldest first', async () => {
      const [workspaceId, other] = [randomUUID(), randomUUID()];
      const { append, list, find, newest, oldest } = store().changes;
      expect([await newest(workspaceId), await oldest(workspaceId)]).toEqual([0, 1]);
      const reset = newChange({ type: 'reset', kind: null, crmId: null, xeroId: 'x-1' });
      expect(await append(workspaceId, [newChange(), reset])).toBe(2);
      expect(await append(other, [newChange()])).toBe(1);
      expect(await append(workspaceId, [newChange({ at: at(1) })])).toBe(3);
      expect(await append(workspaceId, [])).toBe(3);
      const { state: _, ...expected } = reset;
      expect(await list(workspaceId, 1, 1)).toEqual([{ ...expected, workspaceId, id: 2, accepted: null }]);
      expect((await list(workspaceId, 0, 9)).map(({ id }) => id)).toEqual([1, 2, 3]);
      expect(await find(workspaceId, 3)).toMatchObject({ id: 3, at: at(1) });
      expect(await find(workspaceId, 4)).toBeUndefined();
      expect([await newest(workspaceId), await oldest(workspaceId)]).toEqual([3, 1]);
    });
  });
}

export function orderedChangesSuite({ store, options }: StoreContext): void {
  describe('the order of changes', () => {
    test('a reader never skips a change that commits later', async () => {
      const workspaceId = randomUUID();
      const order: string[] = [];
      const append = (crmId: string, before: () => Promise<void> = async () => undefined) =>
        store().together(async ({ records, changes }) => {
          await records.hold(workspaceId);
          const id = await changes.append(workspaceId, [newChange({ crmId })]);
          await before();
          order.push(`${id} ${crmId}`);
        });
      let second: Promise<unknown> = Promise.resolve();
      await append('first', async () => {
        second = append('second');
        // Other connections answer meanwhile, so the second transaction had the time to commit, if nothing stopped it.
        // SQLite has one connection, which the first transaction holds.
        if (options().databaseUrl === undefined) return;
        for (let round = 0; round < 20; round += 1) expect(await store().changes.newest(workspaceId)).toBe(0);
      });
      await second;
      expect(order).toEqual(['1 first', '2 second']);
      const listed = await store().changes.list(workspaceId, 0, 9);
      expect(listed.map(({ id, crmId }) => [id, crmId])).toEqual([
        [1, 'first'],
        [2, 'second'],
      ]);
    });

    test('a transaction that fails leaves no change and no gap', async () => {
      const workspaceId = randomUUID();
      const failing = store().together(async ({ changes }) => {
        await changes.append(workspaceId, [newChange()]);
        throw new Error('the second half');
      });
      await expect(failing).rejects.toThrow('the second half');
      expect(await store().changes.append(workspaceId, [newChange()])).toBe(1);
    });

    test('is accepted once', async () => {
      const workspaceId = randomUUID();
      const { append, markAccepted, find } = store().changes;
      const id = await append(workspaceId, [newChange({ type: 'new', kind: 'bills', crmId: null })]);
      const record = { kind: 'expenses', crmId: 'exp-7' };
      expect(await markAccepted(workspaceId, id, record)).toBe(true);
      expect(await markAccepted(workspaceId, id, { ...record, crmId: 'exp-8' })).toBe(false);
      expect(await markAccepted(workspaceId, id + 1, record)).toBe(false);
      expect((await find(workspaceId, id))?.accepted).toEqual(record);
    });
  });
}

export function openChangesSuite({ store, options }: StoreContext): void {
  test('of two open changes the later one commits first, and a reader in between skips nothing', async () => {
    const workspaceId = randomUUID();
    const append = (crmId: string) =>
      store().together(({ changes }) => changes.append(workspaceId, [newChange({ crmId })]));
    let seen = await store().changes.newest(workspaceId);
    const readOn = async () => {
      const read = await store().changes.list(workspaceId, seen, 9);
      seen = read.at(-1)?.id ?? seen;
      return read.map(({ crmId }) => crmId);
    };
    const between: (string | null)[] = [];
    await store().together(async ({ changes, connections }) => {
      // It is open from its first statement on.
      await connections.find(workspaceId);
      // SQLite has one connection, so there the later one waits until this one has committed.
      if (options().databaseUrl !== undefined) {
        await append('later');
        between.push(...(await readOn()));
      }
      await changes.append(workspaceId, [newChange({ crmId: 'earlier' })]);
    });
    if (options().databaseUrl === undefined) await append('later');
    const all = [...between, ...(await readOn())];
    expect(all).toEqual(options().databaseUrl === undefined ? ['earlier', 'later'] : ['later', 'earlier']);
  });
}

export function keptChangesSuite({ store }: StoreContext): void {
  describe('changes of the past', () => {
    test('are removed for their age, and a reader can tell', async () => {
      const [workspaceId, other] = [randomUUID(), randomUUID()];
      const { append, list, newest, oldest, removeBefore } = store().changes;
      const old = Array.from({ length: 700 }, () => newChange({ at: at(-600) }));
      await append(workspaceId, [...old, newChange({ at: at(0) }), newChange({ at: at(-700) }), newChange()]);
      await append(other, [newChange()]);
      expect(await removeBefore(at(-500))).toBeGreaterThanOrEqual(701);
      expect((await list(workspaceId, 0, 9)).map(({ id }) => id)).toEqual([701, 703]);
      // The clock was set back for one of them: change 702 is gone, and whoever has read 701 has missed it.
      expect([await newest(workspaceId), await oldest(workspaceId)]).toEqual([703, 703]);
      expect([await newest(other), await oldest(other)]).toEqual([1, 1]);
      await removeBefore(at(500));
      expect([await newest(workspaceId), await oldest(workspaceId)]).toEqual([703, 704]);
      expect(await append(workspaceId, [newChange()])).toBe(704);
    });

    test('are counted by day, kind and the state that a record entered', async () => {
      const where = { workspaceId: randomUUID(), organisationId: randomUUID() };
      const of = (change: Partial<NewChange>) => newChange({ organisationId: where.organisationId, ...change });
      const synced = of({ state: 'synced' });
      await store().changes.append(where.workspaceId, [synced, synced, of({ state: 'problem', kind: 'invoices' })]);
      await store().changes.append(where.workspaceId, [
        synced,
        of({ state: null }),
        of({ type: 'new', kind: 'bills' }),
        of({ type: 'reset', kind: null }),
        newChange({ state: 'synced' }),
        of({ state: 'synced', at: '2026-03-13T23:59:59.999Z' }),
      ]);
      const days = await store().records.countDays(where, '2026-03-13');
      expect(new Set(days)).toEqual(
        new Set([
          { day: '2026-03-14', kind: 'expenses', state: 'synced', count: 3 },
          { day: '2026-03-14', kind: 'invoices', state: 'problem', count: 1 },
          { day: '2026-03-14', kind: 'bills', state: 'new', count: 1 },
          { day: '2026-03-13', kind: 'expenses', state: 'synced', count: 1 },
        ]),
      );
      expect(await store().records.countDays(where, '2026-03-14')).toHaveLength(3);
      await store().changes.removeBefore(at(0));
      expect(await store().records.countDays(where, '2026-03-01')).toHaveLength(3);
    });
  });
}
