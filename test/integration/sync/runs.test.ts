import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fuel, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: SyncDesk;
beforeAll(async () => {
  desk = await openSyncDesk(await startApp(), { since: '2026-11-01' });
});
afterAll(() => desk.app.stop());

/** Expenses of before the first day, so that they wait for a person. */
async function putPast(prefix: string, rows: Record<string, object>): Promise<void> {
  const records = Object.entries(rows).map(([id, more]) => ({
    ...{ kind: 'expenses', crmId: `${prefix}-${id}`, version: 1 },
    data: { ...fuel, date: '2026-10-05', reference: `${prefix}-${id}`, ...more },
  }));
  await desk.crm.send('POST', '/api/records/batch', { records });
}

function idsOf(prefix: string, ...ids: string[]): string[] {
  return ids.map((id) => `${prefix}-${id}`);
}

describe('a dry run', () => {
  test('says what would be made, asked and refused, and writes nothing', async () => {
    await desk.send('suppliers/dry', 1, { name: 'Dry Run Timber Pty Ltd' });
    await putPast('dry', {
      ...{ a: {}, b: { description: 'Diesel' }, near: { supplier: { name: 'Dry Run Timber' } } },
      ...{ gift: { category: 'Client gifts' }, gbp: { currency: 'GBP' }, zero: { amount: '0.00' } },
    });
    const before = await desk.documents();
    const crmIds = idsOf('dry', 'a', 'b', 'near', 'gift', 'gbp', 'zero');
    const { run, rows } = await desk.run('/api/records/sync', { kind: 'expenses', crmIds, dryRun: true });
    expect(run).toMatchObject({
      type: 'sync',
      dryRun: true,
      status: 'done',
      kind: 'expenses',
      by: { name: 'Fieldnote CRM' },
    });
    expect(run.counts).toMatchObject({ total: 6, make: 2, ask: 1, refuse: 3, done: 0, left: 0 });
    const outcomes = Object.fromEntries(
      rows.map(({ crmId, problem, question }) => [crmId, problem?.code ?? question?.code]),
    );
    expect(outcomes).toEqual({
      ...{ 'dry-a': undefined, 'dry-b': undefined, 'dry-near': 'near_name', 'dry-gift': 'category_unmapped' },
      ...{ 'dry-gbp': 'currency_not_subscribed', 'dry-zero': 'zero_total' },
    });
    expect(rows.find(({ crmId }) => crmId === 'dry-b')?.record).toMatchObject({
      ...{ title: 'Diesel, Caltex Perth', amount: { currency: 'AUD', amount: '86.40' }, state: 'excluded' },
      organisation: { id: desk.where.organisationId },
    });
    expect(await desk.documents()).toEqual(before);
    expect(await desk.read('expenses/dry-a')).toMatchObject({ state: 'excluded', excluded: { rule: 'since' } });
  });
});

describe('the question of a dry run', () => {
  const crmIds = idsOf('ahead', 'near');
  const answer = (choice: string, questionId?: string) =>
    desk.act('expenses/ahead-near', { action: 'answer', choice, questionId });

  test('is answered ahead: the record stays as it is, and the answer counts when it is sent', async () => {
    const { xeroId } = await desk.send('suppliers/ahead', 1, { name: 'Ahead Timber Pty Ltd' });
    await putPast('ahead', { near: { supplier: { name: 'Ahead Timber' } } });
    const { rows } = await desk.run('/api/records/sync', { kind: 'expenses', crmIds, dryRun: true });
    const id = rows[0]?.question?.id;
    expect(await answer('create', 'q_unknown')).toMatchObject({ status: 409 });
    expect(await answer('use:nobody', id)).toMatchObject({ status: 400 });
    for (const _twice of [1, 2]) {
      const answered = await answer(`use:${xeroId}`, id);
      expect(answered).toMatchObject({ status: 200, body: { record: { state: 'excluded', question: null } } });
    }
    const { body } = await desk.crm.send<{ history: { action: string }[] }>('GET', '/api/records/expenses/ahead-near');
    expect(body.history.filter(({ action }) => action === 'answer')).toHaveLength(1);
    const again = await desk.run('/api/records/sync', { kind: 'expenses', crmIds, dryRun: true });
    expect(again.run.counts).toMatchObject({ make: 1, ask: 0 });
    const sent = await desk.run('/api/records/sync', { kind: 'expenses', crmIds });
    expect(sent.run.counts).toMatchObject({ make: 1, ask: 0 });
    const { contacts } = await desk.app.control.directory({ tenantId: desk.where.organisationId });
    expect(contacts.filter(({ Name }) => Name === 'Ahead Timber')).toEqual([]);
  });
});

