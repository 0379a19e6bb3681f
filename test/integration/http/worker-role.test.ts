import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRedis, type TestRedis } from '#test/support/programs/redis.ts';
import { metricsToken, startApp, type TestApp } from '#test/support/world/app.ts';

let redis: TestRedis;
let app: TestApp;

beforeAll(async () => {
  redis = await startRedis();
  app = await startApp({ redisUrl: redis.url, env: { ROLE: 'worker' } });
});
afterAll(async () => {
  await app?.stop();
  await redis?.stop();
});

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${app.origin}${path}`, init);
}

test('a worker has the routes for operators, and no other', async () => {
  expect([...new Set(app.routes.map(({ path }) => path))].sort()).toEqual(['/healthz', '/metrics', '/readyz']);
  for (const path of ['/', '/embed.js', '/frame', '/docs/openapi.json', '/api/view', '/api/records', '/connect']) {
    const answer = await ask(path);
    expect([path, answer.status, answer.headers.get('x-content-type-options')]).toEqual([path, 404, 'nosniff']);
  }
  expect((await ask('/api/open', { method: 'POST', body: '{}' })).status).toBe(404);
});

test('a worker tells its health, and what waits in the metrics', async () => {
  expect((await ask('/healthz')).status).toBe(200);
  expect(await (await ask('/readyz')).json()).toEqual({ status: 'ready', store: true, cache: true });
  const metrics = await ask('/metrics', { headers: { authorization: `Bearer ${metricsToken}` } });
  expect(await metrics.text()).toMatch(/^sync_lag_seconds 0$/m);
});
