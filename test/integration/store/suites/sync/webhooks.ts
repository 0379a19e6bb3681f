import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { StoreContext } from '../backends.ts';
import { at, newRecord, newWebhook } from '../rows.ts';

function leaseOf(owner: string, minute: number) {
  return { owner, now: at(minute), until: at(minute + 2), onlyProcess: null };
}

const told = { lastDeliveryAt: at(3), lastDeliveryStatus: 204, messageId: null, cursor: 5, tries: 0, nextTryAt: null };

export function webhooksSuite({ store }: StoreContext): void {
  describe('the webhook of a workspace', () => {
    test('is replaced, changed by an admin, and removed', async () => {
      const { put, find, remove, updateSettings } = store().webhooks;
      const row = newWebhook({ failingSince: at(1), tries: 4, messageId: 'm-1', nextTryAt: at(2), cursor: 7 });
      const settings = {
        ...{ workspaceId: row.workspaceId, url: 'https://crm.example/other', enabled: false },
        ...{ sealedSecret: 'sealed: second', sealedOldSecret: 'sealed: first', oldSecretUntil: at(60) },
      };
      expect(await updateSettings(settings)).toBe(false);
      await put(newWebhook({ workspaceId: row.workspaceId }));
      await put(row);
      expect(await find(row.workspaceId)).toEqual(row);
      expect(await updateSettings(settings)).toBe(true);
      expect(await find(row.workspaceId)).toEqual({ ...row, ...settings });
      await remove(row.workspaceId);
      expect(await find(row.workspaceId)).toBeUndefined();
    });

    test('is due while the CRM was not told of the newest change', async () => {
      const { put, listDue } = store().webhooks;
      const now = '2020-01-01T00:00:00.000Z';
      const due = async () => (await listDue(now, 999)).map(({ workspaceId }) => workspaceId);
      const row = newWebhook();
      await put(row);
      expect(await due()).not.toContain(row.workspaceId);
      const change = { organisationId: '', kind: null, crmId: null, xeroId: null, state: null, at: now, data: '{}' };
      await store().changes.append(row.workspaceId, [{ ...change, type: 'reset' }]);
      expect(await due()).toContain(row.workspaceId);
      for (const not of [{ enabled: false }, { cursor: 1 }, { nextTryAt: '2020-01-01T00:00:00.001Z' }]) {
        await put({ ...row, ...not });
        expect(await due(), JSON.stringify(not)).not.toContain(row.workspaceId);
      }
      await put({ ...row, nextTryAt: now });
      expect(await due()).toContain(row.workspaceId);
      await put({ ...row, cursor: 1 });
    });

    test('is delivered by one at a time, and a lost lease stores nothing', async () => {
      const { put, find, takeLease, noteDelivery } = store().webhooks;
      const row = newWebhook();
      await put(row);
      expect(await takeLease(row.workspaceId, leaseOf('a', 0))).toEqual(row);
      expect(await takeLease(row.workspaceId, leaseOf('b', 1))).toBeUndefined();
      expect(await takeLease(row.workspaceId, leaseOf('b', 2))).toEqual(row);
      expect(await noteDelivery(row.workspaceId, 'a', told)).toBe(false);
      expect(await find(row.workspaceId)).toEqual(row);
      expect(await noteDelivery(row.workspaceId, 'b', told)).toBe(true);
      expect(await noteDelivery(row.workspaceId, 'b', { tries: 9 })).toBe(false);
      expect(await find(row.workspaceId)).toEqual({ ...row, ...told });
      expect(await takeLease(row.workspaceId, leaseOf('c', 2))).toMatchObject(told);
      const failed = { failingSince: at(3), messageId: 'm-2', nextTryAt: at(5), tries: 1 };
      expect(await noteDelivery(row.workspaceId, 'c', failed)).toBe(true);
      expect(await find(row.workspaceId)).toEqual({ ...row, ...told, ...failed });
      expect(await takeLease(randomUUID(), leaseOf('a', 0))).toBeUndefined();
    });
  });
}

export function removedWebhooksSuite({ store }: StoreContext): void {
  describe('sync of a workspace that is removed', () => {
    test('removing a workspace deletes its webhook, keeps its records', async () => {
      const webhook = newWebhook();
      const { workspaceId } = webhook;
      const record = newRecord({ workspaceId });
      await store().workspaces.put({ id: workspaceId, name: 'Gone', origins: [], sealedKeys: 'k' });
      await store().webhooks.put(webhook);
      await store().records.save(record);
      await store().workspaces.remove(workspaceId);
      expect(await store().webhooks.find(workspaceId)).toBeUndefined();
      expect(await store().records.find(record)).toEqual(record);
    });
  });
}
