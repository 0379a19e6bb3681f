import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { StoreContext } from './backends.ts';
import { at, newAudit, newStep, newWrite } from './rows.ts';

/** A lease for one minute. */
function leaseOf(owner: string, minutes: number) {
  return {
    owner,
    now: at(minutes),
    until: at(minutes + 1),
    onlyProcess: null,
  };
}

export function writesSuite({ store, openAnother }: StoreContext): void {
  describe('writes', () => {
    test('of many equal attempts, one is new and all see the same intent', async () => {
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
      await store().writes.close(first.id, { state: 'refused', result: '{"why":"no due date"}', at: at(1) });
      const second = { ...first, id: randomUUID(), attempt: 2 };
      expect(await store().writes.begin(second)).toEqual({ isNew: true, write: second, taken: [] });
      expect(await store().writes.findLatest(first.workspaceId, first.organisationId, first.writeKey)).toEqual(second);
      expect(await store().writes.findLatest(first.workspaceId, randomUUID(), first.writeKey)).toBeUndefined();
    });

    test('nothing later changes a finished write', async () => {
      const write = newWrite();
      await store().writes.begin(write);
      expect(await store().writes.takeLease(write.id, leaseOf('a', 1))).toEqual(write);
      expect(await store().writes.markSent(write.id, leaseOf('a', 1))).toBe(true);
      await store().writes.close(write.id, { state: 'undecided', result: null, at: at(2) });
      await store().writes.close(write.id, { state: 'done', result: '{"id":"inv-1"}', at: at(3) });
      await store().writes.close(write.id, { state: 'refused', result: '{"why":"late"}', at: at(4) });
      expect(await store().writes.markSent(write.id, leaseOf('a', 5))).toBe(false);
      expect(await store().writes.findLatest(write.workspaceId, write.organisationId, write.writeKey)).toEqual({
        ...write,
        state: 'done',
        result: '{"id":"inv-1"}',
        sentAt: at(1),
        closedAt: at(3),
      });
    });
  });
}

export function writeEndsSuite({ store, openAnother }: StoreContext): void {
  describe('who settles a write, and its steps', () => {
    test('one of several gets the lease, another after release or expiry', async () => {
      const write = newWrite();
      await store().writes.begin(write);
      const another = await openAnother();
      const lease = (owner: string, minutes = 0) => ({
        owner,
        now: at(minutes),
        until: at(minutes + 1),
        onlyProcess: null,
      });
      const taken = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          (index % 2 ? another : store()).writes.takeLease(write.id, lease(`owner-${index}`)),
        ),
      );
      const winner = `owner-${taken.findIndex((row) => row !== undefined)}`;
      expect(taken.filter((row) => row !== undefined)).toEqual([write]);
      expect(await store().writes.renewLease(write.id, 'a stranger', at(9))).toBe(false);
      expect(await store().writes.renewLease(write.id, winner, at(2))).toBe(true);
      await store().writes.releaseLease(write.id, 'a stranger');
      expect(await store().writes.takeLease(write.id, lease('late', 1))).toBeUndefined();
      // With a single process, its own lease counts, and a dead process's lease does not.
      const alone = { ...lease('alive/2', 1), onlyProcess: 'alive/' };
      expect(await store().writes.takeLease(write.id, alone)).toEqual(write);
      expect(await store().writes.takeLease(write.id, { ...alone, owner: 'alive/3' })).toBeUndefined();
      await store().writes.releaseLease(write.id, 'alive/2');
      expect(await store().writes.takeLease(write.id, lease('next', 1))).toEqual(write);
      expect(await store().writes.takeLease(write.id, lease('heir', 2))).toEqual(write);
      await store().writes.close(write.id, { state: 'done', result: '{}', at: at(3) });
      expect(await store().writes.takeLease(write.id, lease('too late', 9))).toBeUndefined();
    });

    test('a write closed twice stores its audit row and steps once', async () => {
      const write = newWrite();
      await store().writes.begin(write);
      const end = () => ({
        state: 'done' as const,
        result: '{}',
        at: at(1),
        documentId: `document-${write.id}`,
        audit: newAudit({ workspaceId: write.workspaceId }),
        steps: [newStep(write.id), newStep(write.id, { name: 'email' })],
      });
      const ends = await Promise.all([store(), store()].map(({ writes }) => writes.close(write.id, end())));
      expect(ends.toSorted()).toEqual([false, true]);
      expect(await store().audit.list(write.workspaceId, { limit: 10 })).toHaveLength(1);
      expect((await store().steps.list(write.id)).map(({ name }) => name).toSorted()).toEqual(['email', 'history']);
      const made = [`document-${write.id}`, 'another'];
      expect(await store().writes.listMade(write.organisationId, [])).toEqual([]);
      const people = [undefined, write, { ...write, userId: 'other' }, { ...write, workspaceId: 'other' }];
      const lists = people.map((by) => store().writes.listMade(write.organisationId, made, by));
      expect(await Promise.all(lists)).toEqual([[made[0]], [made[0]], [], []]);
      expect(await store().writes.find(write.workspaceId, write.id)).toMatchObject({ documentId: made[0] });
      expect(await store().writes.find('another workspace', write.id)).toBeUndefined();
    });
  });
}

