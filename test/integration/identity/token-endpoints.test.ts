import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Opened } from '#shared/contract/session/open.ts';
import {
  isInstalled,
  type RunningEndpoint,
  runEndpoint,
  tokenEndpoints,
} from '#test/support/programs/token-endpoints.ts';
import { crmOrigin, startApp, type TestApp } from '#test/support/world/app.ts';

/** Not only ASCII, because the key is the secret's UTF-8 bytes. */
const secret = 'Schlüssel-für-die-Tests-鍵-mehr-als-32-Bytes';
const [olivia, ben] = ['crm_user=7', 'theme=dark; crm_user=8'];

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ env: { WORKSPACE_SECRET: secret } });
});
afterAll(() => app?.stop());

describe.each(tokenEndpoints)('the token endpoint in $language', (endpoint) => {
  const isHere = isInstalled(endpoint);
  if (!isHere)
    console.warn(`!!! NOT TESTED: the token endpoint in ${endpoint.language}, as there is no ${endpoint.program} here`);

  describe.skipIf(!isHere)('where the language is installed', () => {
    let running: RunningEndpoint;
    beforeAll(async () => {
      running = await runEndpoint(endpoint, {
        ...{ LEDGERSIDE_WORKSPACE: app.workspace.id, LEDGERSIDE_SECRET: secret },
        ...{ LEDGERSIDE_SERVER: app.origin, CRM_ORIGIN: crmOrigin },
      });
    });
    afterAll(() => running?.stop());

    const ask = async (cookie: string, recordType: string, recordId: string, options: RequestInit = {}) => {
      const query = new URLSearchParams({ recordType, recordId });
      const answer = await fetch(`${running.origin}/ledgerside-token?${query}`, { headers: { cookie }, ...options });
      return { status: answer.status, headers: answer.headers, text: await answer.text() };
    };
    const open = async (token: string) => {
      const answer = await fetch(`${app.origin}/api/open`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token, workspace: app.workspace.id }),
      });
      const body = (await answer.json()) as Opened & { code?: string; detail?: string };
      return { status: answer.status, body };
    };

    test('a complete record’s token opens with user and record unchanged', async () => {
      const { status, headers, text } = await ask(olivia, 'contact', '1001');
      expect(status).toBe(200);
      expect(headers.get('content-type')).toMatch(/^text\/plain/);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(text).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
      const opened = await open(text);
      expect([opened.status, opened.body.detail]).toEqual([200, undefined]);
      expect(opened.body.user).toEqual({ id: '7', name: 'Olivia Hart', email: 'olivia@crm.example', admin: true });
      expect(opened.body.record).toEqual({
        ...{ type: 'contact', id: '1001', name: 'Nora Lindqvist', email: 'nora@harbourlights.example' },
        company: { type: 'company', id: '501', name: 'Harbour Lights' },
      });
    });

    test('opens without the record’s and the user’s e-mail', async () => {
      const { text } = await ask(ben, 'contact', '1002');
      expect(decodeJwt(text)).toMatchObject({ sub: 8, record: { id: 1002, email: null }, company: null });
      const opened = await open(text);
      expect([opened.status, opened.body.detail]).toEqual([200, undefined]);
      expect(opened.body.user).toEqual({ id: '8', name: 'Ben Carter', email: '', admin: false });
      expect(opened.body.record).toEqual({ type: 'contact', id: '1002', name: 'Zoë Åkesson 株式会社' });
    });

    test('a settings token names the people, and only admins get one', async () => {
      const opened = await open((await ask(olivia, 'settings', '')).text);
      expect(opened.body.record).toMatchObject({ type: 'settings' });
      expect(await ask(ben, 'settings', '')).toMatchObject({ status: 403, text: 'Only for admins.' });
    });

    test('each token has its own jti and lives a minute', async () => {
      const claims = [await ask(ben, 'contact', '1001'), await ask(ben, 'contact', '1001')].map(({ text }) =>
        decodeJwt(text),
      );
      expect(claims[0]?.jti).not.toBe(claims[1]?.jti);
      for (const { iat = 0, exp = 0 } of claims) expect(exp - iat).toBe(60);
    });

    test.each([
      ['nobody is signed in', '', 'contact', '1001', 401],
      ['the session is made up', 'crm_user=9', 'contact', '1001', 401],
      ['the session is no number', "crm_user=7' OR 1=1", 'contact', '1001', 401],
      ['there is no such record', olivia, 'contact', '1', 404],
      ['the record’s id is no number', olivia, 'contact', '1001x', 404],
      ['there is no such type of record', olivia, 'lead', '1001', 404],
      ['nothing is named', olivia, '', '', 404],
    ])('for %s, it refuses without a token', async (_what, cookie, type, id, expected) => {
      const { status, headers, text } = await ask(cookie, type, id);
      expect(status).toBe(expected);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(text).toMatch(/^[A-Z][a-z ]+\.$/);
    });

    test('a POST gets no token', async () => {
      const { status, text } = await ask(olivia, 'contact', '1001', { method: 'POST' });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(text).not.toContain('.ey');
    });
  });
});
