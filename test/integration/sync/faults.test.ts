import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Fault } from '#test/sandbox/xero/faults.ts';
import { fuel, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: SyncDesk;
beforeAll(async () => {
  desk = await openSyncDesk(await startApp());
});
afterEach(() => desk.app.control.clearFaults());
afterAll(() => desk.app.stop());

let count = 0;
function newIds(many: number): string[] {
  count += 1;
  return Array.from({ length: many }, (_, index) => `f-${count}-${index}`);
}

async function putAll(ids: readonly string[], data: (id: string) => object): Promise<void> {
  const records = ids.map((crmId) => ({ kind: 'expenses', crmId, version: 1, data: data(crmId) }));
  await desk.crm.send('POST', '/api/records/batch', { records });
}

async function allSynced(ids: readonly string[]): Promise<void> {
  await desk.until(async () => {
    const states = await Promise.all(ids.map(async (id) => (await desk.read(`expenses/${id}`)).state));
    if (states.some((state) => state !== 'synced')) await desk.app.advanceSeconds(30);
    return states.every((state) => state === 'synced');
  }, 'all expenses to be in Xero');
}

async function billsOf(ids: readonly string[]) {
  const { bills } = await desk.documents();
  return bills.filter(({ InvoiceNumber, Status }) => Status !== 'VOIDED' && ids.includes(InvoiceNumber ?? ''));
}

describe('twenty expenses, once each, when the call that sends them', () => {
  const faults: [string, Fault][] = [
    ['is answered, but the answer is lost', { kind: 'lose-answer' }],
    ['is cut off before Xero reads it', { kind: 'drop' }],
    ['is answered with half a list', { kind: 'truncate' }],
    ['is answered 500 after the work was done', { kind: 'late-status', status: 500 }],
    ['is answered 503', { kind: 'status', status: 503 }],
    ['is answered 429', { kind: 'status', status: 429, problem: 'minute', retryAfterSeconds: 20 }],
    ['is answered by a proxy’s page', { kind: 'html' }],
  ];
  test.each(faults)('%s', async (_name, fault) => {
    const ids = newIds(20);
    await desk.app.control.fault({ ...fault, method: 'PUT', path: 'Invoices' });
    await putAll(ids, (id) => ({ ...fuel, reference: id }));
    await allSynced(ids);
    expect((await billsOf(ids)).map(({ InvoiceNumber }) => InvoiceNumber).toSorted()).toEqual(ids.toSorted());
  });
});

describe('one bad record among others', () => {
  test('is refused alone', async () => {
    const ids = newIds(5);
    const [bad = '', ...good] = ids;
    await putAll(ids, (id) => ({ ...fuel, reference: id, ...(id === bad && { currency: 'ZZZ' }) }));
    await allSynced(good);
    expect(await desk.settled(`expenses/${bad}`)).toMatchObject({
      state: 'problem',
      problem: { code: 'currency_not_subscribed' },
    });
    expect(await billsOf(ids)).toHaveLength(4);
  });
});

describe('a record whose kind needs a scope that the consent lacks', () => {
  test('says so at once, and goes when Xero is connected again', async () => {
    const record = await desk.send('items/no-scope', 1, { code: 'NO-SCOPE', name: 'No scope' });
    expect(record).toMatchObject({ state: 'problem', problem: { code: 'scope_missing', fix: 'reconnect' } });
    await desk.app.admin.connect();
    await desk.until(async () => (await desk.read('items/no-scope')).state === 'synced', 'the item to be in Xero');
  });
});
