import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildCrmBackend, type CrmBackend } from '#test/support/people/crm-backend.ts';
import { openSync } from '#test/support/people/sync-visits.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
let crm: CrmBackend;
beforeAll(async () => {
  app = await startApp();
  crm = buildCrmBackend(app);
});
afterAll(() => app.stop());

function put(path: string, data: object) {
  return crm.send('PUT', `/api/records/${path}`, { version: 1, data });
}
type Mapping = {
  categories: { key: string; accountCode: string | null; proposed: string | null; waiting: number }[];
  paymentMethods: { key: string; proposed: string | null }[];
  tracking: Record<string, string | null>;
  choices: { accounts: { code: string; name: string }[]; paymentAccounts: { id: string }[] };
};
async function getMapping(): Promise<Mapping> {
  const { status, body } = await crm.send<Mapping>('GET', '/api/sync/mapping');
  expect(status).toBe(200);
  return body;
}

describe('before Xero is connected', () => {
  test('rules, mapping, overview and runs can be read, and each organisation gets its own', async () => {
    expect(await crm.send('GET', '/api/sync/rules')).toMatchObject({
      status: 200,
      body: { enabled: false, since: null },
    });
    expect(await crm.send('PUT', '/api/sync/rules', { enabled: true })).toMatchObject({
      ...{ status: 409, body: { code: 'not_connected' } },
    });
    await put('expenses/exp-1', { category: 'Fuel', amount: '1', currency: 'AUD' });
    const { categories, choices } = await getMapping();
    expect(categories).toEqual([{ key: 'Fuel', accountCode: null, proposed: null, waiting: 0 }]);
    expect(choices.accounts).toEqual([]);
    const overview = await crm.send('GET', '/api/sync');
    expect(overview).toMatchObject({ status: 200, body: { enabled: false, connection: { status: 'disconnected' } } });
    expect(await crm.send('GET', '/api/runs')).toMatchObject({ body: { runs: [], cursor: null, hasMore: false } });
    expect((await crm.send('GET', '/api/runs/r_1')).status).toBe(404);
  });
});

describe('once Xero is connected', () => {
  beforeAll(() => app.admin.connect());

  test('enabling sync begins today, is told to the audit, and names faults by their path', async () => {
    const { body } = await crm.send('PUT', '/api/sync/rules', { enabled: true, roundingLine: true });
    expect(body).toMatchObject({
      enabled: true,
      roundingLine: true,
      since: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    });
    expect((await crm.send('GET', '/api/sync/rules')).body).toEqual(body);
    const stateOf = async () => {
      const { body: read } = await crm.send<{ record: object }>('GET', '/api/records/expenses/exp-1');
      return read.record;
    };
    const stays = { kinds: [{ kind: 'expenses', out: { on: false } }] };
    expect(await stateOf()).not.toMatchObject({ excluded: { rule: 'direction_off' } });
    await crm.send('PUT', '/api/sync/rules', stays);
    expect(await stateOf()).toMatchObject({ state: 'excluded', excluded: { rule: 'direction_off' } });
    await crm.send('PUT', '/api/sync/rules', { kinds: [{ kind: 'expenses', out: { on: true, new: 'by_hand' } }] });
    expect(await stateOf()).toMatchObject({ state: 'changed', sentVersion: null });
    const refused = await crm.send('PUT', '/api/sync/rules', { kinds: [{ kind: 'bills', out: { on: true } }] });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: 'kinds.0.out' }] } });
    const [entry] = await app.deps.store.audit.list(app.workspace.id, { action: 'change_sync', limit: 1 });
    expect(entry).toMatchObject({ userName: 'Fieldnote CRM', outcome: 'saved' });
  });

  test('a mapping offers what fits, takes what Xero has, and refuses the rest by its path', async () => {
    await put('expenses/exp-2', {
      category: 'Sales',
      amount: '1',
      currency: 'AUD',
      tracking: [{ category: 'Site', option: 'A' }],
    });
    const { categories, choices, tracking } = await getMapping();
    const sales = choices.accounts.find(({ name }) => name === 'Sales');
    expect(sales).toBeDefined();
    expect(categories.map(({ key }) => key)).toEqual(['Fuel', 'Sales']);
    expect(categories[1]).toMatchObject({ accountCode: null, proposed: sales?.code });
    expect(tracking).toHaveProperty('Site', null);
    const change = {
      categories: [
        { key: 'SALES', accountCode: sales?.code },
        { key: 'Rent', accountCode: null },
      ],
    };
    const saved = await crm.send<Mapping>('PUT', '/api/sync/mapping', change);
    expect(saved.body.categories).toMatchObject([
      { key: 'Fuel', accountCode: null },
      { key: 'Rent', accountCode: null },
      { key: 'Sales', accountCode: sales?.code, proposed: null },
    ]);
    const unknown = {
      categories: [{ key: 'Fuel', accountCode: 'none' }],
      defaults: { paymentAccountId: app.workspace.secret },
    };
    expect((await crm.send('PUT', '/api/sync/mapping', unknown)).status).toBe(400);
    const refused = await crm.send('PUT', '/api/sync/mapping', { ...unknown, defaults: { feeAccountCode: '999x' } });
    const errors = [{ path: 'categories.0.accountCode' }, { path: 'defaults.feeAccountCode' }];
    expect(refused).toMatchObject({ status: 422, body: { code: 'preflight_failed', errors } });
  });

  test('mapping a key wakes the records that it held', async () => {
    const { records } = app.deps.store;
    const { organisations } = await app.control.seedInfo();
    const where = { workspaceId: app.workspace.id, organisationId: organisations[0]?.tenantId ?? '' };
    const row = await records.find({ ...where, kind: 'expenses', key: 'exp-1' });
    if (!row) throw new Error('exp-1 is missing');
    const later = new Date(app.clock.now().getTime() + 3600_000).toISOString();
    const held = { state: 'problem', code: 'category_unmapped', blockedOn: 'categories:fuel', nextTryAt: later };
    await records.save({ ...row, ...held });
    expect((await getMapping()).categories[0]).toMatchObject({ key: 'Fuel', waiting: 1 });
    const { body } = await crm.send<{ inbox: object[]; kinds: { kind: string }[] }>('GET', '/api/sync');
    expect(body.inbox).toMatchObject([{ kind: 'expenses', count: 1, target: { mapping: 'categories', key: 'Fuel' } }]);
    const expenses = body.kinds.find(({ kind }) => kind === 'expenses');
    expect(expenses).toMatchObject({ counts: { problem: 1 }, nextRunAt: later, lastRunAt: null });
    const [account] = (await getMapping()).choices.accounts;
    await crm.send('PUT', '/api/sync/mapping', { categories: [{ key: 'fuel', accountCode: account?.code }] });
    const woken = await records.find({ ...where, kind: 'expenses', key: 'exp-1' });
    expect(Date.parse(woken?.nextTryAt ?? '')).toBeLessThan(Date.parse(later));
  });

  test('an admin in the overview of sync does the same, in their own name', async () => {
    const visit = await openSync(app, 'olivia');
    const { status } = await visit.send('PUT', '/api/sync/rules', { roundingLine: false });
    expect(status).toBe(200);
    const [entry] = await app.deps.store.audit.list(app.workspace.id, { action: 'change_sync', limit: 1 });
    expect(entry).toMatchObject({ userName: 'Olivia Hart' });
  });
});

