import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Change } from '#shared/contract/sync/changes.ts';
import type { Run } from '#shared/contract/sync/runs.ts';
import { fuel, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: SyncDesk;
beforeAll(async () => {
  desk = await openSyncDesk(await startApp({ env: { XERO_TIMEOUT_SECONDS: '20' } }), { since: '2026-11-01' });
});
afterEach(() => desk.app.control.clearFaults());
afterAll(() => desk.app.stop());

const receipt = { name: 'r.pdf', base64: 'QUJD' };
const attaching = { method: 'PUT', path: 'Attachments' };
const isDone = { state: 'synced', also: [{ what: 'attachment', state: 'done' }] };

async function hasReceipt(path: string): Promise<boolean> {
  const { state, also } = await desk.read(path);
  return state === 'synced' && also[0]?.state === 'done';
}

async function readRun(runId: string): Promise<Run> {
  return (await desk.crm.send<{ run: Run }>('GET', `/api/runs/${runId}`)).body.run;
}

describe('while a receipt is being attached', () => {
  test('Sync to Xero is done afterwards', async () => {
    await desk.app.control.fault({ kind: 'hold', ...attaching });
    await desk.app.control.clearRequests();
    await desk.put('expenses/pressed', 1, { ...fuel, receipt });
    // The held call keeps the app busy, so time is not waited for as elsewhere.
    await waitUntil(async () => {
      desk.app.clock.advanceSeconds(1);
      return (await desk.app.control.requests()).some(({ method, path }) => method === 'PUT' && /Attach/.test(path));
    }, 'the receipt to be sent');
    expect(await desk.act('expenses/pressed', { action: 'sync' })).toMatchObject({ status: 200 });
    await desk.app.control.clearFaults();
    await desk.until(() => hasReceipt('expenses/pressed'), 'the record to be sent again');
    expect(await desk.read('expenses/pressed')).toMatchObject(isDone);
  });

  test('a version with the same data keeps what is still to be done', async () => {
    await desk.app.control.fault({ kind: 'status', status: 503, times: null, ...attaching });
    await desk.send('expenses/same', 1, { ...fuel, receipt });
    await desk.put('expenses/same', 2, { ...fuel, receipt });
    expect(await desk.read('expenses/same')).toMatchObject({ state: 'synced', sentVersion: 2 });
    await desk.app.control.clearFaults();
    await desk.until(() => hasReceipt('expenses/same'), 'the receipt to be attached');
  });
});

describe('a run whose records go another way', () => {
  /** A run that waits for this expense, as Xero does not answer. */
  async function beginRun(crmId: string): Promise<string> {
    const { body } = await desk.crm.send<{ runId: string }>('POST', '/api/records/sync', {
      kind: 'expenses',
      crmIds: [crmId],
    });
    await desk.until(async () => (await readRun(body.runId)).status === 'running', 'the run to wait');
    return body.runId;
  }
  async function putPast(crmId: string): Promise<void> {
    await desk.app.control.fault({ kind: 'status', status: 503, times: null, path: '/' });
    await desk.put(`expenses/${crmId}`, 1, { ...fuel, date: '2026-10-05' });
  }
  async function untilDone(runId: string): Promise<Run> {
    await desk.until(async () => (await readRun(runId)).status === 'done', 'the run to end');
    return readRun(runId);
  }

  test('ends when a later run takes them up', async () => {
    await putPast('twice');
    const first = await beginRun('twice');
    const second = await beginRun('twice');
    await desk.app.control.clearFaults();
    await desk.app.advanceSeconds(600);
    expect((await untilDone(second)).counts).toMatchObject({ total: 1, make: 1, done: 1, left: 0 });
    expect((await untilDone(first)).counts).toMatchObject({ total: 1, make: 0, same: 1, done: 0, left: 0 });
  });

  test('ends when a person leaves them out, or they cannot be sent any more', async () => {
    await putPast('left-out');
    await putPast('zero');
    const [out, zero] = [await beginRun('left-out'), await beginRun('zero')];
    await desk.act('expenses/left-out', { action: 'exclude' });
    await desk.put('expenses/zero', 2, { ...fuel, date: '2026-10-05', amount: '0.00' });
    for (const run of [await untilDone(out), await untilDone(zero)]) {
      expect(run.counts).toMatchObject({ total: 1, refuse: 1, done: 0, left: 0 });
    }
  });
});

describe('while a bill is on its way to Xero', () => {
  async function holdBill(crmId: string, act: () => Promise<unknown>): Promise<void> {
    await desk.app.control.clearRequests();
    await desk.app.control.fault({ kind: 'hold', method: 'PUT', path: 'Invoices' });
    await desk.put(`expenses/${crmId}`, 1, { ...fuel, reference: crmId });
    await waitUntil(async () => {
      desk.app.clock.advanceSeconds(1);
      return (await desk.app.control.requests()).some(({ method, path }) => method === 'PUT' && /Invoices/.test(path));
    }, 'the bill to be sent');
    await act();
    await desk.app.control.clearFaults();
  }

  test('expenses are switched off and on: it is in Xero as it was sent', async () => {
    const turn = (on: boolean) =>
      desk.crm.send('PUT', '/api/sync/rules', { kinds: [{ kind: 'expenses', out: { on } }] });
    await holdBill('switched', () => turn(false));
    await desk.until(async () => (await desk.read('expenses/switched')).xeroId !== null, 'the bill to be known');
    expect(await desk.read('expenses/switched')).toMatchObject({ state: 'excluded', sentVersion: 1 });
    await turn(true);
    expect(await desk.settled('expenses/switched')).toMatchObject({ state: 'synced', sentVersion: 1 });
  });

  test('another organisation is connected: the feed names the one that has the bill', async () => {
    const { organisationId } = desk.where;
    const { organisations } = await desk.app.control.seedInfo();
    await holdBill('parked', async () => {
      await desk.app.admin.disconnect();
      await desk.app.admin.connect({ organisations: [organisations[1]?.tenantId ?? ''] });
    });
    const listStates = async () => {
      const { body } = await desk.crm.send<{ changes: Change[] }>('GET', '/api/changes?limit=500');
      return body.changes.flatMap((change) =>
        change.type === 'state' && change.crmId === 'parked' ? [change.data.record] : [],
      );
    };
    await desk.until(async () => (await listStates()).some(({ xeroId }) => xeroId !== null), 'the bill to be told of');
    for (const { organisation } of await listStates()) expect(organisation).toMatchObject({ id: organisationId });
    expect(await desk.read('expenses/parked')).toMatchObject({ state: 'excluded', xeroId: null });
  });
});
