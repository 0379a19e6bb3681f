import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { WriteRow } from '#server/store/store.ts';
import type { StoreContext } from './backends.ts';
import { at, newAudit, newStep, newWrite } from './rows.ts';

/** Writes of one organisation, with the ids in order. */
function newWrites(count: number, change: Partial<WriteRow> = {}): WriteRow[] {
  const { workspaceId, organisationId } = newWrite();
  const ids = Array.from({ length: count }, () => randomUUID()).toSorted();
  return ids.map((id) => newWrite({ id, workspaceId, organisationId, ...change }));
}

function leaseOf(owner: string, minutes = 0) {
  return { owner, now: at(minutes), until: at(minutes + 1), onlyProcess: null };
}

function idsOf(rows: readonly { id: string }[]): string[] {
  return rows.map(({ id }) => id).toSorted();
}

export function manyWritesSuite({ store, openAnother, options }: StoreContext): void {
  describe('many writes', () => {
    test('two processes begin the same attempts in any order, and each is new once', async () => {
      // SQLite has one process, whose event loop would block itself in two transactions.
      const another = options().databaseUrl === undefined ? store() : await openAnother();
      const writes = newWrites(20);
      const begun = await Promise.all(
        Array.from({ length: 6 }, (_, turn) => {
          const rows = writes.map((write) => ({ ...write, id: randomUUID() }));
          return (turn % 2 ? another : store()).writes.beginMany(turn % 3 ? rows : rows.toReversed());
        }),
      );
      for (const { writeKey } of writes) {
        const ofKey = begun.flat().filter(({ write }) => write.writeKey === writeKey);
        expect(ofKey.filter(({ isNew }) => isNew)).toHaveLength(1);
        expect(new Set(ofKey.map(({ write }) => write.id)).size).toBe(1);
      }
      expect(begun[1]?.map(({ write }) => write.writeKey)).toEqual(writes.map(({ writeKey }) => writeKey));
      expect([await store().writes.beginMany([]), await store().writes.closeMany([])]).toEqual([[], []]);
    });
  });
}

export function manyWritesListsSuite({ store }: StoreContext): void {
  describe('lists of many writes', () => {
    test('the latest attempt of each key is found, and only of this workspace and organisation', async () => {
      const [first, other] = newWrites(2);
      if (!first || !other) throw new Error('two writes');
      const { workspaceId, organisationId, writeKey } = first;
      const second = { ...first, id: randomUUID(), attempt: 2 };
      const strangers = [{ workspaceId: randomUUID() }, { organisationId: randomUUID() }].map((change) =>
        newWrite({ ...first, id: randomUUID(), attempt: 3, ...change }),
      );
      await store().writes.beginMany([first, second, other, ...strangers]);
      const keys = [writeKey, other.writeKey, 'none', writeKey];
      const latest = await store().writes.findLatestMany(workspaceId, organisationId, keys);
      expect(latest.toSorted((a, b) => b.attempt - a.attempt)).toEqual(
        [second, other].map((write) => ({ ...write, sentIn: null })),
      );
      expect(await store().writes.findLatestMany(workspaceId, organisationId, [])).toEqual([]);
      const ids = [first, other, ...strangers].map(({ id }) => id);
      expect(idsOf(await store().writes.findMany(workspaceId, ids))).toEqual(
        idsOf([first, other, ...strangers.filter((one) => one.workspaceId === workspaceId)]),
      );
    });

    test('all writes of a record are listed in any state, oldest first', async () => {
      const record = { type: 'purchase-order' as const, id: 'po-1' };
      const [late, early, other] = newWrites(3, { record });
      if (!late || !early || !other) throw new Error('three writes');
      const { workspaceId, organisationId } = late;
      const rows = [
        { ...late, createdAt: at(5) },
        { ...early, createdAt: at(1) },
        { ...other, record: { type: 'expense' as const, id: 'po-1' } },
      ];
      await store().writes.beginMany(rows);
      await store().writes.close(early.id, { state: 'done', result: '{}', at: at(6) });
      const list = (organisation: string) => store().writes.listOfRecords(workspaceId, organisation, [record]);
      expect((await list(organisationId)).map(({ id }) => id)).toEqual([early.id, late.id]);
      expect(await list(randomUUID())).toEqual([]);
    });
  });
}

