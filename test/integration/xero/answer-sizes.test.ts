import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/support/world/app.ts';
import { setGatewayStage } from './gateway-stage.ts';

/** 400 MB that arrive compressed to a few hundred thousand bytes. */
const bytes = 400_000_000;
/** How much memory an answer may cost in addition. */
const allowedBytes = 150 * 1024 * 1024;

/** The most additional memory that this process used while `act` ran. */
async function measureGrowth(act: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().rss;
  let most = before;
  // Real time: it only watches the process.
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 5);
  try {
    await act();
  } finally {
    clearInterval(watch);
  }
  return Math.max(most, process.memoryUsage().rss) - before;
}

describe('tokens and connections', () => {
  const stage = setGatewayStage();
  const flood = (path: string) => stage.harness.control.fault({ kind: 'flood', path, bytes, times: null });

  test('an endless list of invoices is refused at the size limit', async () => {
    await flood('^/api.xro/');
    const growth = await measureGrowth(async () => {
      const load = stage.xero.listOpenInvoices(stage.connected.caller, [
        stage.connected.contactId('Harbour Lights Pty Ltd'),
      ]);
      await expect(load).rejects.toMatchObject({ code: 'xero_invalid_answer' });
    });
    expect(growth).toBeLessThan(2 * allowedBytes);
  });

  test('an endless list of connections is refused early', async () => {
    await flood('^/connections');
    const growth = await measureGrowth(async () => {
      const listing = stage.xero.listConnections(stage.connected.tokenSet.accessToken);
      await expect(listing).rejects.toMatchObject({ code: 'xero_invalid_answer' });
    });
    expect(growth).toBeLessThan(allowedBytes);
  });

  test('an endless token answer is refused and keeps the old tokens', async () => {
    const before = await stage.harness.store.connections.find('acme');
    stage.harness.clock.advance(31 * 60_000);
    await flood('^/connect/token');
    const growth = await measureGrowth(async () => {
      await expect(stage.xero.getOrganisation(stage.connected.caller)).rejects.toMatchObject({
        code: 'xero_invalid_answer',
      });
    });
    expect(growth).toBeLessThan(allowedBytes);
    expect(await stage.harness.store.connections.find('acme')).toMatchObject({
      status: 'running',
      sealedTokens: before?.sealedTokens,
    });
  });

  test('reads an answer with thousands of connections', async () => {
    const row = (index: number) => ({
      id: `7f3e4a6c-1c2b-4b54-9d0a-${String(index).padStart(12, '0')}`,
      tenantId: `7f3e4a6c-1c2b-4b54-9d0b-${String(index).padStart(12, '0')}`,
      tenantType: 'ORGANISATION',
      tenantName: `Organisation ${index}`,
    });
    const body = Array.from({ length: 4_000 }, (_, index) => row(index));
    await stage.harness.control.fault({ kind: 'status', status: 200, path: '^/connections', body });
    expect(await stage.xero.listConnections(stage.connected.tokenSet.accessToken)).toHaveLength(4_000);
  });
});

describe('the end of a consent', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.stop());

  test('refuses a code answer that is longer than any token answer', async () => {
    const body = { access_token: 'a', refresh_token: 'r', expires_in: 1800, padding: ' '.repeat(2_000_000) };
    await app.control.fault({ kind: 'status', status: 200, path: '^/connect/token', body });
    await app.admin.connect();
    const settings = await app.visit({ userId: 'olivia', recordType: 'settings' });
    expect(settings.opened.connection).toMatchObject({
      status: 'disconnected',
      lastAttempt: { outcome: 'failed', reason: 'xero_unreachable' },
    });
    expect((await app.control.requests()).map(({ path }) => path)).toEqual(['/connect/token']);
  });
});
