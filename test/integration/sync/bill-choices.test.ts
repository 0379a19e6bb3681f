import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BillDesk, openBillDesk } from '#test/support/people/bill-desk.ts';
import { fuel } from '#test/support/people/sync-desk.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: BillDesk;
beforeEach(async () => {
  desk = await openBillDesk(await startApp(), { onlyApproved: true, onlyUnpaid: true });
});
afterEach(() => desk.app.stop());

function ruledOut(rule: string): object {
  return { state: 'excluded', excluded: { by: 'rule', rule } };
}

test('drafts and paid bills are left out by name, and come when a rule or the bill changes', async () => {
  const draft = await desk.enter({ Status: 'DRAFT' });
  const paid = await desk.enter({ AmountPaid: 110 });
  const later = await desk.enter({ Status: 'SUBMITTED' });
  await desk.round();
  expect(await desk.come()).toEqual([]);
  expect(await desk.read(`bills/xero:${draft}`)).toMatchObject(ruledOut('only_approved'));
  expect(await desk.read(`bills/xero:${paid}`)).toMatchObject(ruledOut('only_unpaid'));
  await desk.edit(later, { Status: 'AUTHORISED' });
  await desk.round();
  expect(await desk.come()).toEqual([later]);
  const back = { onlyApproved: false };
  await desk.crm.send('PUT', '/api/sync/rules', { kinds: [{ kind: 'bills', back }] });
  expect(await desk.come()).toEqual([later, draft]);
  expect(await desk.read(`bills/xero:${paid}`)).toMatchObject(ruledOut('only_unpaid'));
});

test('a draft that is deleted before it came leaves nothing behind', async () => {
  const draft = await desk.enter({ Status: 'DRAFT' });
  await desk.round();
  await desk.edit(draft, { Status: 'DELETED' });
  await desk.round();
  expect((await desk.crm.send('GET', `/api/records/bills/xero:${draft}`)).status).toBe(404);
  expect(await desk.feed()).toEqual([]);
});

test('a person leaves a bill out and includes it, and a bill that a rule left out comes by hand', async () => {
  const [id, draft] = [await desk.enter(), await desk.enter({ Status: 'DRAFT' })];
  await desk.round();
  const act = (of: string, action: string) => desk.act(`bills/xero:${of}`, { action });
  expect((await act(id, 'exclude')).body).toMatchObject({ record: { state: 'excluded', excluded: { by: 'person' } } });
  await desk.edit(id, { DueDate: '2030-04-01' });
  await desk.round();
  expect(await desk.come()).toEqual([id]);
  expect((await act(id, 'include')).body).toMatchObject({ record: { state: 'waiting' } });
  expect((await act(draft, 'sync')).body).toMatchObject({ record: { state: 'waiting' } });
  expect(await desk.come()).toEqual([id, id, draft]);
  expect((await act(id, 'answer')).status).toBe(400);
  expect((await act(id, 'include')).body).toMatchObject({ code: 'action_not_allowed' });
  // Both changes are the same bill, so it becomes one record.
  const [first, second] = (await desk.feed()).filter(({ xeroId, type }) => xeroId === id && type === 'new');
  expect((await desk.accept(second?.id ?? '', 'exp-1')).status).toBe(200);
  expect(await desk.accept(first?.id ?? '', 'exp-2')).toMatchObject({
    status: 409,
    body: { code: 'already_accepted' },
  });
  expect((await desk.accept(first?.id ?? '', 'exp-1')).body).toMatchObject({ record: { crmId: 'exp-1', xeroId: id } });
});

test('a record whose own bill may be in Xero cannot take another bill', async () => {
  await desk.enter();
  await desk.round();
  const [change] = await desk.feed();
  await desk.send('expenses/first', 1, { ...fuel, date: '2030-02-02' });
  await desk.app.control.fault({ kind: 'lose-answer', method: 'PUT', path: 'Invoices', times: null });
  await desk.app.control.fault({ kind: 'status', status: 503, method: 'GET', path: 'Invoices', times: null });
  await desk.put('expenses/lost', 1, { ...fuel, date: '2030-02-02', reference: 'R-18' });
  const isUnknown = async () => (await desk.read('expenses/lost')).reason?.code === 'outcome_unknown';
  await desk.until(isUnknown, 'the answer to be lost');
  expect(await desk.accept(change?.id ?? '', 'lost')).toMatchObject({ status: 409, body: { code: 'crm_id_taken' } });
});

test('many bills are left out and included together, and a run that sends passes them by', async () => {
  const ids = [await desk.enter(), await desk.enter()];
  await desk.round();
  const act = (body: object) => desk.run('/api/records/actions', { kind: 'bills', filter: {}, ...body });
  const sent = await act({ action: 'sync' });
  expect(sent.run.counts).toMatchObject({ total: 2, refuse: 2, left: 0 });
  expect(sent.rows[0]?.message).toBe('It came from Xero, so it is not sent there.');
  expect((await act({ action: 'exclude' })).run.counts).toMatchObject({ total: 2, same: 2, done: 2, left: 0 });
  for (const id of ids) expect(await desk.read(`bills/xero:${id}`)).toMatchObject({ state: 'excluded' });
  expect((await act({ action: 'include' })).run.counts).toMatchObject({ total: 2, same: 2, done: 2 });
  expect(await desk.come()).toHaveLength(4);
});
