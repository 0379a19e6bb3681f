import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { NewChange } from '#server/store/tables/sync/change-store.ts';
import type { StoreContext } from '../backends.ts';
import { at, newAudit, newRecord } from '../rows.ts';

const change: NewChange = {
  ...{ organisationId: '', type: 'reset', kind: null, crmId: null, xeroId: null },
  ...{ state: null, at: at(0), data: '{}' },
};

/** Runs after the other suites: from here on, the database counts as a copy. */
export function restoredSyncSuite({ store }: StoreContext): void {
  describe('sync in a copy that was put back', () => {
    test('a record stays as it is, without its lease, and the gap is known', async () => {
      const row = newRecord();
      await store().records.save(row);
      await store().audit.append(newAudit({ at: at(3) }));
      const take = (owner: string) =>
        store().records.takeDue(row, {
          ...{ kinds: ['expenses'], limit: 9 },
          lease: { owner, now: at(2), until: at(9), onlyProcess: null },
        });
      expect(await take('before')).toEqual([row]);
      expect(await store().records.findMissingSince()).toBeNull();
      await store().distrustCopy(at(5000));
      expect(await take('after')).toEqual([row]);
      const since = await store().records.findMissingSince();
      expect(since !== null && since >= at(3) && since <= at(5000)).toBe(true);
      await store().distrustCopy(at(6000));
      expect(await store().records.findMissingSince()).toBe(since);
    });

    test('the feed goes on above every number that was given out since the copy', async () => {
      const [known, unknown] = [randomUUID(), randomUUID()];
      const { append, list, newest, oldest } = store().changes;
      const before = await append(known, [change, change]);
      const now = Date.now();
      await store().distrustCopy(new Date(now).toISOString());
      expect([await newest(known), await oldest(known)]).toEqual([before, 1]);
      // A workspace that the copy does not know may have read changes too.
      for (const workspaceId of [known, unknown]) expect(await append(workspaceId, [change])).toBe(now + 1);
      expect((await list(known, before + 50, 9)).map(({ id }) => id)).toEqual([now + 1]);
      expect(await append(known, [change])).toBe(now + 2);
    });
  });
}
