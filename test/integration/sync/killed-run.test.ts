import { afterAll, beforeAll, expect, test } from 'vitest';
import { listPastExpenses } from '#test/sandbox/crm/books/example/past-expenses.ts';
import { chooseGiftAccount, prepareStory } from '#test/support/people/crm-story.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { startWorld, type World } from '#test/support/world/world.ts';

let world: World;
let tenantId: string;

beforeAll(async () => {
  world = await startWorld({ hasMovingClock: true, crmSyncEveryMs: 2_000, crmLog: () => undefined });
  tenantId = (await world.xero.control.seedInfo()).organisations[0]?.tenantId ?? '';
  await prepareStory({ ...world, control: world.xero.control });
  await chooseGiftAccount(world);
});
afterAll(() => world.stop());

/** The example's references of the past year; those of the recent gifts begin otherwise. */
const references = new Set(listPastExpenses().map(({ reference = '' }) => reference));

/** The bills of the past year that stand in Xero. */
async function listBills() {
  const { bills } = await world.xero.control.documents({ tenantId });
  return bills.filter(({ InvoiceNumber = '', Status }) => references.has(InvoiceNumber) && Status !== 'VOIDED');
}

/** The ids of all expenses of the past year, as the CRM's list shows them. */
async function listPastIds(): Promise<string[]> {
  const page = await (await fetch(`${world.crm.origin}/expenses`)).text();
  const ids = [...page.matchAll(/name="id" value="(exp-\d+)"/g)].map(([, id]) => id ?? '');
  return ids.slice(-references.size);
}

/** A busy machine needs its time for 325 records. */
const patienceMs = 240_000;

function until(isSo: () => Promise<boolean>, what: string): Promise<void> {
  return waitUntil(
    async () => {
      await world.advanceSeconds(1);
      return isSo();
    },
    what,
    patienceMs,
  );
}

/** What the CRM's page of the run says. */
async function readRun(run: string): Promise<string> {
  const page = await (await fetch(`${world.crm.origin}/runs/${run}`)).text();
  return page.replaceAll(/<[^>]*>/g, '');
}

test('the server is killed twice while a year is sent: Xero holds 312 bills, each once', async () => {
  const ids = await listPastIds();
  expect(ids).toHaveLength(325);
  const body = new URLSearchParams(ids.map((id): [string, string] => ['id', id]));
  const answer = await fetch(`${world.crm.origin}/expenses/sync`, { method: 'POST', body, redirect: 'manual' });
  const run = /run=([\w-]+)/.exec(answer.headers.get('location') ?? '')?.[1] ?? '';
  for (const count of [50, 150]) {
    await until(async () => (await listBills()).length >= count, `${count} bills`);
    expect((await listBills()).length).toBeLessThan(312);
    await world.restartProduct('SIGKILL');
  }
  await until(async () => (await readRun(run)).includes('All 325 records are done.'), 'the run to end');
  const bills = await listBills();
  expect(bills).toHaveLength(312);
  expect(new Set(bills.map(({ InvoiceNumber }) => InvoiceNumber)).size).toBe(312);
  // A bill that was added just before the server was killed counts as added, so that the run can be undone whole.
  for (const line of ['312 added in Xero', '9 ask a question', '4 could not go as they are'])
    expect(await readRun(run)).toContain(line);
});
