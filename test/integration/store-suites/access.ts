import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { AccessEntry } from '#shared/contract/settings.ts';
import type { StoreContext } from './backends.ts';

const entry = (userId: string, rights: AccessEntry['rights']): AccessEntry => ({
  userId,
  name: `Name of ${userId}`,
  email: `${userId}@crm.example`,
  rights,
});

export const accessSuite = ({ store }: StoreContext): void => {
  describe('access', () => {
    test('when the list is replaced, then it reads in its order and nothing of the old one is left', async () => {
      const workspaceId = randomUUID();
      await store().access.replace(workspaceId, [entry('old', ['view'])]);
      const entries = [entry('zoe', ['view', 'link']), entry('adam', []), entry('mia', ['view', 'viewBills', 'bills'])];
      await store().access.replace(workspaceId, entries);
      expect(await store().access.list(workspaceId)).toEqual(entries);
      expect(await store().access.findRights(workspaceId, 'zoe')).toEqual(['view', 'link']);
      expect(await store().access.findRights(workspaceId, 'old')).toEqual([]);
      expect(await store().access.findRights(randomUUID(), 'zoe')).toEqual([]);
    });

    test('when 2,000 people are saved, then all are there', async () => {
      const workspaceId = randomUUID();
      const entries = Array.from({ length: 2_000 }, (_, index) => entry(`user-${index}`, ['view']));
      await store().access.replace(workspaceId, entries);
      expect(await store().access.list(workspaceId)).toEqual(entries);
    });

    test('when a list cannot be saved, then the old one stands', async () => {
      const workspaceId = randomUUID();
      await store().access.replace(workspaceId, [entry('kept', ['view'])]);
      await expect(store().access.replace(workspaceId, [entry('twice', []), entry('twice', [])])).rejects.toThrow();
      expect(await store().access.list(workspaceId)).toEqual([entry('kept', ['view'])]);
    });

    test('when many replace at once, then one whole list stands', async () => {
      const workspaceId = randomUUID();
      await store().workspaces.put({ id: workspaceId, name: 'Fieldnote', origins: [], sealedKeys: 'k' });
      const lists = Array.from({ length: 8 }, (_, list) =>
        Array.from({ length: 5 }, (_, index) => entry(`user-${list}-${index}`, ['view'])),
      );
      const outcomes = await Promise.allSettled(lists.map((list) => store().access.replace(workspaceId, list)));
      expect(outcomes.filter((outcome) => outcome.status === 'rejected')).toEqual([]);
      expect(lists).toContainEqual(await store().access.list(workspaceId));
    });
  });

  describe('defaults', () => {
    test('when they are put, then they are found by workspace and organisation', async () => {
      const [workspaceId, organisationId] = [randomUUID(), randomUUID()];
      expect(await store().defaults.find(workspaceId, organisationId)).toEqual({});
      await store().defaults.put(workspaceId, organisationId, { salesAccountCode: '200' });
      await store().defaults.put(workspaceId, organisationId, { salesTaxType: 'OUTPUT', purchasesAccountCode: '429' });
      const expected = { salesTaxType: 'OUTPUT', purchasesAccountCode: '429' };
      expect(await store().defaults.find(workspaceId, organisationId)).toEqual(expected);
      expect(await store().defaults.find(workspaceId, randomUUID())).toEqual({});
    });
  });
};
