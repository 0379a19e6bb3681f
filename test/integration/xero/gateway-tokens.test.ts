import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildSealer } from '#server/sealing.ts';
import { type Harness, startHarness, workspaceId } from './gateway-harness.ts';

let harness: Harness;
let connected: Awaited<ReturnType<Harness['connect']>>;
let xero: Awaited<ReturnType<Harness['build']>>;

beforeAll(async () => {
  harness = await startHarness();
});
beforeEach(async () => {
  connected = await harness.connect();
  xero = await harness.build();
});
afterAll(() => harness.close());

const minutes = (count: number) => count * 60_000;
const row = async () => harness.store.connections.find(workspaceId);
const refreshes = async () => (await harness.control.requests()).filter(({ path }) => path === '/connect/token').length;
/** Both clocks, as time passes. */
const pass = async (ms: number) => {
  harness.clock.advance(ms);
  await harness.control.clock({ advanceSeconds: ms / 1000 });
};

describe('when the access token', () => {
  it('is fresh, then it is given without asking anybody', async () => {
    expect(await xero.tokens.getAccessToken(workspaceId)).toEqual({
      token: connected.tokenSet.accessToken,
      version: 1,
    });
    expect(await refreshes()).toBe(0);
  });

  it('has less than five minutes left, then it is refreshed and the new one is stored sealed', async () => {
    await pass(minutes(24));
    expect((await xero.tokens.getAccessToken(workspaceId)).token).toBe(connected.tokenSet.accessToken);
    await pass(minutes(2));
    const { token, version } = await xero.tokens.getAccessToken(workspaceId);
    expect(token).not.toBe(connected.tokenSet.accessToken);
    const stored = await row();
    expect(stored).toMatchObject({
      version,
      leaseOwner: null,
      accessExpiresAt: new Date(harness.clock.now().getTime() + minutes(30)).toISOString(),
    });
    expect(stored?.sealedTokens).not.toContain(token);
    expect((await xero.getOrganisation(connected.caller)).name).toBe('Demo Company (AU)');
  });

  it('is asked for by fifty at its end in two processes, then it is refreshed exactly once', async () => {
    const other = await harness.build();
    await pass(minutes(31));
    await harness.control.fault({ kind: 'slow', delayMs: 30, path: '/connect/token' });
    const asked = Array.from({ length: 50 }, (_, index) =>
      (index % 2 ? xero : other).tokens.getAccessToken(workspaceId),
    );
    const tokens = new Set((await Promise.all(asked)).map(({ token }) => token));
    expect(tokens.size).toBe(1);
    expect(await refreshes()).toBe(1);
    await harness.control.tokens({ endGrace: true });
    await pass(minutes(31));
    expect((await xero.tokens.getAccessToken(workspaceId)).token).not.toBe([...tokens][0]);
  });

  it('is good for a few minutes and another process refreshes, then it is used meanwhile', async () => {
    await pass(minutes(27));
    const until = new Date(harness.clock.now().getTime() + 30_000).toISOString();
    await harness.store.connections.takeLease(
      workspaceId,
      connected.version,
      'other',
      harness.clock.now().toISOString(),
      until,
    );
    expect((await xero.tokens.getAccessToken(workspaceId)).token).toBe(connected.tokenSet.accessToken);
    expect(await refreshes()).toBe(0);
  });

  it('has ended and who refreshed died, then others wait no longer than a person would', async () => {
    await pass(minutes(31));
    const until = new Date(harness.clock.now().getTime() + 30_000).toISOString();
    await harness.store.connections.takeLease(
      workspaceId,
      connected.version,
      'other',
      harness.clock.now().toISOString(),
      until,
    );
    await expect(xero.tokens.getAccessToken(workspaceId)).rejects.toMatchObject({ code: 'xero_unavailable' });
    await pass(30_001);
    expect((await xero.tokens.getAccessToken(workspaceId)).version).toBe(connected.version + 1);
  });
});

