import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { invoiceOf, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: SyncDesk;
beforeAll(async () => {
  desk = await openSyncDesk(await startApp());
  await desk.send('customers/c', 1, { name: 'Twice Numbered Ltd' });
});
afterAll(() => desk.app.stop());

const taken = { state: 'question', question: { code: 'number_taken' } };

async function putTogether(kind: string, rows: Record<string, object>): Promise<void> {
  const records = Object.entries(rows).map(([crmId, data]) => ({ kind, crmId, version: 1, data }));
  await desk.crm.send('POST', '/api/records/batch', { records });
}

/** The states of records, the one that is in Xero first. */
async function readBoth(...paths: readonly string[]) {
  const records = await Promise.all(paths.map((path) => desk.settled(path)));
  return records.toSorted((a, b) => Number(b.state === 'synced') - Number(a.state === 'synced'));
}

describe('two records of one number that arrive together', () => {
  test('as invoices are one invoice and one question, without a refusal by Xero', async () => {
    await putTogether('invoices', { a: invoiceOf('TWICE-1', 'c'), b: invoiceOf('TWICE-1', 'c') });
    const [first, second] = await readBoth('invoices/a', 'invoices/b');
    expect(first).toMatchObject({ state: 'synced' });
    expect(second).toMatchObject({ ...taken, tries: 0 });
  });

  test('as credits of one supplier are one credit and one question', async () => {
    const lines = [{ description: 'Returned', quantity: '1', unitAmount: '10.00', category: 'Fuel' }];
    const credit = {
      ...{ number: 'CR-TWICE', supplier: { name: 'Caltex Perth' }, date: '2026-11-05', currency: 'AUD' },
      ...{ lineAmountTypes: 'exclusive', lines, total: '11.00' },
    };
    await putTogether('supplier-credits', { a: credit, b: credit });
    const [first, second] = await readBoth('supplier-credits/a', 'supplier-credits/b');
    expect([first?.state, second]).toMatchObject(['synced', taken]);
    const { creditNotes } = await desk.documents();
    expect(creditNotes.filter(({ number }) => number === 'CR-TWICE')).toHaveLength(1);
  });

  test('are counted so by a dry run', async () => {
    await desk.crm.send('PUT', '/api/sync/rules', { kinds: [{ kind: 'invoices', out: { new: 'by_hand' } }] });
    await putTogether('invoices', { d: invoiceOf('TWICE-2', 'c'), e: invoiceOf('TWICE-2', 'c') });
    const request = { kind: 'invoices', crmIds: ['d', 'e'] };
    const dry = await desk.run('/api/records/sync', { ...request, dryRun: true });
    expect(dry.run.counts).toMatchObject({ make: 1, ask: 1 });
    expect(dry.rows.find(({ outcome }) => outcome === 'ask')?.question).toMatchObject({
      ...{ code: 'number_taken', choices: [] },
      message: 'Another record with the number TWICE-2 is also waiting to be added.',
    });
    expect((await desk.run('/api/records/sync', request)).run.counts).toMatchObject({ make: 1, ask: 1 });
  });
});
