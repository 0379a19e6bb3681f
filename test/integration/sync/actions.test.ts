import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fuel, invoiceOf, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: SyncDesk;
beforeAll(async () => {
  desk = await openSyncDesk(await startApp());
});
afterAll(() => desk.app.stop());

function switchExpenses(on: boolean) {
  return desk.crm.send('PUT', '/api/sync/rules', { kinds: [{ kind: 'expenses', out: { on } }] });
}

describe('while the expenses are off', () => {
  test('Sync to Xero is refused with the reason, and nothing is sent', async () => {
    await desk.send('expenses/off-1', 1, fuel);
    const before = (await desk.documents()).bills.length;
    await switchExpenses(false);
    await desk.put('expenses/off-2', 1, fuel);
    for (const id of ['off-1', 'off-2']) {
      const { status, body } = await desk.act(`expenses/${id}`, { action: 'sync' });
      expect([status, body.code]).toEqual([409, 'action_not_allowed']);
      expect(body.detail).toMatch(/^Records of this kind are not sent/);
    }
    expect(await desk.read('expenses/off-2')).toMatchObject({ state: 'excluded', excluded: { rule: 'direction_off' } });
    const request = { kind: 'expenses', crmIds: ['off-2'] };
    for (const dryRun of [true, false]) {
      const { run, rows } = await desk.run('/api/records/sync', { ...request, dryRun });
      expect(run.counts).toMatchObject({ total: 1, refuse: 1, make: 0, done: 0, left: 0 });
      expect(rows).toMatchObject([
        { outcome: 'refuse', message: expect.stringMatching(/^Records of this kind are not sent/) },
      ]);
    }
    expect((await desk.documents()).bills).toHaveLength(before);
    await switchExpenses(true);
    expect(await desk.settled('expenses/off-2')).toMatchObject({ state: 'synced' });
  });
});

describe('a run for all expenses', () => {
  async function leaveOut(id: string) {
    await desk.send(`expenses/${id}`, 1, { ...fuel, category: 'Nobody mapped this' });
    await desk.act(`expenses/${id}`, { action: 'exclude' });
  }

  test('passes by what a person left out', async () => {
    await leaveOut('left-1');
    for (const dryRun of [true, false]) {
      const { rows } = await desk.run('/api/records/sync', { kind: 'expenses', dryRun });
      const row = rows.find(({ crmId }) => crmId === 'left-1');
      expect(row).toMatchObject({
        outcome: 'refuse',
        done: false,
        message: expect.stringMatching(/^A person left it out/),
      });
    }
    expect(await desk.read('expenses/left-1')).toMatchObject({ state: 'excluded', excluded: { by: 'person' } });
  });

  test('sends what was left out when it names the record, or asks for those', async () => {
    for (const request of [{ crmIds: ['left-2'] }, { filter: { state: ['excluded'], search: 'left-2' } }]) {
      await leaveOut('left-2');
      await desk.run('/api/records/sync', { kind: 'expenses', ...request });
      expect(await desk.settled('expenses/left-2')).toMatchObject({ problem: { code: 'category_unmapped' } });
    }
  });
});

describe('a choice of nothing', () => {
  const nothing = [{ filter: { state: [] } }, { filter: { code: [] } }, { filter: { search: '' } }, { crmIds: [] }];
  test.each(nothing)('%j is refused with a sentence, and no run begins', async (chosen) => {
    const runs = async () => (await desk.crm.send<{ runs: object[] }>('GET', '/api/runs')).body.runs.length;
    const before = await runs();
    const of = { kind: 'expenses', ...chosen };
    const requests = [
      ['sync', of],
      ['actions', { ...of, action: 'exclude' }],
    ] as const;
    for (const [path, body] of requests) {
      const answer = await desk.crm.send<{ errors: object[] }>('POST', `/api/records/${path}`, body);
      expect(answer.status).toBe(400);
      expect(answer.body.errors).toMatchObject([
        { path: expect.stringMatching(/crmIds|filter/), message: expect.stringMatching(/leave/) },
      ]);
    }
    expect(await runs()).toBe(before);
  });
});

test('one answer for many counts only where the question allows it', async () => {
  const { xeroId } = await desk.send('suppliers/many', 1, { name: 'Many Answers Pty Ltd' });
  const near = { ...fuel, supplier: { name: 'Many Answers' } };
  for (const id of ['many-1', 'many-2']) await desk.send(`expenses/${id}`, 1, near);
  const many = { action: 'answer', kind: 'expenses', crmIds: ['many-1', 'many-2'] };
  const { run, rows } = await desk.run('/api/records/actions', { ...many, choice: `use:${xeroId}` });
  expect(run.counts).toMatchObject({ total: 2, ask: 2, done: 0, left: 0 });
  expect(rows[0]?.message).toMatch(/only one record/);
  expect(await desk.read('expenses/many-1')).toMatchObject({ state: 'question', question: { code: 'near_name' } });
});

test('a total that is a cent off goes as soon as rounding lines are allowed', async () => {
  await desk.send('customers/cent', 1, { name: 'One Cent Ltd' });
  const invoice = { ...invoiceOf('CENT-2', 'cent'), total: '110.01' };
  for (const _try of [1, 2, 3]) {
    await desk.send('invoices/cent', 1, invoice);
    await desk.app.advanceSeconds(1000);
  }
  expect((await desk.settled('invoices/cent')).problem).toMatchObject({ code: 'total_differs' });
  await desk.crm.send('PUT', '/api/sync/rules', { roundingLine: true });
  const { nextTryAt } = await desk.read('invoices/cent');
  expect(Date.parse(nextTryAt ?? '')).toBeLessThanOrEqual(desk.app.clock.now().getTime());
  await desk.until(async () => (await desk.read('invoices/cent')).state === 'synced', 'the invoice to be in Xero');
});

test('old runs are removed after 90 days, but not the last one of each type', async () => {
  const { runs } = desk.app.deps.store;
  const types = async () => (await runs.list(desk.where, { limit: 500 })).map(({ type }) => type);
  const before = await types();
  expect(before.filter((type) => type === 'sync').length).toBeGreaterThan(1);
  await desk.app.advanceSeconds(91 * 24 * 3600);
  // A run that ends after the day's removal is the last of its type then, and the one before goes a day later.
  const isRemoved = async () => {
    await desk.app.advanceSeconds(24 * 3600);
    return (await types()).length === new Set(before).size;
  };
  await desk.until(isRemoved, 'old runs to be removed');
  expect((await types()).toSorted()).toEqual([...new Set(before)].toSorted());
});