describe('when the answer to a refresh', () => {
  it('gets lost, then it is asked for again with the same refresh token', async () => {
    await pass(minutes(31));
    await harness.control.fault({ kind: 'lose-answer', path: '/connect/token' });
    expect((await xero.tokens.getAccessToken(workspaceId)).version).toBe(connected.version + 1);
    expect(await refreshes()).toBe(2);
  });

  it('gets lost each time, then the stored token is good for the next attempt', async () => {
    await pass(minutes(31));
    await harness.control.fault({ kind: 'lose-answer', path: '/connect/token', times: 2 });
    await expect(xero.tokens.getAccessToken(workspaceId)).rejects.toMatchObject({ code: 'xero_unreachable' });
    expect(await row()).toMatchObject({ status: 'running', leaseOwner: null, version: connected.version });
    expect((await xero.tokens.getAccessToken(workspaceId)).version).toBe(connected.version + 1);
  });

  it.each([
    [{ kind: 'drop' }, 'xero_unreachable'],
    [{ kind: 'status', status: 503 }, 'xero_unavailable'],
    [{ kind: 'html' }, 'xero_invalid_answer'],
    [{ kind: 'truncate' }, 'xero_invalid_answer'],
  ] as const)('is %o, then the old token is used as long as it lives', async (fault, code) => {
    await harness.control.fault({ ...fault, path: '/connect/token', times: null });
    await pass(minutes(26));
    expect((await xero.tokens.getAccessToken(workspaceId)).token).toBe(connected.tokenSet.accessToken);
    await pass(minutes(5));
    await expect(xero.tokens.getAccessToken(workspaceId)).rejects.toMatchObject({ code });
    expect((await row())?.status).toBe('running');
  });

  it('leaves out the refresh token, then the old one is kept', async () => {
    await pass(minutes(31));
    const body = { access_token: 'another-token', expires_in: 1800, token_type: 'Bearer' };
    await harness.control.fault({ kind: 'status', status: 200, body, path: '/connect/token' });
    expect((await xero.tokens.getAccessToken(workspaceId)).token).toBe('another-token');
    await pass(minutes(31));
    expect((await xero.tokens.getAccessToken(workspaceId)).version).toBe(connected.version + 2);
  });

  it('is invalid_grant twice, then reconnect is needed and nobody asks again', async () => {
    await harness.control.tokens({ revokeRefresh: true });
    await pass(minutes(31));
    await expect(xero.tokens.getAccessToken(workspaceId)).rejects.toMatchObject({ code: 'reconnect_needed' });
    expect(await row()).toMatchObject({ status: 'reconnect_needed', reason: 'token_refused' });
    await expect(xero.tokens.getAccessToken(workspaceId)).rejects.toMatchObject({ code: 'reconnect_needed' });
    expect(await refreshes()).toBe(2);
  });

  it('is invalid_grant once, then the second try counts', async () => {
    await pass(minutes(31));
    const body = { error: 'invalid_grant' };
    await harness.control.fault({ kind: 'status', status: 400, body, path: '/connect/token' });
    expect((await xero.tokens.getAccessToken(workspaceId)).version).toBe(connected.version + 1);
  });

  it('says that this app is not known, then no person is asked to connect again', async () => {
    const gateway = await harness.build({ config: { ...harness.config, clientSecret: 'wrong' } });
    await pass(minutes(31));
    await expect(gateway.tokens.getAccessToken(workspaceId)).rejects.toMatchObject({ code: 'xero_unauthorized' });
    expect((await row())?.status).toBe('running');
  });
});

describe('when the connection', () => {
  it('is none or was taken back, then not_connected', async () => {
    await expect(xero.tokens.getAccessToken('nobody')).rejects.toMatchObject({ code: 'not_connected' });
    await harness.store.connections.disconnect(workspaceId);
    await expect(xero.getOrganisation(connected.caller)).rejects.toMatchObject({ code: 'not_connected' });
  });

  it('was made again while tokens were refreshed, then the new connection stands', async () => {
    const { connections } = harness.store;
    const takeLease: typeof connections.takeLease = async (...lease) => {
      const isTaken = await connections.takeLease(...lease);
      await connections.connect({ ...connected.stored, connectedBy: 'Another admin' });
      return isTaken;
    };
    const gateway = await harness.build({ store: { connections: { ...connections, takeLease } } });
    await pass(minutes(31));
    const version = connected.version + 1;
    expect(await gateway.tokens.getAccessToken(workspaceId)).toEqual({
      token: connected.tokenSet.accessToken,
      version,
    });
    expect(await row()).toMatchObject({ connectedBy: 'Another admin', status: 'running', version });
    expect(await refreshes()).toBe(1);
  });

  it('was sealed with a key that this process was not given, then it waits for that key', async () => {
    const gateway = await harness.build({ sealer: buildSealer(randomBytes(32)) });
    await expect(gateway.getOrganisation(connected.caller)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await row()).toMatchObject({ status: 'running', version: connected.version });
    expect((await xero.getOrganisation(connected.caller)).name).toBe('Demo Company (AU)');
  });

  it('is copied to another workspace, then its tokens do not open there', async () => {
    await harness.store.connections.connect({ ...connected.stored, workspaceId: 'thief' });
    await expect(xero.tokens.getAccessToken('thief')).rejects.toMatchObject({ code: 'reconnect_needed' });
  });
});
