import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startPostgres, type TestPostgres } from '#test/support/programs/postgres.ts';
import { startRedis, type TestRedis } from '#test/support/programs/redis.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { owed, type Person, type StreamTest, startStreamTest } from './stream-harness.ts';

let postgres: TestPostgres;
let redis: TestRedis;
let shared: { databaseUrl: string; redisUrl: string };
let first: StreamTest;
let second: StreamTest;
let person: Person;

beforeAll(async () => {
  [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  shared = { databaseUrl: await postgres.createDatabase(), redisUrl: redis.url };
  first = await startStreamTest(shared);
  second = await startStreamTest({ ...shared, beside: first.app });
});
afterAll(async () => {
  await second?.app.stop();
  await first?.app.stop();
  await redis?.stop();
  await postgres?.remove();
});
beforeEach(async () => {
  await advance(3600);
  const [added] = await first.addPeople(1);
  if (!added) throw new Error('nobody was added');
  person = added;
  await first.addInvoice(person.contactId);
  await viewInBoth();
  await untilIdle();
  await first.takeCalls();
});

function both() {
  return [first, second];
}
async function untilIdle() {
  for (const { app } of both()) await app.deps.ledger.untilIdle();
}
function areConnected() {
  return Promise.all(both().map(({ app }) => app.deps.cache.ping())).then(
    () => true,
    () => false,
  );
}
function viewInBoth() {
  return Promise.all(both().map((one) => one.view(person)));
}
async function advance(seconds: number): Promise<void> {
  await first.app.advanceSeconds(seconds);
  await untilIdle();
}

test('one of two viewed processes asks for both', async () => {
  await first.addInvoice(person.contactId);
  await advance(61);
  expect(await first.takeCalls()).toEqual(['GET /Invoices']);
  const views = await viewInBoth();
  expect(views.map((view) => [owed(view), view.stale])).toEqual([
    ['2 200.00', false],
    ['2 200.00', false],
  ]);
  expect(await first.takeCalls()).toEqual([]);
});

test('both processes hear whose figures changed', async () => {
  const heard: string[][] = [[], []];
  const stops = await Promise.all(
    both().map(({ app, tenantId }, at) =>
      app.deps.news.listen({ organisationId: tenantId }, (news) => {
        if (news.kind === 'figures') heard[at]?.push(...news.contactIds);
      }),
    ),
  );
  await first.addInvoice(person.contactId);
  await advance(61);
  await waitUntil(() => heard.every((ids) => ids.includes(person.contactId)), 'both to hear of the change');
  for (const stop of stops) await stop();
  await first.app.deps.news.announce(
    { organisationId: first.tenantId },
    { kind: 'figures', contactIds: ['nobody hears'], onlyBills: [] },
  );
  expect(heard.flat()).not.toContain('nobody hears');
});

test('a webhook at one process makes the other’s stream ask at once', async () => {
  await advance(3);
  await viewInBoth();
  await first.takeCalls();
  await first.addInvoice(person.contactId);
  await first.app.deps.changes.wake(first.tenantId);
  await waitUntil(async () => (await first.view(person)).summary?.outstandingInvoices.count === 2, 'the first wake');
  await first.addInvoice(person.contactId);
  await advance(3);
  await second.app.deps.changes.wake(second.tenantId);
  await waitUntil(async () => (await second.view(person)).summary?.outstandingInvoices.count === 3, 'the second wake');
  expect((await first.takeCalls()).filter((call) => call !== 'GET /Invoices')).toEqual([]);
});

test('loads, writes and the stream in two processes lose no rows', async () => {
  const drafts = await Promise.all(Array.from({ length: 8 }, () => first.addInvoice(person.contactId, { Total: 1 })));
  const documents = await Promise.all(
    drafts.map(({ InvoiceID: id }) =>
      first.app.deps.xero.getDocument(
        { workspaceId: first.app.workspace.id, organisationId: first.tenantId, priority: 'person' },
        { kind: 'invoice', id },
      ),
    ),
  );
  const merges = documents.map((document, at) => both()[at % 2]?.app.deps.ledger.merge(first.tenantId, document));
  await Promise.all([...merges, advance(61), first.view(person), second.view(person)]);
  for (const view of await viewInBoth()) expect(owed(view)).toBe('9 108.00');
});

test('the other process takes over when the stream’s process stops', async () => {
  await second.app.stop();
  second = await startStreamTest({ ...shared, beside: first.app });
  await first.addInvoice(person.contactId);
  await advance(30);
  await viewInBoth();
  await advance(31);
  expect(owed(await second.view(person))).toBe('2 200.00');
});

test('emptying Redis costs one load of what is viewed', async () => {
  await redis.kill();
  await redis.start();
  // Each view until then would call Xero and use up the minute.
  await waitUntil(areConnected, 'both processes to have Redis again');
  await first.addInvoice(person.contactId);
  await waitUntil(async () => owed(await first.view(person)) === '2 200.00', 'the first view after the loss');
  await waitUntil(async () => !(await second.view(person)).stale, 'the second process to know it too');
  // A view is announced every ten seconds at most, and the last announcement was lost.
  await advance(11);
  await viewInBoth();
  await untilIdle();
  await first.takeCalls();
  await first.addInvoice(person.contactId);
  await advance(61);
  expect((await first.takeCalls()).filter((call) => call === 'GET /Invoices')).toHaveLength(1);
  expect(owed(await second.view(person))).toBe('3 300.00');
});
