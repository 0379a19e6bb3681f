import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ReconnectReason } from '#shared/contract/settings.ts';
import { getSettingsRoute } from '#shared/contract/settings.ts';
import { adminId, presets } from '#test/support/people/admin.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
beforeEach(async () => {
  app = await startApp();
  await app.admin.connect();
  await app.admin.grant({ ben: presets.full });
  await app.admin.link(nora, 'Harbour Lights Pty Ltd');
});
afterEach(() => app.stop());

const nora = { type: 'contact', id: '1001' } as const;
const always = null;
const api = '^/api.xro';
const scopeHeaders = { 'www-authenticate': 'Bearer error="insufficient_scope"' };

/** How the connection is lost, and the reason shown to people. */
const losses: readonly [name: string, happens: () => Promise<unknown>, reason: ReconnectReason][] = [
  [
    'the refresh token is refused (invalid_grant)',
    async () => {
      await app.control.tokens({ revokeRefresh: true });
      await app.advanceSeconds(31 * 60);
    },
    'token_refused',
  ],
  [
    'the token is refused everywhere (401)',
    () => app.control.fault({ kind: 'status', status: 401, path: '^/(api.xro|connections)', times: always }),
    'token_refused',
  ],
  [
    'somebody disconnects inside Xero (403 AuthenticationUnsuccessful)',
    () => app.control.disconnect(),
    'disconnected_in_xero',
  ],
  [
    'the consent lacks a permission (401 insufficient_scope)',
    () => app.control.fault({ kind: 'status', status: 401, headers: scopeHeaders, path: api, times: always }),
    'scope_missing',
  ],
  [
    'the consent lacks a permission (403 insufficient_scope)',
    () => app.control.fault({ kind: 'status', status: 403, headers: scopeHeaders, path: api, times: always }),
    'scope_missing',
  ],
];

describe('a connection that ends', () => {
  test.each(losses)('with %s, settings, the view and every other question say why', async (_name, happens, reason) => {
    await happens();
    const session = await app.visit({ userId: 'ben', recordType: 'contact', recordId: '1001' });
    const view = (await session.send('GET', '/api/view?fresh=true')).body;
    const error = { code: 'reconnect_needed', reason };
    expect(view).toMatchObject({ status: 'linked', contact: { name: 'Harbour Lights Pty Ltd' }, stale: true, error });
    // Known figures stay.
    expect(view).toMatchObject({ summary: { outstandingInvoices: { count: 3 } } });
    expect(await session.send('GET', '/api/contacts?search=harbour')).toMatchObject({ status: 409, body: error });
    const settings = await app.visit({ userId: adminId, recordType: 'settings' });
    const { connection, organisation } = await settings.call(getSettingsRoute);
    expect(connection).toMatchObject({ status: 'reconnect_needed', reason });
    expect(organisation?.name).toBe('Demo Company (AU)');
    // No call to Xero is made until a person connects.
    await app.control.clearFaults();
    await app.control.clearRequests();
    await session.send('GET', '/api/view?fresh=true');
    expect(await app.control.requests()).toEqual([]);
    await app.admin.connect();
    const { opened } = await app.visit({ userId: 'ben', recordType: 'contact', recordId: '1001' });
    expect(opened.connection).toMatchObject({ status: 'running', reason: null });
    expect(opened.view).toMatchObject({ status: 'linked', contact: { name: 'Harbour Lights Pty Ltd' } });
  });
});
