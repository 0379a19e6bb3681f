import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appendState } from '#test/support/people/append-state.ts';
import { buildCrmBackend, type CrmBackend } from '#test/support/people/crm-backend.ts';
import { startPostgres, type TestPostgres } from '#test/support/programs/postgres.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.remove());

type Feed = { changes: { id: string; type: string; crmId: string; data: object }[]; cursor: string; hasMore: boolean };

describe.each(['SQLite', 'Postgres'])('the feed of changes, on %s', (database) => {
  let app: TestApp;
  let crm: CrmBackend;
  beforeAll(async () => {
    app = await startApp({ databaseUrl: database === 'Postgres' ? await postgres.createDatabase() : undefined });
    crm = buildCrmBackend(app);
    await crm.send('PUT', '/api/records/expenses/exp-1', { version: 1, data: { description: 'Fuel' } });
  });
  afterAll(() => app?.stop());

  async function read(query = ''): Promise<Feed> {
    const { status, body } = await crm.send<Feed>('GET', `/api/changes${query}`);
    expect(status).toBe(200);
    return body;
  }

  test('an empty one has a cursor, from which the next change is read', async () => {
    const before = await read(`?cursor=${(await read('?limit=500')).cursor}`);
    expect(before).toEqual({ changes: [], cursor: expect.any(String), hasMore: false });
    await appendState(app, 'expenses', 'exp-1', 3);
    const { changes, cursor, hasMore } = await read(`?cursor=${before.cursor}&limit=2`);
    const state = { type: 'state', kind: 'expenses', crmId: 'exp-1', xeroId: null };
    expect(changes).toMatchObject([state, state]);
    expect(changes[0]?.data).toMatchObject({ record: { title: 'Fuel', organisation: null } });
    expect(hasMore).toBe(true);
    const rest = await read(`?cursor=${cursor}`);
    expect([rest.changes.length, rest.hasMore]).toEqual([1, false]);
    expect(Number(rest.changes[0]?.id)).toBe(Number(changes[1]?.id) + 1);
    expect((await read(`?cursor=${rest.cursor}`)).cursor).toBe(rest.cursor);
  });

  test('a cursor that is none of ours is refused, and a newer one than any change is expired', async () => {
    expect((await crm.send('GET', '/api/changes?cursor=abc')).body).toMatchObject({ code: 'invalid_request' });
    const ahead = Buffer.from('change:999999').toString('base64url');
    expect(await crm.send('GET', `/api/changes?cursor=${ahead}`)).toMatchObject({
      ...{ status: 410, body: { code: 'cursor_expired' } },
    });
    expect((await crm.send('GET', '/api/changes?limit=0')).status).toBe(400);
  });

  test('changes are kept for 90 days; an older cursor is expired, and reading begins anew', async () => {
    const first = await read('?limit=1');
    await app.advanceSeconds(91 * 24 * 3600);
    await app.deps.store.changes.removeBefore(new Date(app.clock.now().getTime() - 90 * 24 * 3600_000).toISOString());
    const expired = await crm.send('GET', `/api/changes?cursor=${first.cursor}`);
    expect(expired).toMatchObject({ status: 410, body: { code: 'cursor_expired' } });
    const anew = await read();
    expect(anew.changes).toEqual([]);
    await appendState(app, 'expenses', 'exp-1', 1);
    expect((await read(`?cursor=${anew.cursor}`)).changes).toHaveLength(1);
  });
});
