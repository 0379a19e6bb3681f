import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SyncRecord } from '#shared/contract/sync/record.ts';
import type { Fault } from '#test/sandbox/xero/faults.ts';
import { fuel, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: SyncDesk;
beforeAll(async () => {
  desk = await openSyncDesk(await startApp());
});
afterAll(() => desk.app.stop());

const faults: readonly Fault[] = [
  { kind: 'status', status: 503, times: null },
  { kind: 'lose-answer', method: 'PUT', path: 'Invoices', times: null },
  { kind: 'drop', times: null },
  { kind: 'status', status: 429, problem: 'day', retryAfterSeconds: 40_000, times: null },
  { kind: 'html', times: null },
];

const resting = ['synced', 'excluded', 'unsupported'];

/** Nothing stops silently: each record rests, has a next try, or waits for a person's choice. */
function isSilent({ state, nextTryAt }: SyncRecord): boolean {
  return !resting.includes(state) && nextTryAt === null && !['question', 'changed'].includes(state);
}

test('over 30 days of faults nothing stops silently, and in the end all is in Xero once', async () => {
  const ids: string[] = [];
  for (let day = 0; day < 30; day += 1) {
    await desk.app.control.clearFaults();
    const fault = faults[day % faults.length];
    if (fault && day % 3 !== 2) await desk.app.control.fault(fault);
    ids.push(`day-${day}`);
    await desk.put(`expenses/day-${day}`, 1, { ...fuel, reference: `day-${day}` });
    for (let step = 0; step < 8; step += 1) {
      await desk.app.advanceSeconds(3 * 3600);
      await desk.app.deps.ledger.untilIdle();
    }
    const records = await Promise.all(ids.map((id) => desk.read(`expenses/${id}`)));
    expect(records.filter(isSilent).map(({ crmId }) => crmId)).toEqual([]);
  }
  await desk.app.control.clearFaults();
  await desk.until(async () => {
    await desk.app.advanceSeconds(3600);
    const records = await Promise.all(ids.map((id) => desk.read(`expenses/${id}`)));
    return records.every(({ state }) => state === 'synced');
  }, 'all expenses to be in Xero');
  const { bills } = await desk.documents();
  const standing = bills.filter(({ InvoiceNumber }) => InvoiceNumber?.startsWith('day-'));
  expect(standing.map(({ InvoiceNumber }) => InvoiceNumber).toSorted()).toEqual(ids.toSorted());
});
