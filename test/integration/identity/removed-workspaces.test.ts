import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { connectRoute } from '#shared/contract/settings.ts';
import { buildCookieJar } from '#test/support/network/cookie-jar.ts';
import { listenToEvents } from '#test/support/network/event-listener.ts';
import { adminId } from '#test/support/people/admin.ts';
import { readForm } from '#test/support/people/connect-journey.ts';
import { openVisit, type Visit, type VisitRequest } from '#test/support/people/visit.ts';
import { startPostgres } from '#test/support/programs/postgres.ts';
import { startRedis } from '#test/support/programs/redis.ts';
import { runCommand } from '#test/support/programs/run-command.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

/** Two processes of one server, on one Postgres and one Redis, and the operator's command. */
let first: TestApp;
let second: TestApp;
let databaseUrl: string;
const stops: (() => Promise<unknown>)[] = [];

// The command starts another process, which is slow on a busy machine.
vi.setConfig({ testTimeout: 300_000 });

beforeAll(async () => {
  const postgres = await startPostgres();
  stops.push(() => postgres.remove());
  const redis = await startRedis();
  stops.push(() => redis.stop());
  databaseUrl = await postgres.createDatabase();
  first = await startApp({ databaseUrl, redisUrl: redis.url });
  stops.push(() => first.stop());
  second = await startApp({ databaseUrl, redisUrl: redis.url, beside: first });
  stops.push(() => second.stop());
});
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

async function run(...args: string[]): Promise<string> {
  const { code, output } = await runCommand(process.execPath, ['dist/server/workspace.js', ...args], {
    env: {
      DATABASE_URL: databaseUrl,
      ENCRYPTION_KEY: first.encryptionKey,
      PUBLIC_URL: first.origin,
      XERO_CLIENT_ID: 'x',
      XERO_CLIENT_SECRET: 'x',
    },
  });
  if (code !== 0) throw new Error(output);
  return output;
}

function newSecret() {
  return randomBytes(32).toString('hex');
}
function add(id: string, secret: string) {
  return run('add', '--id', id, '--origins', first.crmOrigin, '--secret', secret);
}

const settings: VisitRequest = { userId: adminId, recordType: 'settings' };
function open(id: string, secret: string, kid?: string) {
  return openVisit(
    {
      productUrl: first.origin,
      crmOrigin: first.crmOrigin,
      workspace: { id, secret, kid },
      now: () => first.clock.now(),
    },
    settings,
  );
}

/** Returns how both processes answer the same session. */
async function askBoth({ opened }: Visit, path = '/api/settings'): Promise<number[]> {
  const headers = { authorization: `Bearer ${opened.session.token}` };
  const answers = await Promise.all([first, second].map(({ origin }) => fetch(origin + path, { headers })));
  return answers.map(({ status }) => status);
}

/** Longer than a process remembers what it read. */
const waitSeconds = 3;

