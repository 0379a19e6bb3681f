import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { problemSchema } from '#shared/problem.ts';
import { signRecordToken } from '#test/sandbox/crm/sign.ts';
import { sendRaw } from '#test/support/network/raw-http.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';
import { fillPath } from '#test/support/world/routes.ts';

const running: TestApp[] = [];
async function start(options: Parameters<typeof startApp>[0]): Promise<TestApp> {
  const app = await startApp(options);
  running.push(app);
  return app;
}
afterEach(async () => {
  for (const app of running.splice(0)) await app.stop();
});

const fewOpens = { OPENS_PER_MINUTE: '3', REQUESTS_PER_MINUTE: '5' };

async function open(app: TestApp, forwardedFor?: string) {
  const answer = await fetch(`${app.origin}/api/open`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(forwardedFor && { 'x-forwarded-for': forwardedFor }) },
    body: JSON.stringify({ token: 'nothing', workspace: app.workspace.id }),
  });
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: await answer.json() };
}

async function repeat<T>(times: number, act: () => Promise<T>): Promise<T[]> {
  const answers: T[] = [];
  for (let index = 0; index < times; index += 1) answers.push(await act());
  return answers;
}

function statusesOf(answers: readonly { status: number }[]) {
  return answers.map(({ status }) => status);
}

describe('how often somebody may ask', () => {
  test.each([
    ['', 0],
    [', also where the clock was set back by an hour meanwhile', -3600],
  ])('an address that opens too often must wait%s', async (_also, moveSeconds) => {
    const app = await start({ env: fewOpens });
    const answers = await repeat(4, () => open(app));
    expect(statusesOf(answers)).toEqual([401, 401, 401, 429]);
    const { body, retryAfter } = answers[3] ?? {};
    expect(problemSchema.parse(body)).toMatchObject({ code: 'too_many_requests' });
    expect(Number(retryAfter)).toBeGreaterThan(0);
    expect(Number(retryAfter)).toBeLessThanOrEqual(60);
    app.clock.advanceSeconds(moveSeconds);
    expect((await open(app)).status).toBe(429);
    app.clock.advanceSeconds(Number(retryAfter));
    expect(statusesOf(await repeat(4, () => open(app)))).toEqual([401, 401, 401, 429]);
  });

  test('a session that asks too often does not affect others at its address', async () => {
    const app = await start({ env: { ...fewOpens, OPENS_PER_MINUTE: '10' } });
    const [busy, calm] = await Promise.all(
      ['ben', 'priya'].map((userId) => app.visit({ userId, recordType: 'contact', recordId: '1001' })),
    );
    const answers = await repeat(6, async () => (await busy?.send('GET', '/api/view')) ?? { status: 0 });
    expect(statusesOf(answers)).toEqual([200, 200, 200, 200, 200, 429]);
    expect((await calm?.send('GET', '/api/view'))?.status).toBe(200);
  });

  test('made-up sessions are counted by their address', async () => {
    const app = await start({ env: fewOpens });
    const answers = await repeat(101, () =>
      fetch(`${app.origin}/api/view`, { headers: { authorization: `Bearer ${Math.random()}` } }),
    );
    expect(statusesOf(answers)).toEqual([...Array.from({ length: 100 }, () => 401), 429]);
  });

  test('when the connect pages are asked for in a loop, then that ends too', async () => {
    const app = await start({ env: fewOpens });
    const answers = await repeat(4, () => fetch(`${app.origin}/connect?ticket=guess`));
    expect(statusesOf(answers.slice(-2))).toEqual([400, 429]);
  });
});

describe('which pages somebody may ask for in a loop', () => {
  test('any route that is asked too often answers with the time to wait', async () => {
    const app = await start({ env: { OPENS_PER_MINUTE: '3', REQUESTS_PER_MINUTE: '1', TRUSTED_PROXIES: 'loopback' } });
    const nowhere = ['/', '/nothing', '/api/nothing', '/assets/nothing.js'].map((path) => ({ method: 'GET', path }));
    const routes = [...app.routes, ...nowhere, { method: 'HEAD', path: '/frame/:workspace' }];
    expect(routes.length).toBeGreaterThan(45);
    for (const [index, { method, path }] of routes.entries()) {
      const address = app.origin + fillPath(path, { workspace: app.workspace.id });
      const headers = { 'x-forwarded-for': `203.0.113.${index}` };
      const isFew = path === '/api/open' || /^\/(connect|oauth|frame)\b/.test(path);
      const asked = Array.from({ length: isFew ? 4 : 21 }, () =>
        fetch(address, { method, headers, redirect: 'manual' }),
      );
      const answers = await Promise.all(asked);
      const refused = answers.filter(({ status }) => status === 429);
      expect([method, path, refused.length]).toEqual([method, path, 1]);
      expect(Number(refused[0]?.headers.get('retry-after')), path).toBeGreaterThan(0);
      await Promise.all(answers.map((answer) => answer.arrayBuffer()));
    }
  });

  test('other kinds of pages still answer when one is limited', async () => {
    const app = await start({ env: { OPENS_PER_MINUTE: '3', REQUESTS_PER_MINUTE: '1' } });
    await repeat(30, () => fetch(`${app.origin}/embed.js`));
    await repeat(4, () => fetch(`${app.origin}/frame/${app.workspace.id}`));
    await repeat(4, () => fetch(`${app.origin}/connect?ticket=guess`));
    expect((await open(app)).status).toBe(401);
    expect((await fetch(`${app.origin}/api/view`)).status).toBe(401);
  });
});

