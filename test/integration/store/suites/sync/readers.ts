import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '#server/store/store.ts';
import type { SyncPlace } from '#server/sync-place.ts';
import type { StoreContext } from '../backends.ts';
import { at } from '../rows.ts';

const resource = 'invoices';

/** An hour. */
const everyMs = 3_600_000;

function leaseOf(owner: string, from = 0) {
  return { owner, now: at(from), until: at(from + 10), onlyProcess: null };
}

export function readersSuite({ store }: StoreContext): void {
  describe('the readers of Xero', () => {
    let where: SyncPlace;
    /** An owner of this test only. */
    const nameOf = (owner: string) => `${owner}/${where.workspaceId}`;
    const take = (owner: string, from = 0) =>
      store().readers.takeLease(where, resource, { lease: leaseOf(nameOf(owner), from), retryAt: at(from + 60) });
    const find = async () => (await store().readers.list(where))[0];
    beforeEach(async () => {
      where = { workspaceId: randomUUID(), organisationId: randomUUID() };
      await store().readers.start(where, resource, at(0));
    });

    test('are made once, and each keeps its own place', async () => {
      await store().readers.start(where, resource, at(5));
      const unread = { cursorAt: null, since: null, readAt: null, tries: 0, setAside: 0 };
      expect(await store().readers.list(where)).toEqual([{ ...where, resource, ...unread, nextAt: at(0) }]);
      const other = { ...where, organisationId: randomUUID() };
      await store().readers.start(other, resource, at(9));
      expect(await take('a')).toMatchObject({ nextAt: at(60) });
      const change = { cursorAt: at(1), since: '2026-03-01', readAt: at(2), tries: 2, setAside: 3 };
      const next = { from: at(60), to: at(1800) };
      expect(await store().readers.save(where, resource, { owner: nameOf('a'), change, next })).toBe(true);
      expect(await find()).toEqual({ ...where, resource, ...change, nextAt: at(1800) });
      expect(await store().readers.list(other)).toEqual([{ ...other, resource, ...unread, nextAt: at(9) }]);
    });

    test('are read by one owner at a time, and only that one moves the cursor', async () => {
      await take('a');
      expect(await take('b', 5)).toBeUndefined();
      expect(await store().readers.renewLeases(nameOf('a'), at(20))).toBe(1);
      expect(await take('b', 15)).toBeUndefined();
      expect(await take('b', 21)).toBeDefined();
      expect(await store().readers.save(where, resource, { owner: nameOf('a'), change: { cursorAt: at(1) } })).toBe(
        false,
      );
      expect((await find())?.cursorAt).toBeNull();
      await store().readers.releaseLeases(nameOf('b'));
      expect(await take('c', 22)).toBeDefined();
    });

    test('are not read again so soon, and never later than planned', async () => {
      await take('a');
      const next = { from: at(60), to: at(100) };
      await store().readers.save(where, resource, { owner: nameOf('a'), change: { readAt: at(10) }, next });
      expect(await store().readers.wake(where, resource, { at: at(20), everyMs })).toBe(at(70));
      expect(await store().readers.wake(where, resource, { at: at(90), everyMs: 0 })).toBe(at(70));
      await take('b', 70);
      const off = { owner: nameOf('b'), change: {}, next: { from: at(130), to: null } };
      await store().readers.save(where, resource, off);
      expect(await store().readers.wake(where, resource, { at: at(90), everyMs: 0 })).toBeNull();
      expect(await store().readers.wake(where, 'other', { at: at(90), everyMs: 0 })).toBeNull();
      await store().readers.start(where, resource, at(95));
      expect((await find())?.nextAt).toBe(at(95));
    });
  });
}

export function wokenReadersSuite({ store }: StoreContext): void {
  test('a reader that is asked for during a reading is read again after it', async () => {
    const where = { workspaceId: randomUUID(), organisationId: randomUUID() };
    await store().readers.start(where, resource, at(0));
    await store().readers.takeLease(where, resource, { lease: leaseOf(where.workspaceId), retryAt: at(60) });
    expect(await store().readers.wake(where, resource, { at: at(3), everyMs })).toBe(at(3));
    const next = { from: at(60), to: at(1800) };
    await store().readers.save(where, resource, { owner: where.workspaceId, change: { readAt: at(4) }, next });
    expect((await store().readers.list(where))[0]?.nextAt).toBe(at(3));
  });
}

export function dueReadersSuite({ store }: StoreContext): void {
  describe('the readers that are due', () => {
    test('are those of organisations that are connected', async () => {
      const [first, second] = [await connect(store()), await connect(store())];
      const listOf = async (minutes: number) => {
        const due = await store().readers.listDue(at(minutes), 1_000);
        return due.filter(({ workspaceId }) => [first, second].some((one) => one.workspaceId === workspaceId));
      };
      expect(await listOf(50)).toEqual([]);
      await store().readers.start(first, resource, at(50));
      await store().readers.start(second, resource, at(0));
      expect(await listOf(0)).toEqual([second]);
      expect(new Set(await listOf(50))).toEqual(new Set([first, second]));
      await store().connections.disconnect(second.workspaceId);
      expect(await listOf(50)).toEqual([first]);
      // Another organisation is connected, which has no reader.
      await connect(store(), first.workspaceId);
      expect(await listOf(50)).toEqual([]);
    });
  });
}

async function connect(store: Store, workspaceId: string = randomUUID()): Promise<SyncPlace> {
  const organisationId = randomUUID();
  await store.connections.connect({
    ...{ workspaceId, organisationId, organisation: null, xeroConnectionId: randomUUID(), sealedTokens: 'sealed' },
    ...{ accessExpiresAt: at(1_000), connectedAt: at(0), connectedBy: 'u1' },
  });
  return { workspaceId, organisationId };
}
