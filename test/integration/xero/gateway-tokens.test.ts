import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { buildSealer } from '#server/sealing.ts';
import { workspaceId } from './gateway-harness.ts';
import { setGatewayStage } from './gateway-stage.ts';

const stage = setGatewayStage();

function minutes(count: number) {
  return count * 60_000;
}
async function row() {
  return stage.harness.store.connections.find(workspaceId);
}
async function refreshes() {
  return (await stage.harness.control.requests()).filter(({ path }) => path === '/connect/token').length;
}
/** Moves both clocks. */
async function pass(ms: number) {
  stage.harness.clock.advance(ms);
  await stage.harness.control.clock({ advanceSeconds: ms / 1000 });
}

describe('when the access token', () => {
  test('is fresh, then it is given without asking anybody', async () => {
    expect(await stage.xero.tokens.getAccessToken(workspaceId)).toEqual({
      token: stage.connected.tokenSet.accessToken,
      version: 1,
    });
    expect(await refreshes()).toBe(0);
  });

  test('with five minutes left, it is refreshed and stored encrypted', async () => {
    await pass(minutes(24));
    expect((await stage.xero.tokens.getAccessToken(workspaceId)).token).toBe(stage.connected.tokenSet.accessToken);
    await pass(minutes(2));
    const { token, version } = await stage.xero.tokens.getAccessToken(workspaceId);
    expect(token).not.toBe(stage.connected.tokenSet.accessToken);
    const stored = await row();
    expect(stored).toMatchObject({
      version,
      leaseOwner: null,
      accessExpiresAt: new Date(stage.harness.clock.now().getTime() + minutes(30)).toISOString(),
    });
    expect(stored?.sealedTokens).not.toContain(token);
    expect((await stage.xero.getOrganisation(stage.connected.caller)).name).toBe('Demo Company (AU)');
  });

  test('fifty requests in two processes refresh it exactly once', async () => {
    const other = await stage.harness.build();
    await pass(minutes(31));
    await stage.harness.control.fault({ kind: 'slow', delayMs: 30, path: '/connect/token' });
    const asked = Array.from({ length: 50 }, (_, index) =>
      (index % 2 ? stage.xero : other).tokens.getAccessToken(workspaceId),
    );
    const tokens = new Set((await Promise.all(asked)).map(({ token }) => token));
    expect(tokens.size).toBe(1);
    expect(await refreshes()).toBe(1);
    await stage.harness.control.tokens({ endGrace: true });
    await pass(minutes(31));
    expect((await stage.xero.tokens.getAccessToken(workspaceId)).token).not.toBe([...tokens][0]);
  });

  test('while another process refreshes, it is used if still valid', async () => {
    await pass(minutes(27));
    const until = new Date(stage.harness.clock.now().getTime() + 30_000).toISOString();
    await stage.harness.store.connections.takeLease(
      workspaceId,
      stage.connected.version,
      'other',
      stage.harness.clock.now().toISOString(),
      until,
    );
    expect((await stage.xero.tokens.getAccessToken(workspaceId)).token).toBe(stage.connected.tokenSet.accessToken);
    expect(await refreshes()).toBe(0);
  });

  test('after the refreshing process died, others wait only briefly', async () => {
    await pass(minutes(31));
    const until = new Date(stage.harness.clock.now().getTime() + 30_000).toISOString();
    await stage.harness.store.connections.takeLease(
      workspaceId,
      stage.connected.version,
      'other',
      stage.harness.clock.now().toISOString(),
      until,
    );
    await expect(stage.xero.tokens.getAccessToken(workspaceId)).rejects.toMatchObject({ code: 'xero_unavailable' });
    await pass(30_001);
    expect((await stage.xero.tokens.getAccessToken(workspaceId)).version).toBe(stage.connected.version + 1);
  });
});

