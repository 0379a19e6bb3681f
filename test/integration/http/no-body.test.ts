import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildCrmBackend, type CrmBackend } from '#test/support/people/crm-backend.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
let crm: CrmBackend;
beforeAll(async () => {
  app = await startApp();
  crm = buildCrmBackend(app);
});
afterAll(() => app.stop());

/** The code of the answer. That of an unread body is invalid_request. */
async function post(path: string, { body, type }: { body?: string; type?: string } = {}): Promise<string> {
  const headers = { authorization: `Bearer ${await crm.sign()}`, ...(type && { 'content-type': type }) };
  const answer = await fetch(app.origin + path, { method: 'POST', headers, ...(body !== undefined && { body }) });
  return ((await answer.json()) as { code: string }).code;
}

test.each([
  ['/api/runs/r_none/undo', 'not_found'],
  ['/api/runs/r_none/cancel', 'not_found'],
  ['/api/sync/bring', 'not_connected'],
])('%s needs no body, as all of its members may be left out', async (path, code) => {
  expect(await post(path)).toBe(code);
  expect(await post(path, { type: 'application/json' })).toBe(code);
  expect(await post(path, { type: 'application/json', body: '' })).toBe(code);
});

test('the document says which bodies may be absent', async () => {
  type Paths = Record<string, Record<string, { requestBody?: { required: boolean } }>>;
  const { paths } = (await (await fetch(`${app.origin}/docs/openapi.json`)).json()) as { paths: Paths };
  expect(paths['/api/runs/{id}/undo']?.post?.requestBody?.required).toBe(false);
  expect(paths['/api/sync/bring']?.post?.requestBody?.required).toBe(false);
  expect(paths['/api/records/sync']?.post?.requestBody?.required).toBe(true);
  expect(paths['/api/sync/reset']?.post?.requestBody?.required).toBe(true);
});

test('a body with members is still checked', async () => {
  const type = 'application/json';
  for (const path of ['/api/runs/r_none/undo', '/api/sync/bring']) {
    expect(await post(path, { type, body: '{}' })).not.toBe('invalid_request');
    expect(await post(path, { type, body: '{"dryRun": "true"}' })).toBe('invalid_request');
    expect(await post(path, { type, body: '{"other": 1}' })).toBe('invalid_request');
    expect(await post(path, { type, body: '{' })).toBe('invalid_request');
  }
  expect(await post('/api/records/sync', { type, body: '' })).toBe('invalid_request');
  expect(await post('/api/records/sync')).toBe('invalid_request');
});
