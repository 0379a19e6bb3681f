import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { getViewRoute } from '#shared/contract/session/view.ts';
import { owed, type Person, type StreamTest, startStreamTest, toLinked } from './stream-harness.ts';

/**
 * The server's clock was an hour ahead and is corrected while people work. Xero's clock and real time are not affected.
 */
let stream: StreamTest;
let person: Person;
beforeAll(async () => {
  stream = await startStreamTest();
});
afterAll(() => stream.app.stop());
beforeEach(async () => {
  await stream.app.advanceSeconds(3600);
  const [added] = await stream.addPeople(1);
  if (!added) throw new Error('nobody was added');
  person = added;
  await stream.addInvoice(person.contactId);
  await stream.view(person);
  await stream.app.deps.ledger.untilIdle();
  await stream.takeCalls();
});

function setBackAnHour() {
  return stream.app.clock.advanceSeconds(-3600);
}
async function passMinute() {
  await stream.view(person);
  await stream.app.advanceSeconds(61);
}

test('while viewing, changes still show every minute', async () => {
  await passMinute();
  await stream.takeCalls();
  setBackAnHour();
  for (const figures of ['2 200.00', '3 300.00', '4 400.00']) {
    await stream.addInvoice(person.contactId);
    await passMinute();
    expect(await stream.takeCalls()).toContain('GET /Invoices');
    const view = await stream.view(person);
    expect([owed(view), view.stale, view.error]).toEqual([figures, false, undefined]);
  }
});

test('figures are not called fresh until Xero was asked again', async () => {
  // Nobody has viewed since, so the stream has stopped.
  await stream.app.advanceSeconds(91);
  setBackAnHour();
  await stream.addInvoice(person.contactId);
  const first = await stream.view(person);
  expect([owed(first), first.stale]).toEqual(['1 100.00', true]);
  await stream.app.deps.ledger.untilIdle();
  const second = await stream.view(person);
  expect([owed(second), second.stale]).toEqual(['2 200.00', false]);
});

test('Refresh asks Xero', async () => {
  setBackAnHour();
  await stream.addInvoice(person.contactId);
  await stream.takeCalls();
  const view = toLinked(await (await stream.open(person)).call(getViewRoute, { query: { fresh: 'true' } }));
  expect(owed(view)).toBe('2 200.00');
  expect(await stream.takeCalls()).toContain('GET /Invoices');
});

test('a wait of a minute ends after a minute', async () => {
  await stream.app.control.fault({
    kind: 'status',
    status: 429,
    problem: 'minute',
    retryAfterSeconds: 60,
    path: '/Invoices',
  });
  const refresh = async () =>
    toLinked(await (await stream.open(person)).call(getViewRoute, { query: { fresh: 'true' } }));
  expect((await refresh()).error).toMatchObject({ code: 'xero_rate_limited', retryAfterSeconds: 60 });
  setBackAnHour();
  const wait = (await refresh()).error?.retryAfterSeconds;
  expect(wait).toBeLessThanOrEqual(60);
  await stream.app.advanceSeconds(61);
  expect(await refresh()).not.toHaveProperty('error');
});

test('a full minute has room again after a minute', async () => {
  const visit = await stream.open(person);
  const refresh = async () => toLinked(await visit.call(getViewRoute, { query: { fresh: 'true' } }));
  let view = await refresh();
  for (let count = 0; count < 40 && !view.error; count += 1) view = await refresh();
  expect(view.error?.code).toBe('calls_paced');
  setBackAnHour();
  expect((await refresh()).error).toMatchObject({ code: 'calls_paced', retryAfterSeconds: 61 });
  await stream.app.advanceSeconds(62);
  expect(await refresh()).not.toHaveProperty('error');
});