export function manyLeasesSuite({ store, openAnother, options }: StoreContext): void {
  describe('leases of many writes', () => {
    test('several processes share the rows, and each has one owner', async () => {
      const another = options().databaseUrl === undefined ? store() : await openAnother();
      const ids = idsOf(newWrites(20));
      await store().writes.beginMany(ids.map((id) => newWrite({ id })));
      const taken = await Promise.all(
        Array.from({ length: 6 }, (_, turn) => {
          const asked = [ids.slice(turn), ids.toReversed(), ids.slice(0, -turn)][turn % 3] ?? ids;
          return (turn % 2 ? another : store()).writes.takeLeases(asked, leaseOf(`owner-${turn}`));
        }),
      );
      expect(idsOf(taken.flat())).toEqual(ids);
    });

    test('only the owner renews, marks and releases; a closed row is not taken', async () => {
      const writes = newWrites(3);
      const [first, second, third] = idsOf(writes);
      if (!first || !second || !third) throw new Error('three writes');
      await store().writes.beginMany(writes);
      await store().writes.takeLeases([first, second], leaseOf('a'));
      await store().writes.takeLeases([third], leaseOf('b'));
      const all = [third, second, first];
      await store().writes.renewLeases(all, 'a', at(5));
      expect(idsOf(await store().writes.takeLeases(all, leaseOf('late', 2)))).toEqual([third]);
      expect((await store().writes.markManySent(all, { key: 'call 1', lease: leaseOf('a', 3) })).toSorted()).toEqual(
        [first, second].toSorted(),
      );
      // Marking renewed the leases for a minute.
      expect(await store().writes.takeLeases([first], leaseOf('early', 3))).toEqual([]);
      await store().writes.close(second, { state: 'done', result: '{}', at: at(4) });
      await store().writes.releaseLeases([first, second], 'a stranger');
      expect(await store().writes.takeLeases([first, second], leaseOf('early', 3))).toEqual([]);
      await store().writes.releaseLeases([first, second], 'a');
      const next = await store().writes.takeLeases([first, second], leaseOf('next', 3));
      expect(next).toMatchObject([{ id: first, sentAt: at(3), sentIn: 'call 1' }]);
      expect(await store().writes.takeLeases([], leaseOf('next', 3))).toEqual([]);
    });
  });
}

export function callsSuite({ store }: StoreContext): void {
  describe('writes of one call', () => {
    test('writes of a call are listed while they are open; a mark is taken back by its owner', async () => {
      const writes = newWrites(4);
      const [first, second, third, fourth] = idsOf(writes);
      const workspaceId = writes[0]?.workspaceId ?? '';
      if (!first || !second || !third || !fourth) throw new Error('four writes');
      await store().writes.beginMany(writes);
      await store().writes.takeLeases(idsOf(writes), leaseOf('a'));
      const key = randomUUID();
      await store().writes.markManySent([first, second, third], { key, lease: leaseOf('a') });
      await store().writes.close(third, { state: 'done', result: '{}', at: at(1) });
      const list = async (workspace = workspaceId) => idsOf(await store().writes.listSentIn(workspace, [key, 'none']));
      expect([await list(), await list('another')]).toEqual([[first, second], []]);
      await store().writes.markUnsent([first, third, fourth], 'a');
      await store().writes.markUnsent([second], 'a stranger');
      expect(await list()).toEqual([second]);
      expect(await store().writes.find(workspaceId, first)).toMatchObject({ state: 'pending', sentAt: null });
      expect(await store().writes.find(workspaceId, third)).toMatchObject({ state: 'done', sentAt: at(0) });
      expect(await store().writes.listSentIn(workspaceId, [])).toEqual([]);
    });

    test('ends are stored together; who was late or lost the lease is told so', async () => {
      const writes = newWrites(4);
      const [done, late, lost, refused] = idsOf(writes);
      const workspaceId = writes[0]?.workspaceId ?? '';
      if (!done || !late || !lost || !refused) throw new Error('four writes');
      await store().writes.beginMany(writes);
      await store().writes.takeLeases([refused], leaseOf('a'));
      await store().writes.close(late, { state: 'done', result: '{}', at: at(1) });
      const end = { state: 'done' as const, result: '{"id":"bill-1"}', at: at(2), documentId: 'bill-1' };
      const no = { state: 'refused' as const, result: '{}', at: at(2), owner: 'a' };
      const audit = () => newAudit({ workspaceId, record: { type: 'expense', id: 'e-1' } });
      const closed = await store().writes.closeMany([
        { id: refused, closing: { ...no, audit: audit() } },
        { id: lost, closing: { ...no, audit: audit() } },
        { id: late, closing: { ...end, audit: audit() } },
        { id: done, closing: { ...end, audit: audit(), steps: [newStep(done)] } },
      ]);
      expect(closed.toSorted()).toEqual([done, refused].toSorted());
      const states = await Promise.all([done, late, lost, refused].map((id) => store().writes.find(workspaceId, id)));
      expect(states.map((row) => row?.state)).toEqual(['done', 'done', 'pending', 'refused']);
      const rows = await store().audit.list(workspaceId, { limit: 9 });
      expect(rows.map(({ record }) => record)).toEqual([1, 2].map(() => ({ type: 'expense', id: 'e-1' })));
      expect(await store().steps.list(done)).toHaveLength(1);
    });
  });
}
