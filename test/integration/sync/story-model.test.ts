import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RecordAction } from '#shared/contract/sync/actions.ts';
import type { SyncRecord } from '#shared/contract/sync/record.ts';
import type { Fault } from '#test/sandbox/xero/faults.ts';
import { fuel, invoiceOf, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { startApp } from '#test/support/world/app.ts';

/**
 * Random stories: what the CRM, people, Xero's users and the network do with a few records. When all is quiet, nothing is
 * doubled or lost, and every record that does not agree with Xero says why. `SYNC_STORIES` plays more of them, and
 * `SYNC_SEED` others.
 */
const stories = Number(process.env.SYNC_STORIES ?? 6);
const seed = Number(process.env.SYNC_SEED ?? 1);

let desk: SyncDesk;
beforeAll(async () => {
  const app = await startApp({ env: { XERO_DAILY_CALLS: '1000000' } });
  await app.control.limits({ minute: 100_000, day: 1_000_000 });
  desk = await openSyncDesk(app);
  // Now that sync is on, Xero is asked for its settings too.
  await app.admin.connect();
  await desk.send('payment-methods/bank', 1, { name: 'Main account', bankAccountNumber: '123456789' });
});
afterAll(() => desk.app.stop());

const names = ['customers/1', 'expenses/1', 'expenses/2', 'invoices/1', 'payments/1', 'payments/2'] as const;
type Name = (typeof names)[number];

type Act =
  | { do: 'put'; name: Name; amount: string }
  | { do: 'delete'; name: Name }
  | { do: 'act'; name: Name; action: RecordAction }
  | { do: 'answer'; name: Name; choice: number }
  | { do: 'void' | 'edit'; name: Name }
  | { do: 'fault'; fault: Fault }
  | { do: 'wait'; seconds: number }
  | { do: 'run' | 'undo' | 'reset' };

const faults: Fault['kind'][] = ['lose-answer', 'drop', 'truncate'];
const name = fc.constantFrom(...names);
const fault = fc.oneof(
  fc.constantFrom(...faults).map((kind) => ({ kind }) as Fault),
  fc.constantFrom<Fault>({ kind: 'status', status: 503 }, { kind: 'late-status', status: 500 }),
);
const path = '/api.xro/2.0/(Invoices|Payments|Contacts)';

const act = fc.oneof(
  weigh(6, { do: fc.constant('put'), name, amount: fc.constantFrom('86.40', '50.00', '120.00') }),
  weigh(1, { do: fc.constant('delete'), name }),
  weigh(3, { do: fc.constant('act'), name, action: fc.constantFrom('sync', 'retry', 'exclude', 'include') }),
  weigh(4, { do: fc.constant('answer'), name, choice: fc.constantFrom(0, 1, 2) }),
  weigh(1, { do: fc.constantFrom('void', 'edit'), name }),
  weigh(3, {
    do: fc.constant('fault'),
    fault: fc
      .tuple(fault, fc.constantFrom('PUT', 'POST', 'GET'))
      .map(([one, method]) => ({ ...one, method, path, times: 1 }) as Fault),
  }),
  weigh(3, { do: fc.constant('wait'), seconds: fc.constantFrom(2, 61, 700) }),
  weigh(1, { do: fc.constantFrom('run', 'undo', 'reset') }),
) as fc.Arbitrary<Act>;

function weigh(weight: number, parts: Record<string, fc.Arbitrary<unknown>>) {
  return { weight, arbitrary: fc.record(parts) };
}

/** `kept`: a person chose what Xero has. `run`: the last one. */
type Story = { id: string; versions: Map<Name, number>; kept: Set<Name>; isReset: boolean; run: string | undefined };

let count = 0;

test('when all is quiet, both sides agree, or say why', async () => {
  const property = fc.asyncProperty(fc.boolean(), fc.array(act, { minLength: 4, maxLength: 25 }), play);
  await fc.assert(property, { numRuns: stories, seed });
}, 3_600_000);

/** `isFull`: all records are there from the beginning. */
async function play(isFull: boolean, acts: readonly Act[]): Promise<void> {
  count += 1;
  const story: Story = { id: `s${count}`, versions: new Map(), kept: new Set(), isReset: false, run: undefined };
  await desk.act('payment-methods/bank', { action: 'sync' });
  await desk.settled('payment-methods/bank');
  if (isFull) for (const one of names) await put(story, one, one.startsWith('payments') ? '50.00' : '86.40');
  for (const one of acts) await perform(story, one);
  await desk.app.control.clearFaults();
  await settle(story);
  for (const one of names) await check(story, one);
}

function pathOf({ id }: Story, of: Name): string {
  return of.replace('/', `/${id}-`);
}

function referenceOf({ id }: Story, of: Name): string {
  return `${id}-${of}`;
}

function dataOf(story: Story, of: Name, amount: string): object {
  const [number, date, other] = [referenceOf(story, of), '2026-11-29', { currency: 'AUD', method: 'bank' }];
  const lines = [{ description: 'Work', quantity: '1', unitAmount: amount, category: 'Sales' }];
  switch (of) {
    case 'customers/1':
      return { name: `Customer ${story.id} ${amount}` };
    case 'expenses/1':
    case 'expenses/2':
      return { ...fuel, reference: number, amount, supplier: { name: `Supplier ${story.id}` } };
    case 'invoices/1':
      return { ...invoiceOf(number, `${story.id}-1`), lines, lineAmountTypes: 'inclusive', total: amount };
    case 'payments/1':
      return { ...other, invoice: { kind: 'invoices', crmId: `${story.id}-1` }, date, amount };
    case 'payments/2':
      return { ...other, bill: { kind: 'expenses', crmId: `${story.id}-1` }, date, amount };
  }
}

function nextVersion(story: Story, of: Name): number {
  const version = (story.versions.get(of) ?? 0) + 1;
  story.versions.set(of, version);
  story.kept.delete(of);
  return version;
}

async function put(story: Story, of: Name, amount: string): Promise<void> {
  await desk.put(pathOf(story, of), nextVersion(story, of), dataOf(story, of, amount));
}

async function perform(story: Story, one: Act): Promise<void> {
  const { crm, app } = desk;
  switch (one.do) {
    case 'put':
      return put(story, one.name, one.amount);
    case 'delete':
      await crm.send('DELETE', `/api/records/${pathOf(story, one.name)}?version=${nextVersion(story, one.name)}`);
      return;
    case 'act':
      await desk.act(pathOf(story, one.name), { action: one.action });
      return;
    case 'answer':
      return answer(story, one);
    case 'void':
    case 'edit':
      return changeInXero(story, one);
    case 'fault':
      return app.control.fault(one.fault);
    case 'wait':
      return app.advanceSeconds(one.seconds);
    case 'run': {
      const { body } = await crm.send<{ runId: string }>('POST', '/api/records/sync', { kind: 'expenses' });
      story.run = body.runId;
      return;
    }
    case 'undo':
      if (story.run) await crm.send('POST', `/api/runs/${story.run}/undo`, {});
      return;
    case 'reset': {
      const { status } = await crm.send('POST', '/api/sync/reset', { confirm: 'Demo Company (AU)' });
      story.isReset ||= status === 202;
    }
  }
}

async function answer(story: Story, { name: of, choice: at }: Extract<Act, { do: 'answer' }>): Promise<void> {
  const question = (await find(story, of))?.question;
  const choice = question?.choices[at]?.id;
  if (choice === undefined) return;
  if (['keep_xero', 'adopt', 'send_due'].includes(choice)) story.kept.add(of);
  await desk.act(pathOf(story, of), { action: 'answer', choice, questionId: question?.id });
}

/** Xero refuses what it would refuse a person. */
async function changeInXero(story: Story, { do: what, name: of }: { do: 'void' | 'edit'; name: Name }): Promise<void> {
  const record = await find(story, of);
  if (!record?.xeroId || !isDocument(of)) return;
  const change = what === 'void' ? { Status: 'VOIDED' as const } : { DueDate: '2026-12-24' };
  const asked = { tenantId: desk.where.organisationId, InvoiceID: record.xeroId, ...change };
  await desk.app.control.updateInvoice(asked).catch(() => undefined);
}

function isDocument(of: Name): boolean {
  return of.startsWith('expenses') || of.startsWith('invoices');
}

async function find(story: Story, of: Name): Promise<SyncRecord | undefined> {
  return story.versions.has(of) ? desk.read(pathOf(story, of)) : undefined;
}

async function settle(story: Story): Promise<void> {
  for (let round = 0; round < 120; round += 1) {
    // A call that waits while the clock jumps has waited too long, so small steps follow each jump.
    await desk.app.advanceSeconds(round % 8 === 7 ? 900 : 3);
    const records = await Promise.all(names.map((one) => find(story, one)));
    const isWaiting = ({ state }: { state: string }): boolean => state === 'waiting';
    const isOpen = records.some((record) => record && (isWaiting(record) || record.also.some(isWaiting)));
    if (!isOpen && round > 3) return;
  }
}

/** Nothing is doubled, forgotten or silently different. */
async function check(story: Story, of: Name): Promise<void> {
  const record = await find(story, of);
  if (!record) return;
  const { state, reason, problem, question, excluded, xeroId, wanted, sentVersion, wantedVersion } = record;
  const said = { waiting: reason, problem, unsupported: problem, question, excluded, changed: state, synced: state };
  expect(said[state], `${of} is ${state} and says why`).not.toBeNull();
  const { bills, invoices, payments } = await desk.documents();
  const active = [...bills, ...invoices].filter(({ Status }) => !['VOIDED', 'DELETED'].includes(Status));
  const own = active.filter(({ InvoiceNumber }) => InvoiceNumber === referenceOf(story, of));
  expect(own.length, `${of} in Xero`).toBeLessThanOrEqual(1);
  if (own[0] && !story.isReset) expect(xeroId, `the twin of ${of}`).toBe(own[0].InvoiceID);
  if (state !== 'synced' || of.startsWith('customers') || story.kept.has(of)) return;
  const amount = isDocument(of)
    ? active.find(({ InvoiceID }) => InvoiceID === xeroId)?.Total
    : payments.find(({ PaymentID }) => PaymentID === xeroId)?.Amount;
  if (wanted === 'absent') expect(amount, `${of}, which was deleted`).toBeUndefined();
  else if (sentVersion === wantedVersion) expect(amount, `${of} in Xero`).toBe(Number(record.amount?.amount));
}
