import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { getSettingsRoute } from '#shared/contract/settings.ts';
import { adminId } from '#test/support/people/admin.ts';
import { connectXero } from '#test/support/people/connect-journey.ts';
import { openSync } from '#test/support/people/sync-visits.ts';
import type { Visit } from '#test/support/people/visit.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

const usual =
  'openid profile email offline_access accounting.contacts accounting.invoices accounting.settings.read accounting.payments accounting.attachments';

let app: TestApp;
beforeEach(async () => {
  app = await startApp();
});
afterEach(() => app.stop());

function openSettings(): Promise<Visit> {
  return app.visit({ userId: adminId, recordType: 'settings' });
}

/** Connects from the settings. Returns the scopes that Xero was asked for. */
async function connect(): Promise<string | null> {
  const { consentUrl, status } = await app.admin.connect();
  expect(status).toBe(303);
  return new URL(consentUrl).searchParams.get('scope');
}

async function turnSync(enabled: boolean): Promise<void> {
  const overview = await openSync(app, adminId);
  expect((await overview.send('PUT', '/api/sync/rules', { enabled })).status).toBe(200);
}

async function readReason() {
  const { connection } = await (await openSettings()).call(getSettingsRoute);
  return [connection.status, connection.reason];
}

describe('the scopes of sync', () => {
  test('are asked of nobody without sync, also where sync was turned off', async () => {
    expect(await connect()).toBe(usual);
    expect(await readReason()).toEqual(['running', null]);
    await turnSync(false);
    expect(await connect()).toBe(usual);
    expect(await readReason()).toEqual(['running', null]);
  });

  test('are missed when sync is on, and connecting again asks for them', async () => {
    await connect();
    await turnSync(true);
    expect(await readReason()).toEqual(['running', 'scope_missing']);
    const overview = await (await openSync(app, adminId)).send('GET', '/api/sync');
    expect(overview.body).toMatchObject({ enabled: true, connection: { reason: 'scope_missing' } });
    // Everybody else goes on working.
    const contact = await app.visit({ userId: adminId, recordType: 'contact', recordId: '1001' });
    expect(contact.opened.connection).toMatchObject({ status: 'running', reason: null });
    expect(await connect()).toBe(`${usual} accounting.settings`);
    expect(await readReason()).toEqual(['running', null]);
  });

  test('are asked for before sync is on where the admin is about to turn it on', async () => {
    const settings = await openSettings();
    const { body } = await settings.send('POST', '/api/connect?sync=true');
    const { url } = body as { url: string };
    const page = await (await fetch(app.origin + url)).text();
    expect(page).toContain('accounts, tax rates and tracking');
    const asking: Visit = { ...settings, call: async (route) => route.response.parse({ url }) as never };
    const { consentUrl } = await connectXero(asking, app.origin, app.control.approve);
    expect(new URL(consentUrl).searchParams.get('scope')).toBe(`${usual} accounting.settings`);
    await turnSync(true);
    expect(await readReason()).toEqual(['running', null]);
  });

  test('the connect page tells of sync only where it is asked for', async () => {
    const { body } = await (await openSettings()).send('POST', '/api/connect');
    const { url } = body as { url: string };
    expect(await (await fetch(app.origin + url)).text()).not.toContain('tracking');
  });

  test('a wrong word for sync is refused', async () => {
    expect((await (await openSettings()).send('POST', '/api/connect?sync=1')).status).toBe(400);
  });
});
