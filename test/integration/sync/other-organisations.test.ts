import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Change } from '#shared/contract/sync/changes.ts';
import { buildCrmBackend, type CrmBackend } from '#test/support/people/crm-backend.ts';
import { startPostgres, type TestPostgres } from '#test/support/programs/postgres.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.remove());

type Answer = { record: Record<string, unknown>; history: { action: string }[] };

describe.each(['SQLite', 'Postgres'])('records when another organisation is connected, on %s', (database) => {
  let app: TestApp;
  let crm: CrmBackend;
  beforeAll(async () => {
    app = await startApp({ databaseUrl: database === 'Postgres' ? await postgres.createDatabase() : undefined });
    crm = buildCrmBackend(app);
  });
  afterAll(() => app?.stop());

  const put = (crmId: string, version: number, data: object = { description: 'Fuel' }) =>
    crm.send<Answer>('PUT', `/api/records/expenses/${crmId}`, { version, data });
  const read = async (crmId: string) => (await crm.send<Answer>('GET', `/api/records/expenses/${crmId}`)).body;
  const connect = async (index: number) => {
    const { organisations } = await app.control.seedInfo();
    const tenantId = organisations[index]?.tenantId ?? '';
    await app.admin.disconnect();
    await app.admin.connect({ organisations: [tenantId] });
    return tenantId;
  };

  /** What the feed says of organisations, the oldest first. */
  const listOrganisationChanges = async () => {
    const { body } = await crm.send<{ changes: Change[] }>('GET', '/api/changes?limit=500');
    return body.changes.flatMap((change) =>
      change.type === 'reset' ? [[change.data.organisation.id, change.data.what]] : [],
    );
  };

  test('their data stays, their states are parked and come back', async () => {
    await put('kept', 1);
    await put('edited', 1, { amount: '0', currency: 'AUD' });
    const first = await connect(0);
    const total = async () => (await crm.send('GET', '/api/records')).body.total;
    expect(await total()).toBe(2);
    const organisation = { id: first, name: expect.any(String) };
    expect(await read('kept')).toMatchObject({ record: { organisation, state: 'excluded', wantedVersion: 1 } });
    expect(await read('edited')).toMatchObject({ record: { state: 'unsupported', amount: { amount: '0' } } });
    // A twin in the first organisation, as a later step of sync writes it.
    const { records } = app.deps.store;
    const place = { workspaceId: app.workspace.id, organisationId: first, kind: 'expenses' };
    for (const key of ['kept', 'edited']) {
      const row = await records.find({ ...place, key });
      const xeroId = `00000000-0000-4000-8000-00000000000${key.length}`;
      const details = { ...JSON.parse(row?.details ?? ''), xeroKind: 'bill', xeroNumber: 'R-17', excluded: null };
      const synced = { state: 'synced', xeroId, sentVersion: 1, details: JSON.stringify(details) };
      if (row) await records.save({ ...row, ...synced });
    }
    expect(await read('xero:00000000-0000-4000-8000-000000000004')).toMatchObject({ record: { crmId: 'kept' } });

    const second = await connect(1);
    const unsent = { state: 'excluded', xeroId: null, xeroNumber: null, sentVersion: null, wantedVersion: 1 };
    expect(await read('kept')).toMatchObject({ record: { ...unsent, organisation: { id: second } } });
    expect(await read('edited')).toMatchObject({ record: { state: 'unsupported', xeroId: null } });
    expect((await crm.send('GET', '/api/records/expenses/xero:00000000-0000-4000-8000-000000000004')).status).toBe(404);
    await put('edited', 2);
    await put('new', 1);
    expect(await listOrganisationChanges()).toEqual([[first, 'parked']]);

    await connect(0);
    expect((await listOrganisationChanges()).slice(1)).toEqual([
      [second, 'parked'],
      [first, 'back'],
    ]);
    expect(await total()).toBe(3);
    const twin = { xeroNumber: 'R-17', sentVersion: 1 };
    expect((await read('kept')).record).toMatchObject({ state: 'synced', wantedVersion: 1, ...twin });
    expect((await read('edited')).record).toMatchObject({ state: 'excluded', wantedVersion: 2, ...twin });
    expect((await read('new')).record).toMatchObject({ state: 'excluded', xeroId: null });
    expect((await read('edited')).history.map(({ action }) => action)).toEqual(['put', 'put']);
    expect((await records.list({ workspaceId: app.workspace.id, organisationId: '' }, {}, { limit: 9 })).length).toBe(
      0,
    );
  });

  test('a record that is sent while the organisation changes is in the new one', async () => {
    const sent = Array.from({ length: 30 }, (_, index) => `busy-${index}`);
    const sending = (async () => {
      for (const crmId of sent) expect((await put(crmId, 1)).status).toBe(202);
    })();
    const second = await connect(1);
    await sending;
    for (const crmId of sent) expect((await read(crmId)).record).toMatchObject({ organisation: { id: second } });
  });

  test('more records than fit a page, all of them have a state in the new organisation', async () => {
    const records = Array.from({ length: 250 }, (_, index) => ({
      ...{ kind: index % 2 ? 'items' : 'suppliers', crmId: `many-${index}`, version: 1 },
      data: { name: `Number ${index}` },
    }));
    const { body } = await crm.send<{ results: { status: number }[] }>('POST', '/api/records/batch', { records });
    expect(body.results.filter(({ status }) => status === 202)).toHaveLength(250);
    const second = await connect(0);
    const list = await crm.send('GET', '/api/records?kind=items,suppliers&search=number&limit=500');
    expect(list.body).toMatchObject({ total: 250, hasMore: false });
    const [first] = list.body.records as object[];
    expect(first).toMatchObject({ organisation: { id: second }, state: 'excluded', wantedVersion: 1 });
  });
});