describe('how often a workspace may open', () => {
  test('a workspace opened from many addresses must wait, others need not', async () => {
    const app = await start({ env: { OPENS_PER_MINUTE: '1', TRUSTED_PROXIES: 'loopback' } });
    // Starts at the beginning of a minute, because limits count by the minute.
    app.clock.advanceSeconds(60 - app.clock.now().getUTCSeconds());
    const [workspace, claims] = [app.workspace, { userId: 'ben', recordType: 'contact', recordId: '1001' }];
    const openBy = async (address: string, token?: string) => {
      const now = app.clock.now();
      const asked = { productUrl: app.origin, origin: app.crmOrigin, workspace, ...claims, now };
      const answer = await fetch(`${app.origin}/api/open`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
        body: JSON.stringify({ token: token ?? (await signRecordToken(asked)), workspace: workspace.id }),
      });
      return { status: answer.status, code: ((await answer.json()) as { code?: string }).code };
    };
    let next = 1;
    const newAddress = () => `203.0.113.${next++}`;
    // An invalid token belongs to no workspace, so it uses none of a workspace's budget.
    for (const answer of await repeat(30, () => openBy(newAddress(), 'a.b.c'))) expect(answer.status).toBe(401);
    const answers = await repeat(21, () => openBy(newAddress()));
    expect(statusesOf(answers)).toEqual([...Array.from({ length: 20 }, () => 200), 429]);
    expect(answers.at(-1)?.code).toBe('too_many_requests');
    app.clock.advanceSeconds(60);
    expect((await openBy(newAddress())).status).toBe(200);
  });
});

describe('whose address counts', () => {
  test('without a trusted proxy, a claimed address is ignored', async () => {
    const app = await start({ env: fewOpens });
    let next = 1;
    expect(statusesOf(await repeat(4, () => open(app, `203.0.113.${next++}`)))).toEqual([401, 401, 401, 429]);
  });

  test('behind a trusted proxy, each person is counted alone', async () => {
    const app = await start({ env: { ...fewOpens, TRUSTED_PROXIES: 'loopback' } });
    expect(statusesOf(await repeat(4, () => open(app, '203.0.113.7')))).toEqual([401, 401, 401, 429]);
    expect((await open(app, '203.0.113.8')).status).toBe(401);
    // The part of the header before the proxy's own value is not trusted.
    expect((await open(app, '198.51.100.1, 203.0.113.7')).status).toBe(429);
  });
});

describe('what is too large or too slow', () => {
  const arrival = { headersMs: 300, requestMs: 600, checkEveryMs: 50 };

  test('endless headers end with 408 while others are served', async () => {
    const app = await start({ arrival });
    const slow = Array.from({ length: 50 }, () =>
      sendRaw(app.origin, 'GET /api/view HTTP/1.1\r\nhost: x\r\nx-slow: ', { ending: 'open' }),
    );
    expect((await fetch(`${app.origin}/healthz`)).status).toBe(200);
    for (const answer of await Promise.all(slow)) {
      expect(answer.status).toBe(408);
      expect(problemSchema.parse(JSON.parse(answer.body))).toMatchObject({ code: 'request_timeout' });
    }
  });

  test('when a body never ends, then the connection is closed with 408', async () => {
    const app = await start({ arrival });
    const head =
      'POST /api/open HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"tok';
    expect((await sendRaw(app.origin, head, { ending: 'open' })).status).toBe(408);
  });

  test('when nothing is sent at all, then the connection is closed', async () => {
    const app = await start({ arrival });
    const { hostname, port } = new URL(app.origin);
    const closed = new Promise((resolve) =>
      connect({ host: hostname, port: Number(port) })
        .on('close', resolve)
        .resume(),
    );
    await closed;
  });

  test('large headers, addresses and bodies get their own codes', async () => {
    const app = await start({});
    const long = 'x'.repeat(17_000);
    const header = await sendRaw(app.origin, `GET /api/view HTTP/1.1\r\nhost: x\r\nx-long: ${long}\r\n\r\n`);
    const address = await sendRaw(app.origin, `GET /api/view?${long} HTTP/1.1\r\nhost: x\r\n\r\n`);
    for (const { status, body } of [header, address]) {
      expect([status, problemSchema.parse(JSON.parse(body)).code]).toEqual([431, 'headers_too_large']);
    }
    const session = await app.visit({ userId: 'olivia', recordType: 'settings' });
    const big = { access: [{ userId: 'x'.repeat(600_000), rights: [] }] };
    expect(await session.send('PUT', '/api/settings', big)).toMatchObject({
      status: 413,
      body: { code: 'payload_too_large' },
    });
    const file = new Uint8Array(10 * 1024 * 1024 + 1);
    const path = '/api/invoices/00000000-0000-4000-8000-000000000000/attachments/a.pdf';
    expect(await session.send('PUT', path, file)).toMatchObject({ status: 413, body: { code: 'payload_too_large' } });
    expect((await session.send('GET', '/api/documents?kind=invoice&page=100001')).status).toBe(400);
    expect((await session.send('GET', '/api/documents?kind=invoice&page=1e99')).status).toBe(400);
  });
});
