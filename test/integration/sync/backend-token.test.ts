import { afterEach, describe, expect, test } from 'vitest';
import { buildCrmBackend } from '#test/support/people/crm-backend.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

const running: TestApp[] = [];
async function start(env: Record<string, string> = {}) {
  const app = await startApp({ env });
  running.push(app);
  return { app, crm: buildCrmBackend(app) };
}
afterEach(async () => {
  for (const app of running.splice(0)) await app.stop();
});

describe('the token of the CRM’s backend', () => {
  test('is refused where its audience, workspace, key or times are wrong', async () => {
    const { app, crm } = await start();
    const now = Math.floor(app.clock.now().getTime() / 1000);
    const asked = async (change: Record<string, unknown>) => {
      const { status, body } = await crm.send('GET', '/api/records', undefined, await crm.sign(change));
      return [status, body.code];
    };
    const refused = [401, 'token_invalid'];
    expect(await asked({ aud: app.origin })).toEqual(refused);
    expect(await asked({ aud: undefined })).toEqual(refused);
    expect(await asked({ iss: 'nobody' })).toEqual(refused);
    expect(await asked({ iat: now, exp: now + 301 })).toEqual(refused);
    expect(await asked({ user: { id: '', name: 'Finance admin' } })).toEqual(refused);
    expect(await asked({ iat: now - 200, exp: now - 11 })).toEqual([401, 'token_expired']);
    expect(await asked({ iat: now + 15, exp: now + 100 })).toEqual([401, 'clock_skew']);
    expect(await asked({ iat: now + 9, exp: now + 309 })).toEqual([200, undefined]);
    const other = buildCrmBackend({ ...app, workspace: { ...app.workspace, secret: 'x'.repeat(40) } });
    expect((await crm.send('GET', '/api/records', undefined, await other.sign())).body.code).toBe('token_invalid');
    const none = await fetch(`${app.origin}/api/records`);
    expect([none.status, none.headers.get('access-control-allow-origin')]).toEqual([401, null]);
  });

  test('when another token comes, then the answer says which one is expected and whose key signs it', async () => {
    const { app, crm } = await start();
    const expected = `This needs a backend token: a JWT that the CRM's backend signs with the workspace's key`;
    const audience = `${app.origin}/api/records`;
    const other = buildCrmBackend({ ...app, workspace: { ...app.workspace, secret: 'x'.repeat(40) } });
    const tokens: [string, string][] = [
      [await crm.sign({ aud: app.origin }), `aud must be ${audience}. `],
      [await crm.sign({ iss: 'nobody' }), 'No such workspace. '],
      [await other.sign(), 'The signature matches no key of this workspace'],
      [await crm.sign({ user: { id: '', name: 'Finance admin' } }), 'user.id is empty. '],
      ['a.b', 'It is not a signed JWT in compact form. '],
    ];
    for (const path of ['/api/records', '/api/changes', '/api/sync', '/api/runs'])
      for (const [token, why] of tokens) {
        const { status, body } = await crm.send<{ title: string; detail: string }>('GET', path, undefined, token);
        expect([status, body.title]).toEqual([401, 'The token is not valid']);
        expect(body.detail.startsWith(why)).toBe(true);
        expect(body.detail).toContain(expected);
        expect(body.detail).toContain(`${audience} as aud`);
      }
    const none = await fetch(`${app.origin}/api/changes`);
    expect(await none.json()).toMatchObject({ detail: expect.stringContaining(expected) });
  });

  test('may be used again, names the person who acted, and opens no widget', async () => {
    const { app, crm } = await start();
    const token = await crm.sign({ user: { id: 7, name: 'Finance admin' } });
    for (const version of [1, 2]) {
      const body = { version, data: { description: 'Fuel' } };
      expect((await crm.send('PUT', '/api/records/expenses/exp-1', body, token)).status).toBe(202);
    }
    const { body } = await crm.send<{ history: object[] }>('GET', '/api/records/expenses/exp-1', undefined, token);
    const by = { id: '7', name: 'Finance admin' };
    expect(body.history).toMatchObject([{ by }, { by }]);
    const open = { token, workspace: app.workspace.id };
    expect(await crm.send('POST', '/api/open', open)).toMatchObject({ status: 401, body: { code: 'token_invalid' } });
  });

  test('is checked before the body is read', async () => {
    const { app } = await start();
    const headers = { 'content-type': 'application/json', authorization: 'Bearer a.b.c' };
    const asked = { method: 'POST', headers, body: 'x'.repeat(10_000) };
    expect((await fetch(`${app.origin}/api/records/batch`, asked)).status).toBe(401);
  });

  test('a workspace that asks too often must wait, whatever tokens it uses', async () => {
    const { app, crm } = await start({ REQUESTS_PER_MINUTE: '3' });
    app.clock.advanceSeconds(60 - app.clock.now().getUTCSeconds());
    const rows = Array.from({ length: 20 }, (_, index) => ({
      kind: 'items',
      crmId: `i-${index}`,
      version: 1,
      data: {},
    }));
    const ask = async (id: number) => {
      const token = await crm.sign({ user: { id, name: 'Somebody' } });
      return crm.send('POST', '/api/records/batch', { records: rows }, token);
    };
    for (const id of [1, 2, 3]) expect((await ask(id)).status).toBe(200);
    const refused = await ask(4);
    expect([refused.status, refused.body.code]).toEqual([429, 'too_many_requests']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    app.clock.advanceSeconds(60);
    expect((await ask(5)).status).toBe(200);
  });
});
