import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { RecordKey } from '#shared/contract/record.ts';
import type { StoreContext } from './backends.ts';
import { at, newLink } from './rows.ts';

export function linksSuite({ store }: StoreContext): void {
  describe('links', () => {
    test('when a record is linked again, then it has the new contact only', async () => {
      const first = newLink();
      await store().links.put(first);
      const second = { ...first, contactId: randomUUID(), contactName: 'Other Ltd', linkedBy: 'Ada', linkedAt: at(9) };
      await store().links.put(second);
      expect(await store().links.find(first.workspaceId, first.organisationId, first.record)).toEqual(second);
    });

    test('when workspace, organisation or type differ, then it is another link', async () => {
      const link = newLink();
      await store().links.put(link);
      const { workspaceId, organisationId, record } = link;
      expect(await store().links.find(randomUUID(), organisationId, record)).toBeUndefined();
      expect(await store().links.find(workspaceId, randomUUID(), record)).toBeUndefined();
      expect(await store().links.find(workspaceId, organisationId, { ...record, type: 'company' })).toBeUndefined();
      expect(await store().links.remove(workspaceId, randomUUID(), record)).toBe(false);
      expect(await store().links.remove(workspaceId, organisationId, record)).toBe(true);
      expect(await store().links.remove(workspaceId, organisationId, record)).toBe(false);
    });

    test('2,500 records with duplicates return each link once', async () => {
      const { workspaceId, organisationId } = newLink();
      const records: RecordKey[] = Array.from({ length: 2_500 }, (_, index) => ({
        type: index % 3 === 0 ? 'company' : 'contact',
        id: `it's "${index}" ünï %_?`,
      }));
      const linked = records.filter((_, index) => index % 10 === 0);
      for (const record of linked) await store().links.put(newLink({ workspaceId, organisationId, record }));
      await store().links.put(newLink({ workspaceId, record: records[0] ?? { type: 'deal', id: '' } }));

      const found = await store().links.list(workspaceId, organisationId, [...records, ...records.slice(0, 700)]);

      const namesOf = (keys: readonly RecordKey[]): string[] => keys.map(({ type, id }) => `${type} ${id}`).sort();
      expect(namesOf(found.map((link) => link.record))).toEqual(namesOf(linked));
      expect(await store().links.list(workspaceId, organisationId, [])).toEqual([]);
    });
  });
}
