import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { StoreContext } from './backends.ts';
import { newConnectionRow, newLink, newSession } from './rows.ts';

export function workspacesSuite({ store }: StoreContext): void {
  describe('workspaces', () => {
    test('the later of two puts wins', async () => {
      const first = { id: randomUUID(), name: 'Fieldnote', origins: ['http://127.0.0.1:4100'], sealedKeys: 'a' };
      await store().workspaces.put(first);
      const second = {
        ...first,
        name: 'Fieldnote CRM',
        origins: ['https://a.example', 'https://b.example'],
        sealedKeys: 'b',
      };
      await store().workspaces.put(second);
      expect(await store().workspaces.find(first.id)).toEqual(second);
      expect(await store().workspaces.list()).toContainEqual(second);
    });

    test('an unknown workspace is undefined', async () => {
      expect(await store().workspaces.find(randomUUID())).toBeUndefined();
      expect(await store().workspaces.remove(randomUUID())).toBe(false);
    });

    test('removing a held workspace waits for its holder', async () => {
      const workspaceId = randomUUID();
      await store().workspaces.put({ id: workspaceId, name: 'Held', origins: [], sealedKeys: 'k' });
      const order: string[] = [];
      let removing: Promise<unknown> = Promise.resolve();
      await store().together(async (parts) => {
        expect(await parts.workspaces.hold(workspaceId)).toBe(true);
        removing = store()
          .workspaces.remove(workspaceId)
          .then(() => order.push('removed'));
        await parts.connections.connect(newConnectionRow({ workspaceId }));
        order.push('connected');
      });
      await removing;
      expect(order).toEqual(['connected', 'removed']);
      expect(await store().connections.find(workspaceId)).toMatchObject({ status: 'disconnected', sealedTokens: null });
      expect(await store().workspaces.hold(workspaceId)).toBe(false);
    });

    test('removing a workspace deletes sessions and tokens, keeps links', async () => {
      const workspaceId = randomUUID();
      const connection = newConnectionRow({ workspaceId });
      const link = newLink({ workspaceId, organisationId: connection.organisationId });
      const session = newSession({ workspaceId });
      await store().workspaces.put({ id: workspaceId, name: 'Gone', origins: [], sealedKeys: 'k' });
      await store().connections.connect(connection);
      await store().links.put(link);
      await store().sessions.create(session);

      expect(await store().workspaces.remove(workspaceId)).toBe(true);

      expect(await store().workspaces.find(workspaceId)).toBeUndefined();
      expect(await store().sessions.find(session.tokenHash)).toBeUndefined();
      expect(await store().connections.find(workspaceId)).toMatchObject({ status: 'disconnected', sealedTokens: null });
      expect(await store().links.find(workspaceId, link.organisationId, link.record)).toEqual(link);
    });
  });
}
