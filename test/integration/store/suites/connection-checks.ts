import { describe, expect, test } from 'vitest';
import type { Store } from '#server/store/store.ts';
import type { StoreContext } from './backends.ts';
import { at, newAudit, newConnectionRow } from './rows.ts';

/** Connected at noon, so it is due an hour later. */
const due = { now: at(60), connectedBefore: at(0), latest: at(130) };

async function connectTo(store: Store, connectedAt = at(0)): Promise<string> {
  const row = newConnectionRow({ connectedAt });
  await store.connections.connect(row);
  return row.workspaceId;
}

async function listDueOf(store: Store, when = due) {
  return store.connections.listDueChecks(when, 10_000);
}

export function connectionChecksSuite({ store, openAnother }: StoreContext): void {
  const connect = (connectedAt?: string) => connectTo(store(), connectedAt);
  const listDue = (when?: typeof due) => listDueOf(store(), when);

  describe('checks of connections', () => {
    test('a connection without a check is due by its age', async () => {
      const [old, fresh] = [await connect(), await connect(at(1))];
      const listed = await listDue();
      expect([listed.includes(old), listed.includes(fresh)]).toEqual([true, false]);
    });

    test('one of several processes gets a check and plans the next', async () => {
      const workspaceId = await connect();
      const other = await openAnother();
      const claims = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          (index % 2 ? other : store()).connections.claimCheck(workspaceId, due, at(120)),
        ),
      );
      expect(claims.filter(Boolean)).toHaveLength(1);
      expect(await listDue()).not.toContain(workspaceId);
      expect(await listDue({ now: at(120), connectedBefore: at(60), latest: at(190) })).toContain(workspaceId);
    });

    test('a check planned before the clock was set back is due once', async () => {
      const workspaceId = await connect();
      await store().connections.claimCheck(workspaceId, due, at(120));
      const back = { now: at(0), connectedBefore: at(-60), latest: at(70) };
      expect(await listDue(back)).toContain(workspaceId);
      expect(await listDue({ ...back, latest: at(120) })).not.toContain(workspaceId);
      expect(await store().connections.claimCheck(workspaceId, back, at(60))).toBe(true);
      expect(await store().connections.claimCheck(workspaceId, back, at(60))).toBe(false);
    });

    test('a doubt brings a check forward and never delays it', async () => {
      const workspaceId = await connect(at(30));
      await store().connections.doubt(workspaceId, at(35));
      await store().connections.doubt(workspaceId, at(50));
      expect(await listDue({ now: at(35), connectedBefore: at(-25), latest: at(105) })).toContain(workspaceId);
      expect(await store().connections.find(workspaceId)).toMatchObject({
        status: 'running',
        reason: 'doubted',
        version: 1,
      });
      await store().connections.claimCheck(
        workspaceId,
        { now: at(35), connectedBefore: at(-25), latest: at(105) },
        at(95),
      );
      expect(await store().connections.find(workspaceId)).toMatchObject({ reason: null, version: 1 });
    });
  });
}

export function endedConnectionsSuite({ store }: StoreContext): void {
  describe('connections that have ended', () => {
    test('a lost connection is not checked; its end is audited with it', async () => {
      const workspaceId = await connectTo(store());
      const audit = newAudit({ workspaceId, action: 'reconnect_needed' });
      expect(await store().connections.markReconnectNeeded(workspaceId, 7, 'token_refused', audit)).toBe(false);
      expect(await store().audit.list(workspaceId, { limit: 5 })).toEqual([]);
      expect(await store().connections.markReconnectNeeded(workspaceId, 1, 'token_refused', audit)).toBe(true);
      expect(await store().audit.list(workspaceId, { limit: 5 })).toEqual([audit]);
      await store().connections.doubt(workspaceId, at(0));
      expect(await listDueOf(store())).not.toContain(workspaceId);
      expect(await store().connections.find(workspaceId)).toMatchObject({
        status: 'reconnect_needed',
        reason: 'token_refused',
        sealedTokens: null,
      });
    });
  });
}

export function sealedTextsSuite({ store }: StoreContext): void {
  describe('sealed texts', () => {
    test('encrypting again replaces only the found text and no version', async () => {
      const workspaceId = await connectTo(store());
      await store().workspaces.put({ id: workspaceId, name: 'Acme', origins: [], sealedKeys: 'keys: first' });
      const settings = { url: 'https://crm.example/hooks', enabled: true, oldSecretUntil: at(60) };
      const secrets = { sealedSecret: 'webhook: first', sealedOldSecret: 'old: first' };
      const untold = { lastDeliveryAt: null, lastDeliveryStatus: null, failingSince: null, messageId: null };
      const webhook = { ...settings, ...secrets, ...untold, cursor: 0, tries: 0, nextTryAt: null };
      await store().webhooks.put({ workspaceId, ...webhook });
      const mine = (await store().sealed.list()).filter((found) => found.workspaceId === workspaceId);
      expect(mine.map(({ place, text }) => [place, text])).toEqual([
        ['connection', 'sealed: first'],
        ['workspace', 'keys: first'],
        ['webhook', 'webhook: first'],
        ['old_webhook', 'old: first'],
      ]);
      for (const found of mine) {
        expect(await store().sealed.replace(found, `anew: ${found.place}`)).toBe(true);
        expect(await store().sealed.replace(found, 'late')).toBe(false);
      }
      expect(await store().connections.find(workspaceId)).toMatchObject({
        sealedTokens: 'anew: connection',
        version: 1,
      });
      expect(await store().workspaces.find(workspaceId)).toMatchObject({ sealedKeys: 'anew: workspace' });
      const anew = { sealedSecret: 'anew: webhook', sealedOldSecret: 'anew: old_webhook' };
      expect(await store().webhooks.find(workspaceId)).toMatchObject({ ...webhook, ...anew });
    });
  });
}