describe('runs', () => {
  test('are read by pages, with their rows by outcome', async () => {
    const { organisations } = await app.control.seedInfo();
    const counts = { total: 2, make: 1, change: 0, adopt: 0, ask: 0, refuse: 1, same: 0, remove: 0, done: 1, left: 0 };
    const run = {
      ...{
        workspaceId: app.workspace.id,
        organisationId: organisations[0]?.tenantId ?? '',
        type: 'sync',
        dryRun: false,
      },
      ...{ kind: 'expenses', status: 'done', endedAt: null, request: '{}', calls: 3, error: null },
      ...{ by: JSON.stringify({ id: 'u1', name: 'Finance admin' }), counts: JSON.stringify(counts) },
    };
    const { runs } = app.deps.store;
    await runs.create({ ...run, id: 'r_old', startedAt: '2026-11-28T10:00:00.000Z' });
    await runs.create({ ...run, id: 'r_new', startedAt: '2026-11-29T10:00:00.000Z' });
    const details = JSON.stringify({ problem: null, question: null, message: 'Bill R-17 added in Xero' });
    const row = { kind: 'expenses', xeroId: null, details };
    await runs.putRows('r_new', [
      { ...row, key: 'exp-1', crmId: 'exp-1', outcome: 'make', isDone: true },
      { ...row, key: 'exp-2', crmId: 'exp-2', outcome: 'refuse', isDone: false },
    ]);
    const first = await crm.send<{ runs: object[]; cursor: string }>('GET', '/api/runs?limit=1');
    expect(first.body).toMatchObject({
      runs: [{ id: 'r_new', counts, undo: { possible: 1, impossible: 0 } }],
      hasMore: true,
    });
    const second = await crm.send('GET', `/api/runs?limit=1&cursor=${first.body.cursor}`);
    expect(second.body).toMatchObject({ runs: [{ id: 'r_old', by: { name: 'Finance admin' } }], hasMore: false });
    const refused = await crm.send('GET', '/api/runs/r_new/rows?outcome=refuse');
    expect(refused.body).toMatchObject({ rows: [{ crmId: 'exp-2', outcome: 'refuse', done: false }], hasMore: false });
    expect((await crm.send('GET', '/api/runs/r_new/rows?outcome=refuse,make')).body).toMatchObject({ rows: [{}, {}] });
    expect((await crm.send('GET', '/api/runs/r_new/rows?cursor=none')).status).toBe(400);
    await runs.create({ ...run, id: 'r_dry', dryRun: true, status: 'running', startedAt: '2026-11-30T10:00:00.000Z' });
    const cancelled = await crm.send('POST', '/api/runs/r_dry/cancel');
    expect(cancelled).toMatchObject({
      status: 202,
      body: { run: { status: 'cancelled', endedAt: expect.any(String) } },
    });
    const ended = await crm.send('POST', '/api/runs/r_new/cancel');
    expect(ended).toMatchObject({ status: 202, body: { run: { status: 'done' } } });
  });
});