export function writeReservationsSuite({ store, openAnother, options }: StoreContext): void {
  describe('what only one write may reserve', () => {
    const holders = async (organisationId: string, reservations: string[]) =>
      Object.fromEntries(
        (await store().writes.listReserved(organisationId, reservations)).map(({ reservation, write }) => [
          reservation,
          write.id,
        ]),
      );

    test('of several equal reservations, one begins and no other leaves a trace', async () => {
      // SQLite has one process, whose event loop would block itself in two transactions.
      const another = options().databaseUrl === undefined ? store() : await openAnother();
      const organisationId = randomUUID();
      const writes = Array.from({ length: 8 }, () => newWrite({ organisationId }));
      const wanted = (index: number) => (index % 2 ? ['line 1', 'line 2', 'mine'] : ['line 2', 'line 1']);
      const begun = await Promise.all(
        writes.map((write, index) =>
          (index % 2 ? another : store()).writes.begin(write, { wanted: wanted(index), freed: [] }),
        ),
      );
      const [winner] = begun.filter(({ isNew }) => isNew).map(({ write }) => write.id);
      expect(begun.filter(({ isNew }) => isNew)).toHaveLength(1);
      for (const { isNew, taken } of begun) expect(taken).toEqual(isNew ? [] : ['line 1', 'line 2']);
      expect(await holders(organisationId, ['line 1', 'line 2'])).toEqual({ 'line 1': winner, 'line 2': winner });
      for (const { id, workspaceId } of writes.filter(({ id }) => id !== winner)) {
        expect(await store().writes.find(workspaceId, id)).toBeUndefined();
      }
    });

    test('a reservation in two organisations has a holder in each', async () => {
      const reservation = `quote:${randomUUID()}`;
      const [here, there] = [newWrite(), newWrite()];
      for (const row of [here, there]) await store().writes.begin(row, { wanted: [reservation], freed: [] });
      expect(await holders(here.organisationId, [reservation])).toEqual({ [reservation]: here.id });
      expect(await holders(there.organisationId, [reservation])).toEqual({ [reservation]: there.id });
      expect(await holders(randomUUID(), [reservation])).toEqual({});
    });

    test('refused writes and gone documents free their reservations', async () => {
      const organisationId = randomUUID();
      const begin = async (change: object = {}, freed: string[] = []) => {
        const write = newWrite({ organisationId, ...change });
        const { isNew } = await store().writes.begin(write, { wanted: ['bill 4711'], freed });
        return { id: write.id, isNew };
      };
      const first = await begin();
      expect(await begin()).toMatchObject({ isNew: false });
      expect(await begin({ organisationId: randomUUID() })).toMatchObject({ isNew: true });
      await store().writes.close(first.id, { state: 'refused', result: '{}', at: at(1) });
      const second = await begin();
      await store().writes.close(second.id, { state: 'done', result: '{}', at: at(2) });
      expect(await begin()).toMatchObject({ isNew: false });
      const third = await begin({}, [second.id]);
      expect(third.isNew).toBe(true);
      expect(await holders(organisationId, ['bill 4711', 'bill 9'])).toEqual({ 'bill 4711': third.id });
    });
  });
}

export function sentWritesSuite({ store }: StoreContext): void {
  describe('writes that were sent', () => {
    test('keeps the last sending, and only the lease holder may send', async () => {
      const write = newWrite();
      await store().writes.begin(write);
      expect(await store().writes.markSent(write.id, leaseOf('a', 0))).toBe(false);
      await store().writes.takeLease(write.id, leaseOf('a', 0));
      expect(await store().writes.markSent(write.id, leaseOf('a', 1))).toBe(true);
      expect(await store().writes.markSent(write.id, leaseOf('a', 3))).toBe(true);
      expect(await store().writes.find(write.workspaceId, write.id)).toMatchObject({ sentAt: at(3) });
      // Marking it as sent renewed the lease for a minute.
      expect(await store().writes.takeLease(write.id, leaseOf('b', 3))).toBeUndefined();
      expect(await store().writes.takeLease(write.id, leaseOf('b', 4))).toMatchObject({ sentAt: at(3) });
      expect(await store().writes.markSent(write.id, leaseOf('a', 4))).toBe(false);
      const refused = { state: 'refused' as const, result: '{}', at: at(5) };
      expect(await store().writes.close(write.id, { ...refused, owner: 'a' })).toBe(false);
      expect(await store().writes.close(write.id, { ...refused, owner: 'b' })).toBe(true);
    });

    test('a document that exists closes a write that was given up', async () => {
      const write = newWrite();
      await store().writes.begin(write);
      await store().writes.close(write.id, { state: 'refused', result: '{}', at: at(1) });
      const done = { state: 'done' as const, result: '{"id":"inv-1"}', at: at(2), documentId: 'inv-1' };
      expect(await store().writes.close(write.id, done)).toBe(true);
      expect(await store().writes.find(write.workspaceId, write.id)).toMatchObject({
        state: 'done',
        documentId: 'inv-1',
      });
    });

    test('lists sent, unfinished writes that a quote may belong to', async () => {
      const { organisationId } = newWrite();
      const of = (change: Parameters<typeof newWrite>[0]) => newWrite({ organisationId, kind: 'quote', ...change });
      const [sent, never, other, ended] = [of({}), of({}), of({ kind: 'invoice' }), of({})];
      for (const write of [sent, never, other, ended]) await store().writes.begin(write);
      for (const write of [sent, other, ended]) {
        await store().writes.takeLease(write.id, leaseOf('a', 0));
        await store().writes.markSent(write.id, leaseOf('a', 0));
      }
      await store().writes.close(ended.id, { state: 'done', result: '{}', at: at(1) });
      expect((await store().writes.listSent(organisationId, 'quote')).map(({ id }) => id)).toEqual([sent.id]);
      expect(await store().writes.listSent(randomUUID(), 'quote')).toEqual([]);
    });
  });
}

