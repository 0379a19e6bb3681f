import { describe, expect, test } from 'vitest';
import { openStore } from '#server/store/open-store.ts';
import type { StoreContext } from './backends.ts';
import { newLink } from './rows.ts';

export function upkeepSuite({ store, openAnother, options }: StoreContext): void {
  describe('upkeep', () => {
    test('when the database answers, then a ping resolves', async () => {
      await expect(store().ping()).resolves.toBeUndefined();
    });

    test('when a store is opened again, then what was kept is there', async () => {
      const link = newLink();
      await store().links.put(link);
      const another = await openAnother();
      expect(await another.links.find(link.workspaceId, link.organisationId, link.record)).toEqual(link);
    });

    test('only one store holds the process lock until it closes', async () => {
      const [first, second] = [await openStore(options()), await openStore(options())];
      expect([await first.holdProcessLock(), await second.holdProcessLock()]).toEqual([true, false]);
      expect(await first.holdProcessLock()).toBe(true);
      await first.close();
      expect(await second.holdProcessLock()).toBe(true);
      await second.close();
    });
  });
}
