import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RecordList } from '#shared/contract/sync/records.ts';
import type { Run } from '#shared/contract/sync/runs.ts';
import { type Books, openBooks } from '#test/sandbox/crm/books/books.ts';
import { fillBooks } from '#test/sandbox/crm/books/example/fill.ts';
import { firstRecentDay } from '#test/sandbox/crm/books/example/recent-gifts.ts';
import { buildSync, type Sync } from '#test/sandbox/crm/sync/build-sync.ts';
import { buildCrmBackend, type CrmBackend } from '#test/support/people/crm-backend.ts';
import { chooseGiftAccount, prepareStory } from '#test/support/people/crm-story.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

/** The story of the demo, told by the example CRM's own code to the real server. The tests follow each other. */
let app: TestApp;
let crm: CrmBackend;
let books: Books;
let sync: Sync;

beforeAll(async () => {
  app = await startApp();
  crm = buildCrmBackend(app);
  await prepareStory(app);
  books = openBooks({ now: app.clock.now });
  fillBooks(books);
  const place = { productUrl: app.origin, workspace: app.workspace, now: app.clock.now };
  sync = await buildSync({ ...place, books, origin: () => app.crmOrigin });
  await sync.handOverAll();
});
afterAll(() => app.stop());

const ben = { id: 'ben', name: 'Ben Carter' };
const typed = { date: '2026-11-27', currency: 'AUD', tax: 'GST' };
const fuel = { ...typed, description: 'Fuel', category: 'Fuel', supplier: 'Southern Fuel', amount: '86.40' };
const gift = { ...typed, description: 'Basket', category: 'Client gifts', supplier: 'Regal Hampers', amount: '120.00' };

/** A busy machine needs its time for 325 records. */
const patienceMs = 240_000;

function until(isSo: () => Promise<boolean>, what: string): Promise<void> {
  return waitUntil(
    async () => {
      await app.advanceSeconds(1);
      return isSo();
    },
    what,
    patienceMs,
  );
}

async function count(query: string): Promise<number> {
  return (await crm.send<RecordList>('GET', `/api/records/expenses?limit=1&${query}`)).body.total;
}

/** Expenses of the CRM that are in Xero. What it made of Xero's own bills is not among them. */
async function countSent(): Promise<number> {
  const { body } = await crm.send<RecordList>('GET', '/api/records/expenses?limit=500&state=synced');
  return body.records.filter(({ origin }) => origin === 'crm').length;
}

/** Books an expense, waits until Ledgerside has dealt with it, and returns what the CRM then shows. */
async function book(values: Record<string, string>) {
  const { id } = books.save('expenses', { values });
  await sync.handOverAll(ben);
  await until(async () => {
    await sync.readChanges();
    return books.find('expenses', id)?.sync?.state !== 'waiting';
  }, `${id} to be dealt with`);
  return { id, said: books.find('expenses', id)?.sync };
}

async function runOf(
  ids: readonly string[],
  isTrial: boolean,
): Promise<Run & { rows: readonly { message: unknown }[] }> {
  const { run } = await sync.sendChosen({ kind: 'expenses', ids, isTrial }, ben);
  const read = async () => (await crm.send<{ run: Run }>('GET', `/api/runs/${run}`)).body.run;
  await until(async () => (await read()).status === 'done', 'the run to end');
  return { ...(await read()), rows: (await sync.findRun(run ?? ''))?.rows ?? [] };
}

function pastIds(): string[] {
  return books.list('expenses').flatMap(({ id, values: { date = '' } }) => (date < firstRecentDay ? [id] : []));
}

test('fuel over AUD 86.40 becomes a bill', async () => {
  const { said } = await book(fuel);
  expect(said).toMatchObject({ state: 'synced', xeroKind: 'bill', xeroId: expect.stringMatching(/^[\da-f-]{36}$/) });
});

test('a gift says what is missing, and eleven more wait for the same', async () => {
  const { said } = await book(gift);
  expect(said).toMatchObject({ state: 'problem', message: "Choose an account for 'Client gifts'." });
  expect(await count('code=category_unmapped')).toBe(12);
});

test('when the admin chooses the account once, then all twelve go', async () => {
  await chooseGiftAccount(app);
  await until(async () => (await countSent()) === 13, 'the gifts to go');
  expect(await count('code=category_unmapped')).toBe(0);
});

test('a dry run of the past year finds 312 bills, 9 questions, and 4 that cannot go', async () => {
  await sync.readChanges();
  const ids = pastIds();
  expect(ids).toHaveLength(325);
  const { counts, rows } = await runOf(ids, true);
  expect(counts).toMatchObject({ total: 325, make: 312, ask: 9, refuse: 4, done: 0 });
  const reasons = rows.flatMap(({ message }) => message ?? []);
  expect(new Set(reasons)).toEqual(
    new Set([
      ...['Harbour Lights', 'Nordlys Trading', 'Harbour-Lights Pty. Ltd.'].map(
        (name) => `Xero has a contact with a name similar to "${name}".`,
      ),
      ...['Choose a category.', 'Xero is not subscribed to GBP.'],
      'An expense of zero is not sent to Xero. Enter its amount in the CRM.',
      'An expense below zero is not sent to Xero. Add a supplier credit.',
    ]),
  );
  expect(pastIds()).toEqual(ids);
});

test('then the year is sent: 312 bills in few calls, each once', async () => {
  const { counts, calls } = await runOf(pastIds(), false);
  expect(counts).toMatchObject({ total: 325, make: 312, ask: 9, refuse: 4, done: 312, left: 0 });
  expect(calls).toBeLessThanOrEqual(60);
});
