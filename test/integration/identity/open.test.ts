import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signRecordToken } from '#test/sandbox/crm/sign.ts';
import { adminId, presets } from '#test/support/people/admin.ts';
import { crmOrigin, metricsToken, startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

function sign(overrides?: Record<string, unknown>) {
  return signRecordToken({
    productUrl: app.origin,
    workspace: app.workspace,
    userId: 'ben',
    recordType: 'contact',
    recordId: '1001',
    origin: crmOrigin,
    now: app.clock.now(),
    overrides,
  });
}

async function open(token: string, workspace = app.workspace.id) {
  const answer = await fetch(`${app.origin}/api/open`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, workspace }),
  });
  return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.json() };
}

describe('POST /api/open', () => {
  test('one token sent ten times opens once', async () => {
    const token = await sign();
    const answers = await Promise.all(Array.from({ length: 10 }, () => open(token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'token_replayed')).toHaveLength(9);
  });

  test('the first answer is complete when nothing is connected', async () => {
    const { body } = await open(await sign());
    expect(body).toMatchObject({
      user: { id: 'ben', admin: false },
      permissions: [],
      organisation: null,
      connection: { status: 'disconnected', lastAttempt: null },
      record: { type: 'contact', id: '1001', name: 'Nora Lindqvist', company: { type: 'company', id: '501' } },
      view: { status: 'not_connected', reason: 'never' },
    });
    expect(body.session.token).toMatch(/^[\w-]{43}$/);
  });

  test('an unknown or wrong workspace is token_invalid', async () => {
    for (const workspace of ['nobody', '../x', '__proto__']) {
      const { status, type, body } = await open(await sign(), workspace);
      expect([status, body.code]).toEqual([401, 'token_invalid']);
      expect(type).toContain('application/problem+json');
      expect(body.requestId).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  test('accepts null claims and numeric ids, as many CRMs send', async () => {
    const record = { type: 'contact', id: 1001, url: crmOrigin, name: 'Nora', email: null, phone: null, address: null };
    const { status, body } = await open(await sign({ sub: 7, record, company: null }));
    expect(status).toBe(200);
    expect(body.user).toMatchObject({ id: '7' });
    expect(body.record).toEqual({ type: 'contact', id: '1001', name: 'Nora' });
  });

  test('logs an unusable claim’s path, tells an admin, never its value', async () => {
    const record = {
      type: 'contact',
      id: '1001',
      url: crmOrigin,
      name: 'Nora',
      email: { work: 'secret@nora.example' },
    };
    const forUser = await open(await sign({ record }));
    const forAdmin = await open(await sign({ record, sub: adminId, user: { name: 'Olivia', admin: true } }));
    expect([forUser.status, forUser.body.code, forUser.body.reason]).toEqual([401, 'token_invalid', 'claims']);
    expect(forUser.body).not.toHaveProperty('errors');
    expect(forAdmin.body).toMatchObject({
      ...{ code: 'token_invalid', reason: 'claims', detail: 'record.email must be text' },
      errors: [{ path: 'record.email', message: 'must be text' }],
    });
    const logged = app
      .logs()
      .split('\n')
      .filter((line) => line.includes(forUser.body.requestId) && line.includes('"claims":["record.email"]'));
    expect(logged).toHaveLength(1);
    expect(app.logs()).not.toContain('secret@nora');
    expect(JSON.stringify([forUser, forAdmin])).not.toContain('secret@nora');
  });

  test('when another key signed the token, then the reason is the key', async () => {
    const token = await signRecordToken({
      ...{ productUrl: app.origin, workspace: { ...app.workspace, secret: 'x'.repeat(40) }, userId: adminId },
      ...{ recordType: 'contact', recordId: '1001', origin: crmOrigin, now: app.clock.now() },
    });
    expect((await open(token)).body).toMatchObject({ code: 'token_invalid', reason: 'key' });
  });

  test('a CRM clock that is ahead gives clock_skew with the server’s time', async () => {
    const ahead = Math.floor(app.clock.now().getTime() / 1000) + 120;
    const { body } = await open(await sign({ iat: ahead, exp: ahead + 60 }));
    expect(body.code).toBe('clock_skew');
    expect(Date.parse(body.serverTime)).toBeCloseTo(app.clock.now().getTime(), -5);
  });

  test('refuses a body that is not JSON, too large or of another shape', async () => {
    const send = (body: string) =>
      fetch(`${app.origin}/api/open`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect((await send('{')).status).toBe(400);
    expect((await send('[]')).status).toBe(400);
    expect((await send(JSON.stringify({ token: 'x'.repeat(600_000), workspace: 'w' }))).status).toBe(413);
    expect((await open(await sign())).status).toBe(200);
  });

  test('when fifteen minutes have passed, then the session is over', async () => {
    const session = await app.visit({ userId: 'ben', recordType: 'contact', recordId: '1001' });
    expect((await session.send('GET', '/api/view')).status).toBe(200);
    app.clock.advanceSeconds(15 * 60);
    expect(await session.send('GET', '/api/view')).toMatchObject({ status: 401, body: { code: 'session_expired' } });
  });
});

describe('settings', () => {
  test('refuses settings, connect and disconnect to people who are not admins', async () => {
    const session = await app.visit({ userId: 'ben', recordType: 'contact', recordId: '1001' });
    for (const [method, path] of [
      ['GET', '/api/settings'],
      ['PUT', '/api/settings'],
      ['POST', '/api/connect'],
      ['DELETE', '/api/connection'],
    ] as const) {
      const answer = await session.send(method, path, method === 'PUT' ? {} : undefined);
      expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
  });

  test('saving access replaces the list with the CRM’s names at once', async () => {
    const saved = await app.admin.grant({ ben: presets.sales, priya: presets.full });
    expect(saved.access.map(({ userId, name }) => [userId, name])).toEqual([
      ['ben', 'Ben Carter'],
      ['priya', 'Priya Nair'],
    ]);
    const session = await app.visit({ userId: 'ben', recordType: 'contact', recordId: '1001' });
    expect(session.opened.permissions).toEqual(presets.sales);
    await app.admin.grant({});
    const settings = await app.visit({ userId: adminId, recordType: 'settings' });
    expect((await settings.send('GET', '/api/settings')).body).toMatchObject({ access: [] });
  });
});

describe('pages and headers', () => {
  test('a workspace’s frame is allowed only on its origins', async () => {
    const answer = await fetch(`${app.origin}/frame/${app.workspace.id}`);
    expect(answer.headers.get('content-security-policy')).toContain(`frame-ancestors ${crmOrigin}`);
    expect(answer.headers.get('x-frame-options')).toBeNull();
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(await answer.text()).toContain(`content="${crmOrigin}"`);
  });

  test('the page for an unknown workspace cannot be framed', async () => {
    const answer = await fetch(`${app.origin}/frame/nobody`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  test('metrics need their token and contain no ids', async () => {
    const read = (token: string) => fetch(`${app.origin}/metrics`, { headers: { authorization: `Bearer ${token}` } });
    expect((await read('wrong')).status).toBe(403);
    const text = await (await read(metricsToken)).text();
    expect(text).toContain('route="/api/open"');
    expect(text).not.toMatch(/fieldnote|1001|ben/);
  });
});
