import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Problem, problemSchema } from '#shared/problem.ts';
import { sendRaw } from '#test/support/network/raw-http.ts';
import { readText } from '#test/support/network/read-text.ts';
import type { Visit } from '#test/support/people/visit.ts';
import { findFreePort } from '#test/support/programs/free-port.ts';
import { crmOrigin, metricsToken, startApp, type TestApp } from '#test/support/world/app.ts';
import { type AppRoute, fillPath } from '#test/support/world/routes.ts';

let app: TestApp;
let admin: Visit;
beforeAll(async () => {
  app = await startApp();
  await app.admin.connect();
  admin = await app.visit({ userId: 'olivia', recordType: 'deal', recordId: '9001' });
});
afterAll(() => app.stop());

type Answer = { route: string; status: number; headers: Headers; text: string };

async function send({ method, path }: AppRoute, origin: string, headers: Record<string, string> = {}): Promise<Answer> {
  const url = origin + fillPath(path, { workspace: app.workspace.id });
  const answer = await fetch(url, { method, headers, redirect: 'manual' });
  return { route: `${method} ${path}`, status: answer.status, headers: answer.headers, text: await readText(answer) };
}

/** Asks each route without and with credentials, to check both refusals and answers. */
async function askAll(origin: string): Promise<Answer[]> {
  const bearers: Record<string, string>[] = [
    {},
    { authorization: `Bearer ${admin.opened.session.token}` },
    { authorization: `Bearer ${metricsToken}` },
  ];
  const answers: Answer[] = [];
  for (const route of app.routes) {
    for (const headers of bearers) answers.push(await send(route, origin, headers));
  }
  for (const path of [
    '/',
    '/nothing',
    '/api/nothing',
    '/frame/nobody',
    '/assets/app.ts',
    '/assets/nothing.js',
    '/api/%zz',
  ]) {
    answers.push(await send({ method: 'GET', path }, origin));
  }
  return answers;
}

function isOf(start: string) {
  return (answer: Answer) => answer.route.split(' ')[1]?.startsWith(start);
}

describe('every kind of answer of every route', () => {
  test('every answer has nosniff, no referrer, no foreign frames, no cache', async () => {
    const answers = await askAll(app.origin);
    expect(new Set(answers.map(({ status }) => status)).size).toBeGreaterThan(4);
    for (const { route, status, headers } of answers) {
      const where = `${route} → ${status}`;
      expect(headers.get('x-content-type-options'), where).toBe('nosniff');
      expect(headers.get('referrer-policy'), where).toBe('no-referrer');
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy, where).toContain("default-src 'none'");
      const isFrame = route === 'GET /frame/:workspace';
      expect(policy, where).toContain(`frame-ancestors ${isFrame ? crmOrigin : "'none'"}`);
      expect(headers.get('set-cookie'), where).toBeNull();
      expect(headers.get('strict-transport-security'), where).toBeNull();
      expect(headers.get('server') ?? headers.get('x-powered-by'), where).toBeNull();
    }
    for (const { route, headers } of answers.filter(isOf('/api/'))) {
      expect(headers.get('cache-control'), route).toMatch(/^no-store\b/);
      expect(headers.get('access-control-allow-origin'), route).toBeNull();
      expect(headers.get('cross-origin-resource-policy'), route).toBe('same-origin');
    }
    for (const { route, headers } of answers.filter(isOf('/connect')).concat(answers.filter(isOf('/oauth')))) {
      expect(headers.get('cache-control'), route).toBe('no-store');
      expect(headers.get('x-frame-options'), route).toBe('DENY');
    }
    for (const { route, headers } of answers.filter((one) =>
      /^GET \/(embed[\w.-]*|assets\/app\.ts)$/.test(one.route),
    )) {
      expect(headers.get('cross-origin-resource-policy'), route).toBe('cross-origin');
    }
  });

  test('a refusing /api route returns a problem with code and request id', async () => {
    const refused = (await askAll(app.origin)).filter(
      ({ status, route }) => status >= 400 && isOf('/api/')({ route } as Answer),
    );
    expect(refused.length).toBeGreaterThan(20);
    for (const { route, status, headers, text } of refused) {
      expect(headers.get('content-type'), route).toContain('application/problem+json');
      const problem: Problem = problemSchema.parse(JSON.parse(text));
      expect([problem.status, problem.requestId.length], route).toEqual([status, 36]);
    }
  });

  test('without a session or a backend’s token, every /api route but open refuses', async () => {
    for (const route of app.routes.filter(({ path }) => path.startsWith('/api/') && path !== '/api/open')) {
      const { status, text } = await send(route, app.origin, { 'content-type': 'application/json' });
      // The request is validated first. Which body a route accepts is public.
      expect([400, 401], `${route.method} ${route.path}`).toContain(status);
      const isOfBackend = /^\/api\/(records|changes|runs|sync)\b/.test(route.path);
      expect(text, route.path).toMatch(isOfBackend ? /token_invalid/ : /invalid_request|session_expired/);
    }
  });

  test('with https, every answer has HSTS, even to invalid requests', async () => {
    const port = await findFreePort();
    const env = { PUBLIC_URL: 'https://ledgerside.example', PORT: String(port) };
    const secure = await startApp({ env, beside: app });
    try {
      const origin = `http://localhost:${port}`;
      for (const { route, headers } of await askAll(origin)) {
        expect(headers.get('strict-transport-security'), route).toBe('max-age=31536000');
      }
      expect((await sendRaw(origin, 'NONSENSE\r\n\r\n')).head).toContain('strict-transport-security: max-age=31536000');
    } finally {
      await secure.stop();
    }
  });
});
