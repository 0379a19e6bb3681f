import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { AccessEntry } from '#shared/contract/settings.ts';
import type { StoreContext } from './backends.ts';

function entry(userId: string, rights: AccessEntry['rights']): AccessEntry {
  return {
    userId,
    name: `Name of ${userId}`,
    email: `${userId}@crm.example`,
    rights,
  };
}

export function accessSuite(context: StoreContext): void {
  describe('access', () => replacing(context));
  describe('access, saved by two', () => savingTogether(context));
  describe('defaults', () => defaultsSuite(context));
}

function replacing({ store }: StoreContext): void {
  test('a replaced list reads in its order, without the old one', async () => {
    const workspaceId = randomUUID();
    await store().access.change(workspaceId, null, () => [entry('old', ['view'])]);
    const entries = [entry('zoe', ['view', 'link']), entry('adam', []), entry('mia', ['view', 'viewBills', 'bills'])];
    await store().access.change(workspaceId, null, () => entries);
    expect((await store().access.read(workspaceId)).entries).toEqual(entries);
    expect(await store().access.findRights(workspaceId, 'zoe')).toEqual(['view', 'link']);
    expect(await store().access.findRights(workspaceId, 'old')).toEqual([]);
    expect(await store().access.findRights(randomUUID(), 'zoe')).toEqual([]);
  });

  test('when 2,000 people are saved, then all are there', async () => {
    const workspaceId = randomUUID();
    const entries = Array.from({ length: 2_000 }, (_, index) => entry(`user-${index}`, ['view']));
    await store().access.change(workspaceId, null, () => entries);
    expect((await store().access.read(workspaceId)).entries).toEqual(entries);
  });

  test('the old list stays when a save fails', async () => {
    const workspaceId = randomUUID();
    await store().access.change(workspaceId, null, () => [entry('kept', ['view'])]);
    await expect(
      store().access.change(workspaceId, null, () => [entry('twice', []), entry('twice', [])]),
    ).rejects.toThrow();
    expect((await store().access.read(workspaceId)).entries).toEqual([entry('kept', ['view'])]);
  });

  test('replacing a list keeps other workspaces’ lists', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    await store().access.change(other, null, () => [entry('same', ['view', 'bills'])]);
    await store().access.change(one, null, () => [entry('same', ['view'])]);
    await store().access.change(one, null, () => []);
    expect((await store().access.read(other)).entries).toEqual([entry('same', ['view', 'bills'])]);
    expect(await store().access.findRights(other, 'same')).toEqual(['view', 'bills']);
    expect(await store().access.findRights(one, 'same')).toEqual([]);
  });
}

function savingTogether({ store }: StoreContext): void {
  test('a save of an outdated version is refused and stores nothing', async () => {
    const workspaceId = randomUUID();
    expect((await store().access.read(workspaceId)).version).toBe(0);
    const first = await store().access.change(workspaceId, 0, () => [entry('ben', ['view'])]);
    expect(first).toEqual({ before: [], after: [entry('ben', ['view'])] });
    expect(await store().access.change(workspaceId, 0, () => [entry('tom', ['view'])])).toBeNull();
    expect(await store().access.read(workspaceId)).toEqual({ version: 1, entries: [entry('ben', ['view'])] });
    expect(await store().access.change(workspaceId, 1, (before) => [...before, entry('tom', [])])).toMatchObject({
      after: [entry('ben', ['view']), entry('tom', [])],
    });
  });

  // The environment's workspace has no row of its own.
  test.each([true, false])('of many saves at once, row of the workspace: %s, one list remains', async (hasRow) => {
    const workspaceId = randomUUID();
    if (hasRow) await store().workspaces.put({ id: workspaceId, name: 'Fieldnote', origins: [], sealedKeys: 'k' });
    const lists = Array.from({ length: 8 }, (_, list) =>
      Array.from({ length: 5 }, (_, index) => entry(`user-${list}-${index}`, ['view'])).concat(entry('both', ['view'])),
    );
    const outcomes = await Promise.allSettled(
      lists.map((list) => store().access.change(workspaceId, null, () => list)),
    );
    expect(outcomes.filter((outcome) => outcome.status === 'rejected')).toEqual([]);
    expect(lists).toContainEqual((await store().access.read(workspaceId)).entries);
    const { version } = await store().access.read(workspaceId);
    const raced = await Promise.all(lists.map((list) => store().access.change(workspaceId, version, () => list)));
    expect(raced.filter((one) => one !== null)).toHaveLength(1);
  });
}

function defaultsSuite({ store }: StoreContext): void {
  test('when they are put, then they are found by workspace and organisation', async () => {
    const [workspaceId, organisationId] = [randomUUID(), randomUUID()];
    expect(await store().defaults.find(workspaceId, organisationId)).toEqual({});
    await store().defaults.put(workspaceId, organisationId, { salesAccountCode: '200' });
    await store().defaults.put(workspaceId, organisationId, { salesTaxType: 'OUTPUT', purchasesAccountCode: '429' });
    const expected = { salesTaxType: 'OUTPUT', purchasesAccountCode: '429' };
    expect(await store().defaults.find(workspaceId, organisationId)).toEqual(expected);
    expect(await store().defaults.find(workspaceId, randomUUID())).toEqual({});
  });
}