describe('when the answer to a refresh', () => {
  test('gets lost, then it is asked for again with the same refresh token', async () => {
    await pass(minutes(31));
    await stage.harness.control.fault({ kind: 'lose-answer', path: '/connect/token' });
    expect((await stage.xero.tokens.getAccessToken(workspaceId)).version).toBe(stage.connected.version + 1);
    expect(await refreshes()).toBe(2);
  });

  test('if it is lost each time, the stored token works for the next try', async () => {
    await pass(minutes(31));
    await stage.harness.control.fault({ kind: 'lose-answer', path: '/connect/token', times: 2 });
    await expect(stage.xero.tokens.getAccessToken(workspaceId)).rejects.toMatchObject({ code: 'xero_unreachable' });
    expect(await row()).toMatchObject({ status: 'running', leaseOwner: null, version: stage.connected.version });
    expect((await stage.xero.tokens.getAccessToken(workspaceId)).version).toBe(stage.connected.version + 1);
  });

  test.each([
    [{ kind: 'drop' }, 'xero_unreachable'],
    [{ kind: 'status', status: 503 }, 'xero_unavailable'],
    [{ kind: 'html' }, 'xero_invalid_answer'],
    [{ kind: 'truncate' }, 'xero_invalid_answer'],
  ] as const)('is %o, then the old token is used as long as it lives', async (fault, code) => {
    await stage.harness.control.fault({ ...fault, path: '/connect/token', times: null });
    await pass(minutes(26));
    expect((await stage.xero.tokens.getAccessToken(workspaceId)).token).toBe(stage.connected.tokenSet.accessToken);
    await pass(minutes(5));
    await expect(stage.xero.tokens.getAccessToken(workspaceId)).rejects.toMatchObject({ code });
    expect((await row())?.status).toBe('running');
  });

  test('leaves out the refresh token, then the old one is kept', async () => {
    await pass(minutes(31));
    const body = { access_token: 'another-token', expires_in: 1800, token_type: 'Bearer' };
    await stage.harness.control.fault({ kind: 'status', status: 200, body, path: '/connect/token' });
    expect((await stage.xero.tokens.getAccessToken(workspaceId)).token).toBe('another-token');
    await pass(minutes(31));
    expect((await stage.xero.tokens.getAccessToken(workspaceId)).version).toBe(stage.connected.version + 2);
  });

  test('is invalid_grant twice, a person must reconnect', async () => {
    await stage.harness.control.tokens({ revokeRefresh: true });
    await pass(minutes(31));
    await expect(stage.xero.tokens.getAccessToken(workspaceId)).rejects.toMatchObject({ code: 'reconnect_needed' });
    expect(await row()).toMatchObject({ status: 'reconnect_needed', reason: 'token_refused' });
    await expect(stage.xero.tokens.getAccessToken(workspaceId)).rejects.toMatchObject({ code: 'reconnect_needed' });
    expect(await refreshes()).toBe(2);
  });

  test('is invalid_grant once, then the second try counts', async () => {
    await pass(minutes(31));
    const body = { error: 'invalid_grant' };
    await stage.harness.control.fault({ kind: 'status', status: 400, body, path: '/connect/token' });
    expect((await stage.xero.tokens.getAccessToken(workspaceId)).version).toBe(stage.connected.version + 1);
  });

  test('an unknown app does not ask a person to reconnect', async () => {
    const gateway = await stage.harness.build({ config: { ...stage.harness.config, clientSecret: 'wrong' } });
    await pass(minutes(31));
    await expect(gateway.tokens.getAccessToken(workspaceId)).rejects.toMatchObject({ code: 'xero_unauthorized' });
    expect((await row())?.status).toBe('running');
  });
});

describe('when the connection', () => {
  test('is none or was taken back, then not_connected', async () => {
    await expect(stage.xero.tokens.getAccessToken('nobody')).rejects.toMatchObject({ code: 'not_connected' });
    await stage.harness.store.connections.disconnect(workspaceId);
    await expect(stage.xero.getOrganisation(stage.connected.caller)).rejects.toMatchObject({ code: 'not_connected' });
  });

  test('a connection made during the refresh wins', async () => {
    const { connections } = stage.harness.store;
    const takeLease: typeof connections.takeLease = async (...lease) => {
      const isTaken = await connections.takeLease(...lease);
      await connections.connect({ ...stage.connected.stored, connectedBy: 'Another admin' });
      return isTaken;
    };
    const gateway = await stage.harness.build({ store: { connections: { ...connections, takeLease } } });
    await pass(minutes(31));
    const version = stage.connected.version + 1;
    expect(await gateway.tokens.getAccessToken(workspaceId)).toEqual({
      token: stage.connected.tokenSet.accessToken,
      version,
    });
    expect(await row()).toMatchObject({ connectedBy: 'Another admin', status: 'running', version });
    expect(await refreshes()).toBe(1);
  });

  test('sealed with an unknown key, it waits for that key', async () => {
    const gateway = await stage.harness.build({ sealer: buildSealer(randomBytes(32)) });
    await expect(gateway.getOrganisation(stage.connected.caller)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await row()).toMatchObject({ status: 'running', version: stage.connected.version });
    expect((await stage.xero.getOrganisation(stage.connected.caller)).name).toBe('Demo Company (AU)');
  });

  test('is copied to another workspace, then its tokens do not open there', async () => {
    await stage.harness.store.connections.connect({ ...stage.connected.stored, workspaceId: 'thief' });
    await expect(stage.xero.tokens.getAccessToken('thief')).rejects.toMatchObject({ code: 'reconnect_needed' });
  });
});
