import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { NewConnection, Store } from '#server/store/store.ts';
import type { StoreContext } from './backends.ts';
import { at, newConnectionRow } from './rows.ts';

async function connectTo(store: Store, change: Partial<NewConnection> = {}): Promise<NewConnection> {
  const row = newConnectionRow(change);
  await store.connections.connect(row);
  return row;
}

export function connectionsSuite({ store }: StoreContext): void {
  const connect = (change?: Partial<NewConnection>) => connectTo(store(), change);

  describe('connections', () => {
    test('a new connection is running without a lease', async () => {
      const row = await connect();
      expect(await store().connections.find(row.workspaceId)).toEqual({
        ...row,
        status: 'running',
        reason: null,
        version: 1,
        leaseOwner: null,
        leaseUntil: null,
        lastAttempt: null,
      });
    });

    test('reconnecting raises the version, ends the lease, keeps the attempt', async () => {
      const { workspaceId } = await connect();
      const lastAttempt = { outcome: 'denied', reason: 'consent_denied', at: at(1) } as const;
      await store().connections.recordAttempt(workspaceId, lastAttempt);
      await store().connections.takeLease(workspaceId, 1, 'a', at(0), at(1));
      await store().connections.markReconnectNeeded(workspaceId, 1, 'token_refused');
      const again = await connect({ workspaceId, sealedTokens: 'sealed: second' });
      expect(await store().connections.find(workspaceId)).toMatchObject({
        ...again,
        status: 'running',
        reason: null,
        version: 3,
        leaseOwner: null,
        lastAttempt,
      });
    });

    test('an attempt before any connection is stored as disconnected', async () => {
      const workspaceId = randomUUID();
      await store().connections.recordAttempt(workspaceId, { outcome: 'failed', reason: 'xero_refused', at: at(0) });
      expect(await store().connections.find(workspaceId)).toMatchObject({
        status: 'disconnected',
        organisationId: null,
        lastAttempt: { outcome: 'failed', reason: 'xero_refused', at: at(0) },
      });
    });

    test('when it disconnects, then the tokens go and the organisation stays', async () => {
      const row = await connect({ organisation: '{"name":"Demo"}' });
      await store().connections.disconnect(row.workspaceId);
      expect(await store().connections.find(row.workspaceId)).toMatchObject({
        status: 'disconnected',
        organisationId: row.organisationId,
        organisation: '{"name":"Demo"}',
        sealedTokens: null,
        accessExpiresAt: null,
        xeroConnectionId: null,
        version: 2,
      });
    });
  });
}

export function changingConnectionsSuite({ store }: StoreContext): void {
  const connect = (change?: Partial<NewConnection>) => connectTo(store(), change);

  describe('connections that change', () => {
    test('lists every workspace connected to an organisation', async () => {
      const first = await connect();
      const second = await connect({ organisationId: first.organisationId });
      await connect();
      const rows = await store().connections.listByOrganisation(first.organisationId);
      expect(rows.map((row) => row.workspaceId)).toEqual([first.workspaceId, second.workspaceId].sort());
    });

    test('does not save data of an organisation that was replaced', async () => {
      const row = await connect();
      await store().connections.saveOrganisation(row.workspaceId, randomUUID(), '{"name":"Other"}');
      expect(await store().connections.find(row.workspaceId)).toMatchObject({ organisation: null });
      await store().connections.saveOrganisation(row.workspaceId, row.organisationId, '{"name":"Mine"}');
      expect(await store().connections.find(row.workspaceId)).toMatchObject({
        organisation: '{"name":"Mine"}',
        version: 1,
      });
    });

    test('an old version saves neither tokens nor a refusal', async () => {
      const { workspaceId } = await connect();
      const tokens = { sealedTokens: 'sealed: new', accessExpiresAt: at(60) };
      expect(await store().connections.saveTokens(workspaceId, 1, tokens)).toBe(true);
      expect(await store().connections.saveTokens(workspaceId, 1, { ...tokens, sealedTokens: 'sealed: late' })).toBe(
        false,
      );
      expect(await store().connections.markReconnectNeeded(workspaceId, 1, 'token_refused')).toBe(false);
      expect(await store().connections.find(workspaceId)).toMatchObject({ ...tokens, status: 'running', version: 2 });
    });
  });
}