export function writeStepsSuite({ store }: StoreContext): void {
  describe('write steps', () => {
    test('a step has one owner, and its end is final', async () => {
      const write = newWrite();
      await store().writes.begin(write);
      const step = newStep(write.id, { createdAt: '2001-01-01T00:00:00.000Z' });
      await store().writes.close(write.id, { state: 'done', result: '{}', at: at(1), steps: [step] });
      const lease = (owner: string) => ({ owner, now: at(0), until: at(1), onlyProcess: null });
      const second = { after: '2001-01-01T00:00:00.000Z', before: '2001-01-01T00:00:01.000Z' };
      const listPending = () => store().steps.listPending({ ...second, ahead: '9999-01-01T00:00:00.000Z' }, 5);
      expect(await listPending()).toMatchObject([
        { step, write: { ...write, state: 'done', result: '{}', closedAt: at(1) } },
      ]);
      expect(await store().steps.takeLease(step.id, lease('a'))).toEqual(step);
      expect(await store().steps.takeLease(step.id, lease('b'))).toBeUndefined();
      expect(await store().steps.markSent(step.id, leaseOf('b', 1))).toBe(false);
      expect(await store().steps.markSent(step.id, leaseOf('a', 1))).toBe(true);
      expect(await store().steps.markSent(step.id, leaseOf('a', 2))).toBe(true);
      await store().steps.releaseLease(step.id, 'a');
      expect(await store().steps.markSent(step.id, leaseOf('a', 2))).toBe(false);
      expect(await store().steps.takeLease(step.id, lease('b'))).toEqual({ ...step, sentAt: at(1) });
      await store().steps.close(step.id, 'undecided', at(3));
      await store().steps.close(step.id, 'done', at(4));
      await store().steps.close(step.id, 'failed', at(5));
      expect(await store().steps.list(write.id)).toEqual([{ ...step, state: 'done', sentAt: at(1), closedAt: at(4) }]);
      expect(await listPending()).toEqual([]);
    });

    test('after the clock is set back, earlier steps run and old leases end', async () => {
      const write = newWrite();
      await store().writes.begin(write);
      // Noon in 2002, by a clock that is set back to the morning just after.
      const step = newStep(write.id, { createdAt: '2002-01-01T12:00:00.000Z' });
      await store().writes.close(write.id, { state: 'done', result: '{}', at: at(1), steps: [step] });
      const noon = { now: '2002-01-01T12:00:01.000Z', until: '2002-01-01T12:00:11.000Z', onlyProcess: null };
      await store().steps.takeLease(step.id, { ...noon, owner: 'dead' });
      const morning = { after: '2002-01-01T05:00:00.000Z', before: '2002-01-01T10:59:00.000Z' };
      const listed = await store().steps.listPending({ ...morning, ahead: '2002-01-01T11:01:00.000Z' }, 1_000);
      expect(listed.map((one) => one.step.id)).toContain(step.id);
      const later = await store().steps.listPending({ ...morning, ahead: '2002-01-01T12:00:00.000Z' }, 1_000);
      expect(later.map((one) => one.step.id)).not.toContain(step.id);
      const lease = {
        owner: 'next',
        now: '2002-01-01T11:00:00.000Z',
        until: '2002-01-01T11:00:10.000Z',
        onlyProcess: null,
      };
      expect(await store().steps.takeLease(step.id, lease)).toEqual(step);
      expect(await store().steps.takeLease(step.id, { ...lease, owner: 'late' })).toBeUndefined();
      await store().steps.close(step.id, 'done', at(3));
    });
  });
}
