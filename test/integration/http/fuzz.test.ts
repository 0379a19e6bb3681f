import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fuzzApp } from '#test/fuzz/run-fuzz.ts';
import { startFuzzApp } from '#test/fuzz/start-fuzz-app.ts';
import { startPostgres, type TestPostgres } from '#test/support/programs/postgres.ts';
import type { TestApp } from '#test/support/world/app.ts';

/** The long form is `npm run test:fuzz`. */
const runs = 6;
/** The same requests in every run. The long form uses random seeds and reports them. */
const seed = 20261122;

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.remove());

describe.each(['sqlite', 'postgres'])('over %s', (database) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startFuzzApp({ databaseUrl: database === 'postgres' ? await postgres.createDatabase() : undefined });
  });
  afterAll(() => app?.stop());

  test('no route answers 500 or hangs for generated requests and raw bytes', async () => {
    const counts = await fuzzApp(app, { runs, seed });
    expect(counts.map(({ route }) => route)).toEqual(app.routes.map(({ method, path }) => `${method} ${path}`));
    for (const { requests } of counts) expect(requests).toBeGreaterThanOrEqual(2 * runs);
    expect(app.logs()).not.toContain('unexpected error');
    expect({}).not.toHaveProperty('isPolluted');
  }, 300_000);

  test.each([
    ['POST', '/api/open', { token: 'x', workspace: 'a\0b' }, 401],
    ['GET', '/frame/a%00b', undefined, 404],
    ['GET', '/connect?ticket=a%00b', undefined, 400],
    ['GET', '/oauth/callback?state=a%00b', undefined, 400],
  ] as const)('refuses a NUL in %s %s', async (method, path, body, status) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(app.origin + path, { method, ...(body && { headers, body: JSON.stringify(body) }) });
    expect(answer.status).toBe(status);
  });
});
