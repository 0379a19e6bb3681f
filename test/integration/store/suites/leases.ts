import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Store } from '#server/store/store.ts';
import type { StoreContext } from './backends.ts';
import { at, newConnectionRow, newWrite } from './rows.ts';

/** One step of one process, at a minute of the clock that they all share. */
const stepArbitrary = fc.record({
  what: fc.constantFrom('take', 'release', 'save'),
  owner: fc.constantFrom('a', 'b', 'c'),
  minutesOn: fc.integer({ min: 0, max: 3 }),
  leaseMinutes: fc.integer({ min: 1, max: 4 }),
});
type Step = { what: string; owner: string; minutesOn: number; leaseMinutes: number };

type Model = { version: number; owner: string | null; untilMinute: number };

async function connectTo(store: Store): Promise<string> {
  const row = newConnectionRow();
  await store.connections.connect(row);
  return row.workspaceId;
}

export function leaseSuite({ store, openAnother }: StoreContext): void {
  const connect = () => connectTo(store());

  describe('leases', () => {
    test('one of many owners gets the lease', async () => {
      const workspaceId = await connect();
      const others = [store(), await openAnother()];
      const asked = Array.from({ length: 20 }, (_, index) =>
        (others[index % 2] ?? store()).connections.takeLease(workspaceId, 1, `owner-${index}`, at(0), at(1)),
      );
      const owners = (await Promise.all(asked)).flatMap((isTaken, index) => (isTaken ? [`owner-${index}`] : []));
      expect(owners).toHaveLength(1);
      expect(await store().connections.find(workspaceId)).toMatchObject({ leaseOwner: owners[0], leaseUntil: at(1) });
    });

    test('one of many saves of one version is kept', async () => {
      const workspaceId = await connect();
      const saved = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          store().connections.saveTokens(workspaceId, 1, { sealedTokens: `sealed: ${index}`, accessExpiresAt: at(60) }),
        ),
      );
      expect(saved.filter(Boolean)).toHaveLength(1);
      const kept = await store().connections.find(workspaceId);
      expect(kept).toMatchObject({ sealedTokens: `sealed: ${saved.indexOf(true)}`, version: 2, leaseOwner: null });
    });

    test('a lease has one owner until it expires, ends or tokens are saved', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(stepArbitrary, { maxLength: 12 }), async (steps) => {
          await followModel(store(), await connect(), steps);
        }),
        { numRuns: 25 },
      );
    });
  });
}

export function movedClockLeaseSuite({ store }: StoreContext): void {
  describe('leases, when the clock was set back by an hour', () => {
    test('and a process had died while it refreshed tokens, then another one may', async () => {
      const workspaceId = await connectTo(store());
      const take = (owner: string, minute: number) =>
        store().connections.takeLease(workspaceId, 1, owner, at(minute), at(minute + 1));
      expect(await take('dead', 60)).toBe(true);
      // A clock that is behind by less than a lease's longest duration proves nothing.
      expect(await take('early', 52)).toBe(false);
      expect(await take('next', 0)).toBe(true);
      expect(await take('late', 0)).toBe(false);
    });

    test('another process may take a dead process’s write', async () => {
      const write = newWrite();
      await store().writes.begin(write);
      const lease = (owner: string, minutes: number) => ({
        ...{ owner, now: at(minutes), until: at(minutes + 1), onlyProcess: null },
      });
      expect(await store().writes.takeLease(write.id, lease('dead', 60))).toEqual(write);
      // A clock that is behind by less than a lease's longest duration proves nothing.
      expect(await store().writes.takeLease(write.id, lease('early', 52))).toBeUndefined();
      expect(await store().writes.takeLease(write.id, lease('next', 0))).toEqual(write);
      expect(await store().writes.takeLease(write.id, lease('late', 0))).toBeUndefined();
    });
  });
}

async function followModel(store: Store, workspaceId: string, steps: readonly Step[]): Promise<void> {
  let model: Model = { version: 1, owner: null, untilMinute: 0 };
  let minute = 0;
  for (const step of steps) {
    minute += step.minutesOn;
    const [answer, next] = await takeStep(store, workspaceId, step, model, minute);
    expect(answer.got).toBe(answer.expected);
    model = next;
  }
  expect(await store.connections.find(workspaceId)).toMatchObject({ version: model.version, leaseOwner: model.owner });
}

type Answer = { got: boolean; expected: boolean };

async function takeStep(
  { connections }: Store,
  workspaceId: string,
  { what, owner, leaseMinutes }: Step,
  model: Model,
  minute: number,
): Promise<[Answer, Model]> {
  if (what === 'release') {
    await connections.releaseLease(workspaceId, owner);
    return [{ got: true, expected: true }, model.owner === owner ? { ...model, owner: null } : model];
  }
  if (what === 'save') {
    const tokens = { sealedTokens: owner, accessExpiresAt: at(60) };
    const got = await connections.saveTokens(workspaceId, model.version, tokens);
    return [
      { got, expected: true },
      { version: model.version + 1, owner: null, untilMinute: 0 },
    ];
  }
  const until = minute + leaseMinutes;
  const got = await connections.takeLease(workspaceId, model.version, owner, at(minute), at(until));
  const isFree = model.owner === null || model.owner === owner || model.untilMinute <= minute;
  return [{ got, expected: isFree }, isFree ? { ...model, owner, untilMinute: until } : model];
}