describe('a dry run of new names', () => {
  test('says that near ones are asked about, across its pages', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`${index}`, { supplier: { name: 'Sunrise Mowing' } }]),
    );
    await putPast('names', { ...many, first: { supplier: { name: 'Sunrise Mowing Ltd' } } });
    const { run, rows } = await desk.run('/api/records/sync', {
      kind: 'expenses',
      filter: { search: 'Sunrise' },
      dryRun: true,
    });
    expect(run.counts.make + run.counts.ask).toBe(61);
    expect([1, 60]).toContain(run.counts.ask);
    const asked = rows.find(({ outcome }) => outcome === 'ask');
    expect(asked?.question).toMatchObject({ code: 'near_name', choices: [] });
    expect(asked?.message).toMatch(
      /^"Sunrise Mowing.*" is also waiting to be added, and its name is similar to "Sunrise Mowing/,
    );
  });
});

describe('a run of what cannot go', () => {
  test('says of each record why not, and what to do instead', async () => {
    await putPast('stay', { zero: { amount: '0.00' } });
    await desk.send('suppliers/stay', 1, { name: 'Standing Timber Pty Ltd' });
    await putPast('stay', { near: { supplier: { name: 'Standing Timber' } } });
    await desk.act('expenses/stay-near', { action: 'sync' });
    expect(await desk.settled('expenses/stay-near')).toMatchObject({ state: 'question' });
    const crmIds = idsOf('stay', 'zero', 'near');
    const { rows } = await desk.run('/api/records/sync', { kind: 'expenses', crmIds });
    expect(Object.fromEntries(rows.map(({ crmId, outcome, message }) => [crmId, [outcome, message]]))).toEqual({
      'stay-zero': ['refuse', 'An expense of zero is not sent to Xero. Enter its amount in the CRM.'],
      'stay-near': ['ask', 'Xero has a contact with a name similar to "Standing Timber".'],
    });
    const { status, body } = await desk.act('expenses/stay-zero', { action: 'sync' });
    expect([status, body.detail]).toEqual([
      409,
      'An expense of zero is not sent to Xero. Enter its amount in the CRM.',
    ]);
  });
});

describe('a run', () => {
  test('sends what a rule had left out, counts it, and can be taken back', async () => {
    await putPast('run', { a: {}, b: {}, c: { category: 'Client gifts' } });
    const crmIds = idsOf('run', 'a', 'b', 'c');
    const { run, rows } = await desk.run('/api/records/sync', { kind: 'expenses', crmIds });
    expect(run).toMatchObject({ status: 'done', counts: { total: 3, make: 2, refuse: 1, done: 2, left: 0 } });
    expect(run.calls).toBeGreaterThan(0);
    expect(rows.map(({ crmId, outcome, done }) => [crmId, outcome, done])).toEqual([
      ...[
        ['run-a', 'make', true],
        ['run-b', 'make', true],
        ['run-c', 'refuse', false],
      ],
    ]);
    const dry = await desk.run(`/api/runs/${run.id}/undo`, { dryRun: true });
    expect(dry.run).toMatchObject({ type: 'undo', dryRun: true, counts: { total: 2, remove: 2 } });
    const undo = await desk.run(`/api/runs/${run.id}/undo`, {});
    expect(undo.run).toMatchObject({ type: 'undo', counts: { total: 2, remove: 2, done: 2, left: 0 } });
    expect(undo.run.calls).toBeGreaterThan(0);
    const record = await desk.read('expenses/run-a');
    expect(record).toMatchObject({ state: 'excluded', xeroStatus: 'VOIDED', excluded: { by: 'person' } });
    const { bills } = await desk.documents();
    const standing = bills.filter(
      ({ InvoiceNumber, Status }) => Status !== 'VOIDED' && crmIds.includes(InvoiceNumber ?? ''),
    );
    expect(standing).toEqual([]);
  });

  test('of actions leaves many out and includes them again', async () => {
    await putPast('act', { a: {}, b: {} });
    const crmIds = idsOf('act', 'a', 'b');
    await desk.run('/api/records/actions', { action: 'sync', kind: 'expenses', crmIds });
    const { run } = await desk.run('/api/records/actions', { action: 'exclude', kind: 'expenses', crmIds });
    expect(run.counts).toMatchObject({ total: 2, done: 2, left: 0 });
    expect(await desk.read('expenses/act-b')).toMatchObject({ state: 'excluded', excluded: { by: 'person' } });
  });

  test('what goes by itself is listed as an automatic run', async () => {
    await desk.send('expenses/auto-1', 1, fuel);
    const { body } = await desk.crm.send<{ runs: { type: string; counts: { make: number } }[] }>('GET', '/api/runs');
    expect(body.runs.find(({ type }) => type === 'automatic')?.counts.make).toBeGreaterThan(0);
  });
});
