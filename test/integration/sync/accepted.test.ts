import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toRecordSummary } from '#server/use-cases/sync/records/record-answer.ts';
import { noDetails } from '#server/use-cases/sync/records/record-details.ts';
import { appendState } from '#test/support/people/append-state.ts';
import { buildCrmBackend, type CrmBackend } from '#test/support/people/crm-backend.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
let crm: CrmBackend;
beforeAll(async () => {
  app = await startApp();
  crm = buildCrmBackend(app);
});
afterAll(() => app.stop());

/** A bill that came from Xero and waits for the CRM. Returns the id of its change. */
async function arrive(kind: string, { hasRow = true } = {}): Promise<{ id: number; xeroId: string }> {
  const xeroId = randomUUID();
  const at = app.clock.now().toISOString();
  const reason = { code: 'not_accepted', message: 'Waits for the CRM.', record: null };
  const row = {
    ...{ workspaceId: app.workspace.id, organisationId: '', kind, key: `xero:${xeroId}`, crmId: null, xeroId },
    ...{ origin: 'xero' as const, wanted: 'present' as const, wantedVersion: null, sentVersion: null },
    ...{ state: 'waiting', code: 'not_accepted', stateSince: at, nextTryAt: null, tries: 0, title: 'BP', date: null },
    ...{ amount: null, currency: null, searched: 'bp', memory: '{}', blockedOn: null, runId: null },
    details: JSON.stringify({ ...noDetails, reason }),
  };
  const id = await app.deps.store.together(async (store) => {
    await store.records.hold(app.workspace.id);
    if (hasRow) await store.records.save(row);
    const data = JSON.stringify({ record: toRecordSummary(row, null) });
    const change = { organisationId: '', type: 'new', kind, crmId: null, xeroId, state: 'new', at, data };
    return store.changes.append(app.workspace.id, [change]);
  });
  return { id, xeroId };
}
function accept(id: number, body: object) {
  return crm.send('POST', `/api/changes/${id}/accepted`, body);
}

test('a bill becomes the expense that the CRM made of it, once', async () => {
  const { id, xeroId } = await arrive('bills');
  await crm.send('PUT', '/api/records/expenses/exp-in-1', { version: 7, data: {} });
  const record = {
    wantedVersion: 7,
    kind: 'expenses',
    crmId: 'exp-in-1',
    origin: 'xero',
    state: 'synced',
    reason: null,
    xeroId,
  };
  for (const _twice of [1, 2]) {
    expect(await accept(id, { crmId: 'exp-in-1' })).toMatchObject({ status: 200, body: { record } });
  }
  expect((await crm.send('GET', `/api/records/bills/xero:${xeroId}`)).status).toBe(404);
  const { body } = await crm.send<{ changes: { type: string; crmId: string | null }[] }>(
    'GET',
    '/api/changes?limit=500',
  );
  expect(body.changes.at(-1)).toMatchObject({ type: 'state', kind: 'expenses', crmId: 'exp-in-1', xeroId });
  expect(await crm.send('GET', '/api/records/expenses/exp-in-1')).toMatchObject({ status: 200, body: { record } });
  expect(await accept(id, { crmId: 'exp-in-2' })).toMatchObject({
    ...{ status: 409, body: { code: 'already_accepted', record: { crmId: 'exp-in-1' } } },
  });
});

test('an entry of a list has no row before it is accepted', async () => {
  const { id, xeroId } = await arrive('accounts', { hasRow: false });
  expect((await accept(id, { crmId: 'acc-1' })).body).toMatchObject({
    record: { kind: 'accounts', title: 'BP', xeroId },
  });
});

test('a contact lands as customer or supplier, and nothing else as another kind', async () => {
  const { id } = await arrive('suppliers');
  expect((await accept(id, { crmId: 'c-1', kind: 'customers' })).body).toMatchObject({ record: { kind: 'customers' } });
  const bill = await arrive('bills');
  const refused = { status: 400, body: { errors: [{ path: 'kind' }] } };
  expect(await accept(bill.id, { crmId: 'x', kind: 'suppliers' })).toMatchObject(refused);
});

test('a record with another twin cannot be taken, and only new changes are accepted', async () => {
  const [first, second] = [await arrive('bills'), await arrive('bills')];
  await accept(first.id, { crmId: 'taken' });
  expect(await accept(second.id, { crmId: 'taken' })).toMatchObject({ status: 409, body: { code: 'crm_id_taken' } });
  await crm.send('PUT', '/api/records/expenses/own', { version: 1, data: {} });
  await appendState(app, 'expenses', 'own', 1);
  const state = await app.deps.store.changes.newest(app.workspace.id);
  expect(await accept(state, { crmId: 'own' })).toMatchObject({ status: 409, body: { code: 'action_not_allowed' } });
  expect((await accept(999_999, { crmId: 'own' })).status).toBe(404);
});
