import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { firstRules } from '#server/use-cases/sync/settings/first-rules.ts';
import type { SyncRecord } from '#shared/contract/sync/record.ts';
import { fuel, invoiceOf, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { listTroubles, type Trouble } from '#test/support/people/troubles.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: SyncDesk;
let troubles: Trouble[] = [];
beforeAll(async () => {
  const kinds = firstRules.kinds.map((rule) =>
    rule.out ? { ...rule, out: { ...rule.out, changes: 'automatic' } } : rule,
  );
  desk = await openSyncDesk(await startApp({ env: { XERO_TIMEOUT_SECONDS: '20' } }), {
    kinds: kinds as typeof firstRules.kinds,
  });
});
beforeAll(async () => {
  troubles = listTroubles(desk);
  await desk.send('suppliers/asked', 1, { name: 'Never Answered Pty Ltd' });
  await desk.put('expenses/asked', 1, { ...fuel, supplier: { name: 'Never Answered' } });
});
afterAll(() => desk.app.stop());

const days = 30;
const hoursPerStep = 3;

/** The same numbers each time, so that a failure can be repeated. */
let seed = 20_261_130;
function draw(below: number): number {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
}

/** What is wrong with how a record stands; undefined when it says all that a person needs to know. */
function findSilence(record: SyncRecord, now: Date): string | undefined {
  const { crmId, state, reason, problem, question, nextTryAt } = record;
  const told = `${crmId} is ${state}, next try ${nextTryAt}`;
  const isTried = nextTryAt !== null && Date.parse(nextTryAt) - now.getTime() <= 6.1 * 3600_000;
  if (state === 'waiting') return reason?.message && isTried ? undefined : told;
  if (state === 'problem') return problem?.message && problem.fix && isTried ? undefined : told;
  if (state === 'question') return question?.message && question.choices.length > 0 ? undefined : told;
  return state === 'changed' ? told : undefined;
}

/** Until nothing is due, neither a record nor a check of the connection, so that no call is on its way. */
async function idle(): Promise<void> {
  const { store } = desk.app.deps;
  await waitUntil(async () => {
    await desk.app.advanceSeconds(5);
    const now = desk.app.clock.now();
    const due = await store.records.nextDue(desk.where);
    const latest = new Date(now.getTime() + 7200_000).toISOString();
    const checks = await store.connections.listDueChecks(
      { now: now.toISOString(), connectedBefore: new Date(now.getTime() - 3600_000).toISOString(), latest },
      1,
    );
    return (due === null || Date.parse(due) > now.getTime()) && checks.length === 0;
  }, 'nothing to be due');
}

/** Our clock goes first: a token that has expired for Xero has then expired for us as well. */
async function pass(hours: number): Promise<void> {
  desk.app.clock.advanceSeconds(hours * 3600);
  await desk.app.control.clock({ advanceSeconds: hours * 3600 });
  await idle();
}

async function readAll(): Promise<SyncRecord[]> {
  const { body } = await desk.crm.send<{ records: SyncRecord[] }>('GET', '/api/records?limit=500');
  return body.records;
}

/** What the CRM hands over on a day: something new, and now and then a change of something old. */
async function handOver(day: number): Promise<void> {
  const id = `day-${day}`;
  await desk.put(`expenses/${id}`, 1, { ...fuel, reference: id, ...(day % 5 === 4 && { category: 'Mapped late' }) });
  await desk.put(`invoices/${id}`, 1, invoiceOf(id, `c-${day % 7}`));
  // The customer comes after the invoice that needs it.
  await desk.put(`customers/c-${day % 7}`, day, { name: `Customer number ${day % 7}`, phone: `555-0${day}` });
  const old = draw(day + 1);
  if (old < day)
    await desk.put(`expenses/day-${old}`, day + 1, { ...fuel, reference: `day-${old}`, amount: `${day}.10` });
}

async function liveDay(day: number): Promise<void> {
  const trouble = troubles[day < troubles.length ? day : draw(troubles.length)];
  await trouble?.begin();
  await handOver(day);
  for (let passed = 0; passed < 24; passed += hoursPerStep) await pass(hoursPerStep);
  const silent = (await readAll()).flatMap((record) => findSilence(record, desk.app.clock.now()) ?? []);
  expect(silent, `day ${day}: ${trouble?.name}`).toEqual([]);
  await trouble?.end();
}

describe('over 30 days of faults', () => {
  test.each(Array.from({ length: days }, (_, day) => day))('nothing stops silently on day %d', liveDay);

  test('a problem that is mended late goes within six hours, and in the end all is in Xero once', async () => {
    await desk.crm.send('PUT', '/api/sync/mapping', { categories: [{ key: 'Mapped late', accountCode: '429' }] });
    for (let passed = 0; passed < 12; passed += hoursPerStep) await pass(hoursPerStep);
    const open = (await readAll()).filter(({ state }) => state !== 'synced');
    expect(open.map(({ kind, crmId, state }) => [kind, crmId, state])).toEqual([['expenses', 'asked', 'question']]);
    const { bills, invoices } = await desk.documents();
    const ids = Array.from({ length: days }, (_, day) => `day-${day}`).toSorted();
    for (const documents of [bills, invoices]) {
      const made = documents.filter(({ InvoiceNumber }) => InvoiceNumber?.startsWith('day-'));
      expect(made.map(({ InvoiceNumber }) => InvoiceNumber).toSorted()).toEqual(ids);
    }
  });
});
