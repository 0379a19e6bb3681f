import { afterEach, expect, test } from 'vitest';
import type { SyncOverview } from '#shared/contract/sync/overview.ts';
import { type BillDesk, openBillDesk } from '#test/support/people/bill-desk.ts';
import { webhookKey } from '#test/support/programs/product.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: BillDesk;
afterEach(() => desk.app.stop());

async function findReader() {
  const { body } = await desk.crm.send<SyncOverview>('GET', '/api/sync');
  return body.readers[0];
}

test('a webhook brings a bill at once, and the next one within a minute after a minute', async () => {
  desk = await openBillDesk(await startApp());
  await desk.app.control.webhooks({ url: `${desk.app.origin}/webhooks/xero`, key: webhookKey });
  await desk.app.advanceSeconds(120);
  const first = await desk.enter();
  await desk.until(async () => (await desk.come()).length === 1, 'the first bill');
  const second = await desk.enter();
  await desk.until(async () => (await desk.come()).length === 2, 'the second bill');
  expect(await desk.come()).toEqual([first, second]);
  const { readAt = '' } = (await desk.app.deps.store.readers.list(desk.where))[0] ?? {};
  expect(await findReader()).toMatchObject({ resource: 'invoices', at: readAt, setAside: 0 });
});

test('by hand, bills come when somebody presses Bring now, and only then', async () => {
  desk = await openBillDesk(await startApp(), { when: 'by_hand' });
  const id = await desk.enter();
  await desk.app.advanceSeconds(3600);
  await desk.app.advanceSeconds(60);
  expect(await desk.reads()).toBe(0);
  const { run, rows } = await desk.run('/api/sync/bring', { kinds: ['bills'] });
  expect(run).toMatchObject({
    type: 'bring',
    dryRun: false,
    kind: 'bills',
    status: 'done',
    counts: { make: 1, left: 0 },
  });
  expect(run.undo).toEqual({ possible: 0, impossible: 0 });
  expect(rows).toMatchObject([{ kind: 'bills', crmId: null, xeroId: id, outcome: 'make', done: true }]);
  expect(await desk.come()).toEqual([id]);
  expect((await desk.run('/api/sync/bring', {})).run.counts).toMatchObject({ total: 0 });
});

test('a dry run from a chosen day says what would come, also while bills do not come', async () => {
  desk = await openBillDesk(await startApp(), { on: false });
  const [id, draft] = [await desk.enter(), await desk.enter({ Status: 'DRAFT' })];
  await desk.enter({ Date: '2029-12-31' });
  const asked = { since: '2030-01-01', dryRun: true };
  const { run, rows } = await desk.run('/api/sync/bring', asked);
  expect(run).toMatchObject({ dryRun: true, counts: { total: 2, make: 1, refuse: 1, done: 0, left: 0 } });
  expect(new Set(rows.map(({ xeroId, outcome }) => `${outcome} ${xeroId}`))).toEqual(
    new Set([`make ${id}`, `refuse ${draft}`]),
  );
  expect(await desk.feed()).toEqual([]);
  expect((await desk.crm.send('GET', `/api/records/bills/xero:${id}`)).status).toBe(404);
  const { status, body } = await desk.crm.send('POST', '/api/sync/bring', { since: '2030-01-01' });
  expect([status, body.code]).toEqual([409, 'action_not_allowed']);
  expect(await desk.crm.send('POST', '/api/sync/bring', { kinds: ['bills', 'expenses'] })).toMatchObject({
    ...{ status: 400, body: { errors: [{ path: 'kinds.1' }] } },
  });
});

test('the first day counts, also when it is moved back later, and a person may go back further once', async () => {
  desk = await openBillDesk(await startApp());
  const older = await desk.enter({ Date: '2029-06-01' });
  const oldest = await desk.enter({ Date: '2029-01-01' });
  await desk.round();
  expect(await desk.come()).toEqual([]);
  expect(await desk.read(`bills/xero:${older}`)).toMatchObject({ state: 'excluded', excluded: { rule: 'since' } });
  await desk.crm.send('PUT', '/api/sync/rules', { since: '2029-05-01' });
  await desk.until(async () => (await desk.come()).length === 1, 'the older bill');
  expect(await desk.come()).toEqual([older]);
  await desk.run('/api/sync/bring', { since: '2028-12-31' });
  expect(await desk.come()).toEqual([older, oldest]);
});

test('an unreadable bill is set aside, holds up no other, and comes when it can be read', async () => {
  desk = await openBillDesk(await startApp());
  const [odd, good] = [await desk.enter(), await desk.enter()];
  const alteration = { rows: [{ match: { InvoiceID: odd }, set: { CurrencyCode: 'Dollars' } }] };
  await desk.app.control.fault({ kind: 'alter', alteration, method: 'GET', path: 'Invoices', times: 1 });
  await desk.round();
  expect(await desk.come()).toEqual([good]);
  expect(await desk.read(`bills/xero:${odd}`)).toMatchObject({ state: 'problem', problem: { code: 'unreadable' } });
  expect(await findReader()).toMatchObject({ setAside: 1 });
  const { body } = await desk.crm.send<SyncOverview>('GET', '/api/sync');
  expect(body.inbox).toMatchObject([{ kind: 'bills', code: 'unreadable', count: 1, fix: 'wait' }]);
  await desk.until(async () => (await desk.come()).length === 2, 'the odd bill');
  expect(await findReader()).toMatchObject({ setAside: 0 });
});

test('a failed reading is repeated, and nothing between is lost', async () => {
  desk = await openBillDesk(await startApp());
  await desk.app.control.fault({ kind: 'status', status: 503, method: 'GET', path: 'Invoices', times: 20 });
  const id = await desk.enter();
  await desk.app.advanceSeconds(1800);
  const tries = async () => (await desk.app.deps.store.readers.list(desk.where))[0]?.tries ?? 0;
  await desk.until(async () => (await tries()) > 0, 'the failure');
  await desk.app.control.clearFaults();
  await desk.until(async () => (await desk.come()).length === 1, 'the bill');
  expect([await desk.come(), await tries()]).toEqual([[id], 0]);
});
