import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { StoreContext } from './backends.ts';
import { at, newWrite } from './rows.ts';

export const writesSuite = ({ store, openAnother }: StoreContext): void => {
  describe('writes', () => {
    test('when many begin the same attempt at once, then one is new and all see the same intent', async () => {
      const write = newWrite();
      const another = await openAnother();
      const begun = await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          (index % 2 ? another : store()).writes.begin({ ...write, id: randomUUID(), request: `request ${index}` }),
        ),
      );
      const [first] = begun.filter(({ isNew }) => isNew);
      expect(begun.filter(({ isNew }) => isNew)).toHaveLength(1);
      for (const { write: seen } of begun) expect(seen).toEqual(first?.write);
    });

    test('when an attempt was refused, then the next one is the latest', async () => {
      const first = newWrite();
      await store().writes.begin(first);
      await store().writes.settle(first.id, 'refused', '{"why":"no due date"}', at(1));
      const second = { ...first, id: randomUUID(), attempt: 2 };
      expect(await store().writes.begin(second)).toEqual({ isNew: true, write: second });
      expect(await store().writes.findLatest(first.workspaceId, first.organisationId, first.formKey)).toEqual(second);
      expect(await store().writes.findLatest(first.workspaceId, randomUUID(), first.formKey)).toBeUndefined();
    });

    test('when a write is done, then no later word changes that', async () => {
      const write = newWrite();
      await store().writes.begin(write);
      await store().writes.markSent(write.id, at(1));
      await store().writes.settle(write.id, 'undecided', null, at(2));
      await store().writes.settle(write.id, 'done', '{"id":"inv-1"}', at(3));
      await store().writes.settle(write.id, 'refused', '{"why":"late"}', at(4));
      await store().writes.markSent(write.id, at(5));
      expect(await store().writes.findLatest(write.workspaceId, write.organisationId, write.formKey)).toEqual({
        ...write,
        state: 'done',
        result: '{"id":"inv-1"}',
        sentAt: at(1),
        settledAt: at(3),
      });
    });

    test('when a record is looked at, then its unfinished writes come oldest first and no others', async () => {
      const { workspaceId, organisationId } = newWrite();
      const of = (change: Parameters<typeof newWrite>[0]) => newWrite({ workspaceId, organisationId, ...change });
      const [late, early] = [of({ createdAt: at(5) }), of({ createdAt: at(1), record: { type: 'contact', id: 'c' } })];
      const [done, other] = [of({ createdAt: at(2) }), of({ record: { type: 'deal', id: 'other' } })];
      for (const write of [late, early, done, other]) await store().writes.begin(write);
      await store().writes.settle(early.id, 'undecided', null, at(6));
      await store().writes.settle(done.id, 'done', '{}', at(6));
      const unfinished = await store().writes.listUnfinished(workspaceId, organisationId, [late.record, early.record]);
      expect(unfinished.map(({ id }) => id)).toEqual([early.id, late.id]);
    });
  });
};
