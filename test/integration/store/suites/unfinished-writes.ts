import { describe, expect, test } from 'vitest';
import type { AnyRecordKey } from '#shared/contract/record.ts';
import type { StoreContext } from './backends.ts';
import { at, newWrite } from './rows.ts';

export function unfinishedWritesSuite({ store }: StoreContext): void {
  describe('unfinished writes', () => {
    test('lists a record’s unfinished writes, oldest first', async () => {
      const { workspaceId, organisationId } = newWrite();
      const of = (change: Parameters<typeof newWrite>[0]) => newWrite({ workspaceId, organisationId, ...change });
      const [late, early] = [of({ createdAt: at(5) }), of({ createdAt: at(1), record: { type: 'contact', id: 'c' } })];
      const [done, other] = [of({ createdAt: at(2) }), of({ createdAt: at(0), record: { type: 'deal', id: 'other' } })];
      for (const write of [late, early, done, other]) await store().writes.begin(write);
      await store().writes.close(early.id, { state: 'undecided', result: null, at: at(6) });
      await store().writes.close(done.id, { state: 'done', result: '{}', at: at(6) });
      const unfinished = await store().writes.listUnfinished(workspaceId, organisationId, [late.record, early.record]);
      expect(unfinished.map(({ id }) => id)).toEqual([early.id, late.id]);
      const listOf = async (...records: AnyRecordKey[]) =>
        (await store().writes.listUnfinished(workspaceId, organisationId, records)).map(({ id }) => id);
      expect([await listOf(early.record), await listOf(done.record, other.record)]).toEqual([
        [early.id],
        [other.id, late.id],
      ]);
      const none = { type: 'company' as const, id: 'none' };
      expect([await listOf(), await listOf(none)]).toEqual([[], []]);
      expect([await listOf(none, early.record), await listOf(early.record, none)]).toEqual([[early.id], [early.id]]);
    });

    test('lists unfinished writes of one moment by their ids', async () => {
      const { workspaceId, organisationId, record } = newWrite();
      const moments = [3, 1, 2, 2, 2, 3, 1];
      const writes = moments.map((minute) => newWrite({ workspaceId, organisationId, record, createdAt: at(minute) }));
      for (const write of writes) await store().writes.begin(write);
      const found = await store().writes.listUnfinished(workspaceId, organisationId, [record]);
      const byHand = [1, 2, 3].flatMap((minute) =>
        writes
          .filter(({ createdAt }) => createdAt === at(minute))
          .map(({ id }) => id)
          .toSorted(),
      );
      expect(found.map(({ id }) => id)).toEqual(byHand);
    });

    test('a refused write can only become done', async () => {
      const write = newWrite();
      await store().writes.begin(write);
      const close = (state: 'refused' | 'undecided' | 'done') =>
        store().writes.close(write.id, { state, result: state, at: at(1) });
      expect([await close('refused'), await close('refused'), await close('undecided')]).toEqual([true, false, false]);
      expect([await close('done'), await close('done')]).toEqual([true, false]);
      expect((await store().writes.find(write.workspaceId, write.id))?.result).toBe('done');
      expect(await store().writes.begin(write)).toMatchObject({ isNew: false, taken: [] });
    });
  });
}
