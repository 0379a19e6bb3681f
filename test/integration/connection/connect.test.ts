import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectRoute, getSettingsRoute } from '#shared/contract/settings.ts';
import { buildCookieJar, type CookieJar } from '#test/support/network/cookie-jar.ts';
import { adminId } from '#test/support/people/admin.ts';
import { readForm } from '#test/support/people/connect-journey.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
beforeEach(async () => {
  app = await startApp();
});
afterEach(() => app.stop());

function openSettings() {
  return app.visit({ userId: adminId, recordType: 'settings' });
}
async function readSettings() {
  return (await openSettings()).call(getSettingsRoute);
}

/** Opens the connect page in a browser. Returns how its form is posted, or the page shown instead. */
async function showConnectPage(url: string, jar: CookieJar = buildCookieJar()) {
  const { fields } = readForm(await (await jar.visit(app.origin + url)).text());
  const post = (headers: Record<string, string> = { origin: app.origin }, change: Record<string, string> = {}) =>
    jar.visit(`${app.origin}/connect`, {
      method: 'POST',
      headers,
      body: new URLSearchParams({ ...fields, ...change }),
    });
  return { jar, fields, post };
}

describe('connecting', () => {
  test('allowing access connects and returns to settings', async () => {
    const { status, location } = await app.admin.connect();
    expect(status).toBe(303);
    expect(location).toBe(`${app.crmOrigin}/setup/apps/xero`);
    const settings = await readSettings();
    expect(settings.connection).toMatchObject({ status: 'running', lastAttempt: { outcome: 'connected' } });
    expect(settings.organisation).toMatchObject({ name: 'Demo Company (AU)', baseCurrency: 'AUD' });
  });

  test('denying access shows what to do and requests no tokens', async () => {
    const { status, location } = await app.admin.connect({ deny: true });
    expect([status, location]).toEqual([200, null]);
    const { connection } = await readSettings();
    expect(connection).toMatchObject({
      status: 'disconnected',
      lastAttempt: { outcome: 'denied', reason: 'consent_denied' },
    });
    expect((await app.control.requests()).filter(({ path }) => path === '/connect/token')).toEqual([]);
  });

  test('opening the callback again shows a page and changes nothing', async () => {
    const { callbackUrl } = await app.admin.connect();
    const answer = await fetch(callbackUrl, { redirect: 'manual' });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('another browser');
    expect((await readSettings()).connection.status).toBe('running');
  });

  test('a used or old ticket shows what to do', async () => {
    const { url } = await (await openSettings()).call(connectRoute);
    const { post } = await showConnectPage(url);
    expect((await post()).status).toBe(303);
    for (const answer of [await post(), await fetch(app.origin + url)]) {
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain('press Connect to Xero again');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    }
    const late = await (await openSettings()).call(connectRoute);
    app.clock.advanceSeconds(61);
    expect((await fetch(app.origin + late.url)).status).toBe(400);
  });

  test('a consent after ten minutes is dropped, and settings say why', async () => {
    const session = await openSettings();
    const { url } = await session.call(connectRoute);
    const { jar, post } = await showConnectPage(url);
    const callbackUrl = await app.control.approve((await post()).headers.get('location') ?? '');
    app.clock.advanceSeconds(601);
    const answer = await jar.visit(callbackUrl);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('took too long');
    expect((await readSettings()).connection.lastAttempt).toMatchObject({ outcome: 'failed', reason: 'state_expired' });
  });

  test('another organisation is refused and removed at Xero', async () => {
    await app.admin.connect();
    const { organisations } = await app.control.seedInfo();
    const other = organisations[1]?.tenantId ?? '';
    const { status } = await app.admin.connect({ organisations: [other] });
    expect(status).toBe(400);
    const settings = await readSettings();
    expect(settings.organisation?.name).toBe('Demo Company (AU)');
    expect(settings.connection).toMatchObject({
      status: 'running',
      lastAttempt: { outcome: 'failed', reason: 'other_organisation' },
    });
    const deleted = (await app.control.requests()).filter(({ method }) => method === 'DELETE');
    expect(deleted).toHaveLength(1);
  });

  test('reconnecting the same organisation restores every link', async () => {
    await app.admin.connect();
    await app.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
    await app.admin.disconnect();
    const { connection, organisation } = await readSettings();
    expect([connection.status, organisation]).toEqual(['disconnected', null]);
    const open = () => app.visit({ userId: adminId, recordType: 'contact', recordId: '1001' });
    expect((await open()).opened.view).toEqual({ status: 'not_connected', reason: 'disconnected' });
    const { organisations } = await app.control.seedInfo();
    await app.admin.connect({ organisations: [organisations[1]?.tenantId ?? ''] });
    expect((await open()).opened.view?.status).toBe('unlinked');
    await app.admin.disconnect();
    await app.admin.connect();
    expect((await open()).opened.view).toMatchObject({ status: 'linked', contact: { name: 'Harbour Lights Pty Ltd' } });
  });

  test('the admin can disconnect even if Xero refuses our token', async () => {
    await app.admin.connect();
    await app.control.reset();
    await app.admin.disconnect();
    expect((await readSettings()).connection.status).toBe('disconnected');
  });

  test('keeps the connection when Xero cannot be reached to disconnect', async () => {
    await app.admin.connect();
    await app.control.fault({ kind: 'drop', times: Number.POSITIVE_INFINITY });
    const answer = await (await openSettings()).send('DELETE', '/api/connection');
    expect(answer).toMatchObject({ status: 502, body: { code: 'xero_unreachable' } });
    expect((await readSettings()).connection.status).toBe('running');
  });

  test('neither database nor log contains tokens in plain text', async () => {
    await app.admin.connect();
    const row = await app.deps.store.connections.find(app.workspace.id);
    const { token } = await app.deps.xero.tokens.getAccessToken(app.workspace.id);
    expect(JSON.stringify(row)).not.toContain(token);
    expect(app.logs()).not.toContain(token);
  });
});