describe('when a workspace is removed', () => {
  test('its sessions end in every process within seconds, others go on', async () => {
    const secret = newSecret();
    await add('acme', secret);
    await add('neighbour', secret);
    const [gone, stays] = [await open('acme', secret), await open('neighbour', secret)];
    const listener = await listenToEvents(second.origin, gone.opened.session.token);
    expect([await askBoth(gone), await askBoth(stays)]).toEqual([
      [200, 200],
      [200, 200],
    ]);
    await run('remove', '--id', 'acme');
    first.clock.advanceSeconds(waitSeconds);
    expect([await askBoth(gone), await askBoth(stays)]).toEqual([
      [401, 401],
      [200, 200],
    ]);
    first.clock.advanceSeconds(15);
    await listener.over;
    expect(listener.events().at(-1)).toEqual({ name: 'end', data: { reason: 'session_expired' } });
    // Added again with the same secret, it is a new workspace.
    await add('acme', secret);
    first.clock.advanceSeconds(waitSeconds);
    expect(await askBoth(gone)).toEqual([401, 401]);
    expect(await askBoth(await open('acme', secret))).toEqual([200, 200]);
  });

  test('nobody can connect it to Xero any more, at any step', async () => {
    const secret = newSecret();
    await add('late', secret);
    const ask = async () => {
      const { url } = await (await open('late', secret)).call(connectRoute);
      const jar = buildCookieJar();
      const page = async () => {
        const answer = await jar.visit(first.origin + url);
        return { status: answer.status, text: await answer.text() };
      };
      const post = (html: string) =>
        jar.visit(`${first.origin}/connect`, {
          method: 'POST',
          headers: { origin: first.origin },
          body: new URLSearchParams(readForm(html).fields),
        });
      return { jar, page, post };
    };
    const [unseen, seen, posted] = [await ask(), await ask(), await ask()];
    const shown = (await seen.page()).text;
    const consentUrl = (await posted.post((await posted.page()).text)).headers.get('location') ?? '';
    const callbackUrl = await first.control.approve(consentUrl);
    await first.control.clearRequests();
    await run('remove', '--id', 'late');
    first.clock.advanceSeconds(waitSeconds);
    expect((await unseen.page()).status).toBe(400);
    expect((await seen.post(shown)).status).toBe(400);
    const answer = await posted.jar.visit(callbackUrl);
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
    expect(await answer.text()).toContain('This answer from Xero cannot be used');
    expect(await first.control.requests()).toEqual([]);
    expect(await first.deps.store.connections.find('late')).toBeUndefined();
  });

  test('a consent that ends at that moment leaves no tokens', async () => {
    const secret = newSecret();
    await add('moment', secret);
    const { listConnections } = first.deps.xero;
    // Between Xero's answer and our storing of it.
    first.deps.xero.listConnections = async (...asked) => {
      const granted = await listConnections(...asked);
      await second.deps.store.workspaces.remove('moment');
      return granted;
    };
    const jar = buildCookieJar();
    const { url } = await (await open('moment', secret)).call(connectRoute);
    const { fields } = readForm(await (await jar.visit(first.origin + url)).text());
    const posted = await jar.visit(`${first.origin}/connect`, {
      method: 'POST',
      headers: { origin: first.origin },
      body: new URLSearchParams(fields),
    });
    const answer = await jar.visit(await first.control.approve(posted.headers.get('location') ?? ''));
    first.deps.xero.listConnections = listConnections;
    expect(answer.status).toBe(400);
    const row = await first.deps.store.connections.find('moment');
    expect([row?.status ?? 'disconnected', row?.sealedTokens ?? null]).toEqual(['disconnected', null]);
    const given = (await first.control.requests()).filter(({ method, path }) =>
      `${method} ${path}`.startsWith('DELETE /conn'),
    );
    expect(given).toHaveLength(1);
  });
});

describe('when a key is removed', () => {
  test('sessions of that key end in every process, others go on', async () => {
    const [old, next] = [newSecret(), newSecret()];
    await add('keys', old);
    await run('add-key', '--id', 'keys', '--kid', '2026', '--secret', next);
    const before = await open('keys', old);
    const after = await open('keys', next, '2026');
    expect([await askBoth(before), await askBoth(after)]).toEqual([
      [200, 200],
      [200, 200],
    ]);
    await run('remove-key', '--id', 'keys');
    first.clock.advanceSeconds(waitSeconds);
    expect([await askBoth(before), await askBoth(after)]).toEqual([
      [401, 401],
      [200, 200],
    ]);
    // The same name and secret, added again, are a different key.
    await run('add-key', '--id', 'keys', '--kid', 'again', '--secret', old);
    await run('remove-key', '--id', 'keys', '--kid', '2026');
    await run('add-key', '--id', 'keys', '--kid', '2026', '--secret', next);
    first.clock.advanceSeconds(waitSeconds);
    expect([await askBoth(before), await askBoth(after)]).toEqual([
      [401, 401],
      [401, 401],
    ]);
  });

  test('a start with another secret ends the environment’s old sessions', async () => {
    const [old, next] = [first.workspace.secret, newSecret()];
    const { redisUrl } = first.deps.config;
    const env = { WORKSPACE_SECRET: next, WORKSPACE_SECRET_PREVIOUS: old };
    const session = await first.visit(settings);
    const both = await startApp({ databaseUrl, redisUrl, beside: first, env });
    const path = '/api/settings';
    const headers = { authorization: `Bearer ${session.opened.session.token}` };
    expect((await fetch(both.origin + path, { headers })).status).toBe(200);
    await both.stop();
    const alone = await startApp({ databaseUrl, redisUrl, beside: first, env: { WORKSPACE_SECRET: next } });
    expect((await fetch(alone.origin + path, { headers })).status).toBe(401);
    await alone.stop();
  });
});
