import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fuel, invoiceOf, mapBank, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: SyncDesk;
let tenantId: string;
beforeAll(async () => {
  const app = await startApp({ env: { XERO_TIMEOUT_SECONDS: '20' } });
  desk = await openSyncDesk(app);
  tenantId = desk.where.organisationId;
  const kinds = ['customers', 'items', 'invoices', 'payments', 'expenses', 'purchase-orders'];
  const byHand = kinds.map((kind) => ({ kind, out: { new: 'by_hand' } }));
  await desk.crm.send('PUT', '/api/sync/rules', { kinds: byHand });
  await mapBank(desk);
});
afterAll(() => desk.app.stop());

const paid = { date: '2026-11-30', currency: 'AUD', method: 'bank', reference: 'Chq 5' };

/** Hands these over, and has all of them sent by one run. */
async function sendRun(search: string, records: Record<string, object>) {
  for (const [path, data] of Object.entries(records)) await desk.put(path, 1, data);
  return desk.run('/api/records/actions', { action: 'sync', filter: { search } });
}

/** Undoes the run after a dry run, which has to say what then happens. */
async function undo(runId: string) {
  const dry = await desk.run(`/api/runs/${runId}/undo`, { dryRun: true });
  const done = await desk.run(`/api/runs/${runId}/undo`, {});
  const outcomesOf = ({ rows }: typeof dry) => rows.map(({ kind, crmId, outcome }) => [kind, crmId, outcome]);
  expect(outcomesOf(dry)).toEqual(outcomesOf(done));
  return done;
}

async function findBill(path: string) {
  const { xeroId } = await desk.read(path);
  return (await desk.documents()).bills.find(({ InvoiceID }) => InvoiceID.toLowerCase() === xeroId);
}

describe('the undo of a run', () => {
  test('takes back payments first, then their invoices, then the customers', async () => {
    const { run } = await sendRun('whole', {
      'customers/whole': { name: 'Whole Ltd' },
      'invoices/whole': invoiceOf('WHOLE-1', 'whole'),
      'payments/whole': { ...paid, amount: '110.00', invoice: { kind: 'invoices', crmId: 'whole' } },
    });
    expect(run.counts).toMatchObject({ total: 3, make: 3 });
    const { run: undone } = await undo(run.id);
    expect(undone.counts).toMatchObject({ total: 3, remove: 3, done: 3, left: 0 });
    const { invoices } = await desk.documents();
    expect(invoices.find(({ InvoiceNumber }) => InvoiceNumber === 'WHOLE-1')).toMatchObject({ Status: 'VOIDED' });
    for (const kind of ['customers', 'invoices', 'payments']) {
      expect(await desk.read(`${kind}/whole`)).toMatchObject({ state: 'excluded', excluded: { by: 'person' } });
    }
  });

  test('leaves what was paid since as it is, says why, and does not try again', async () => {
    const { run } = await sendRun('paid-1', { 'expenses/paid-1': fuel });
    const path = 'payments/paid-since';
    await desk.put(path, 1, { ...paid, amount: '86.40', bill: { kind: 'expenses', crmId: 'paid-1' } });
    await desk.act(path, { action: 'sync' });
    const { xeroId } = await desk.settled(path);
    const { run: undone, rows } = await undo(run.id);
    expect(undone.counts).toMatchObject({ total: 1, refuse: 1, done: 0, left: 0 });
    const message = 'R-17 has payments or credits, so it stays in Xero.';
    expect(rows).toMatchObject([{ outcome: 'refuse', done: false, message, problem: { message }, question: null }]);
    const kept = { state: 'synced', sentVersion: 1, problem: null, question: null, nextTryAt: null };
    expect(await desk.read('expenses/paid-1')).toMatchObject(kept);
    await desk.app.control.deletePayment({ tenantId, paymentId: xeroId ?? '' });
    await desk.app.advanceSeconds(25 * 3600);
    expect(await findBill('expenses/paid-1')).toMatchObject({ Status: 'AUTHORISED' });
  });

  test('leaves what was made again since, which is another document', async () => {
    const { run } = await sendRun('again-1', { 'expenses/again-1': fuel });
    const { xeroId } = await desk.read('expenses/again-1');
    await desk.app.control.updateInvoice({ tenantId, InvoiceID: xeroId ?? '', Status: 'VOIDED' } as never);
    await desk.act('expenses/again-1', { action: 'sync' });
    const { question } = await desk.settled('expenses/again-1');
    await desk.act('expenses/again-1', { action: 'answer', choice: 'make_again', questionId: question?.id });
    await desk.settled('expenses/again-1');
    const { rows } = await undo(run.id);
    expect(rows).toMatchObject([{ outcome: 'refuse', problem: { code: 'xero_rejected' } }]);
    expect(await findBill('expenses/again-1')).toMatchObject({ Status: 'AUTHORISED' });
  });

  test('says which orders and items stay in Xero', async () => {
    const lines = [{ description: 'Chairs', quantity: '1', unitAmount: '100.00', category: 'Fuel' }];
    const { run } = await sendRun('stays', {
      'purchase-orders/stays': {
        ...{ number: 'PO-STAYS', supplier: { name: 'Caltex Perth' }, date: '2026-11-03', currency: 'AUD' },
        ...{ lineAmountTypes: 'exclusive', lines, total: '110.00', status: 'finished' },
      },
      'tracking/stays': { category: 'Region', name: 'North stays' },
    });
    const made = run.counts.make;
    expect(made).toBeGreaterThan(0);
    const { run: undone, rows } = await undo(run.id);
    expect(undone.counts).toMatchObject({ refuse: made, remove: 0, done: 0 });
    for (const { message } of rows) expect(message).toMatch(/stays? in Xero/);
    expect(await desk.read('purchase-orders/stays')).toMatchObject({ state: 'synced', xeroStatus: 'BILLED' });
  });

  test('is refused in another organisation, where the same records are other documents', async () => {
    const { run } = await sendRun('moved', { 'expenses/moved': fuel });
    const { organisations } = await desk.app.control.seedInfo();
    await desk.app.admin.disconnect();
    await desk.app.admin.connect({ organisations: [organisations[1]?.tenantId ?? ''] });
    const answer = await desk.crm.send('POST', `/api/runs/${run.id}/undo`, {});
    expect(answer).toMatchObject({ status: 409, body: { code: 'action_not_allowed' } });
    await desk.app.admin.disconnect();
    await desk.app.admin.connect({ organisations: [tenantId] });
    expect((await undo(run.id)).run.counts).toMatchObject({ remove: 1, done: 1 });
  });
});

test('a run that is cancelled leaves out again what a person had left out', async () => {
  await desk.put('expenses/out', 1, fuel);
  await desk.act('expenses/out', { action: 'exclude' });
  const { excluded } = await desk.read('expenses/out');
  await desk.crm.send('PUT', '/api/sync/rules', { kinds: [{ kind: 'expenses', out: { new: 'automatic' } }] });
  await desk.app.control.fault({ kind: 'status', status: 503, times: null, path: '/' });
  const request = { kind: 'expenses', crmIds: ['out'] };
  const { body } = await desk.crm.send<{ runId: string }>('POST', '/api/records/sync', request);
  const isWaiting = async () => (await desk.read('expenses/out')).state === 'waiting';
  await desk.until(isWaiting, 'the run to take it up');
  await desk.crm.send('POST', `/api/runs/${body.runId}/cancel`);
  await desk.app.control.clearFaults();
  expect(await desk.read('expenses/out')).toMatchObject({ state: 'excluded', excluded, nextTryAt: null });
});
