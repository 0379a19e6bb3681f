import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fuel, invoiceOf, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: SyncDesk;
beforeAll(async () => {
  desk = await openSyncDesk(await startApp());
});
afterAll(() => desk.app.stop());

function turn(kind: string, mode: 'automatic' | 'by_hand') {
  return desk.crm.send('PUT', '/api/sync/rules', { kinds: [{ kind, out: { new: mode } }] });
}

test('a record that was missing for long goes at once when it is put', async () => {
  await desk.put('expenses/late', 1, { ...fuel, supplier: { crmId: 'late' } });
  const isMissing = async () => {
    await desk.app.advanceSeconds(600);
    return (await desk.read('expenses/late')).tries >= 8;
  };
  await desk.until(isMissing, 'the supplier to be missing for hours');
  const { problem, nextTryAt } = await desk.read('expenses/late');
  expect(problem).toMatchObject({ code: 'record_missing', field: 'supplier' });
  expect(Date.parse(nextTryAt ?? '') - desk.app.clock.now().getTime()).toBeGreaterThan(3600_000);
  await desk.send('suppliers/late', 1, { name: 'Late Supplies' });
  await desk.until(async () => (await desk.read('expenses/late')).state === 'synced', 'the expense to go');
  expect(Date.parse(nextTryAt ?? '')).toBeGreaterThan(desk.app.clock.now().getTime());
});

describe('an invoice whose customer waits for a person', () => {
  test('is not counted as one to add by a dry run, as the run does not add it', async () => {
    await turn('customers', 'by_hand');
    await turn('invoices', 'by_hand');
    await desk.put('customers/hand', 1, { name: 'By Hand Ltd' });
    await desk.put('invoices/hand', 1, invoiceOf('HAND-1', 'hand'));
    const request = { kind: 'invoices', crmIds: ['hand'], dryRun: true };
    const { run, rows } = await desk.run('/api/records/sync', request);
    expect(run.counts).toMatchObject({ total: 1, make: 0, refuse: 1 });
    expect(rows[0]?.message).toBe('Waits for the customer By Hand Ltd.');
    await desk.act('customers/hand', { action: 'sync' });
    await desk.settled('customers/hand');
    expect((await desk.run('/api/records/sync', request)).run.counts).toMatchObject({ make: 1, refuse: 0 });
  });

  test('needs none of it when it is void', async () => {
    await desk.put('customers/unsent', 1, { name: 'Unsent Ltd' });
    await turn('invoices', 'automatic');
    const invoice = { ...invoiceOf('VOID-1', 'unsent'), status: 'void' };
    expect(await desk.send('invoices/void', 1, invoice)).toMatchObject({ state: 'synced', xeroId: null });
    await turn('customers', 'automatic');
  });
});