describe('whose form is posted', () => {
  const ask = async () => (await (await openSettings()).call(connectRoute)).url;
  const expectRefused = async (answer: Response) => {
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
    expect(await answer.text()).toContain('started connecting in another browser');
  };

  test('another site’s post with a foreign ticket does not reach Xero', async () => {
    const url = await ask();
    const ticket = new URL(url, app.origin).searchParams.get('ticket') ?? '';
    const cross = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' };
    const tries: Record<string, string>[] = [cross, { origin: app.origin }, { 'sec-fetch-site': 'same-origin' }];
    for (const headers of tries) {
      const body = new URLSearchParams({ ticket });
      await expectRefused(await fetch(`${app.origin}/connect`, { method: 'POST', headers, body, redirect: 'manual' }));
    }
    expect((await (await showConnectPage(url)).post()).status).toBe(303);
  });

  test('refuses a post that is not from our own page', async () => {
    const { post } = await showConnectPage(await ask());
    for (const site of ['cross-site', 'same-site', 'none']) {
      await expectRefused(await post({ 'sec-fetch-site': site, origin: app.origin }));
    }
    for (const origin of ['null', 'https://elsewhere.example', `${app.origin}.elsewhere.example`]) {
      await expectRefused(await post({ origin }));
    }
    await expectRefused(await post({}));
    expect((await post({ 'sec-fetch-site': 'same-origin', origin: 'null' })).status).toBe(303);
  });

  test('refuses a proof for another browser or ticket', async () => {
    const [first, second] = [await ask(), await ask()];
    const attacker = await showConnectPage(first);
    const victim = await showConnectPage(second);
    await expectRefused(await victim.post(undefined, attacker.fields));
    await expectRefused(await victim.post(undefined, { ticket: attacker.fields.ticket ?? '' }));
    await expectRefused(await victim.post(undefined, { proof: '' }));
    expect((await victim.post()).status).toBe(303);
  });

  test('two tabs of one browser both stay valid', async () => {
    const jar = buildCookieJar();
    const first = await showConnectPage(await ask(), jar);
    const second = await showConnectPage(await ask(), jar);
    expect([(await first.post()).status, (await second.post()).status]).toEqual([303, 303]);
  });

  test('the page’s cookie is hidden from scripts and cross-site posts', async () => {
    const answer = await fetch(app.origin + (await ask()));
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^ledgerside-browser=[\w-]{32}; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  });
});
