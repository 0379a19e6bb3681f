import { afterAll, beforeAll, expect, test } from 'vitest';
import { owed, type Person, type StreamTest, startStreamTest } from './stream-harness.ts';

/**
 * Normal use in a busy office: people open records whose contacts are not loaded yet, each of which costs two of the
 * sixty calls a minute. The one call that keeps everybody's figures fresh must not wait behind them.
 */
let stream: StreamTest;
let watched: Person;
beforeAll(async () => {
  stream = await startStreamTest();
  const [person] = await stream.addPeople(1);
  if (!person) throw new Error('nobody was added');
  watched = person;
});
afterAll(() => stream.app.stop());

/** Both clocks also run with the real one, so they are moved to the story's current time. */
function buildStory() {
  const { app } = stream;
  const beganMs = app.clock.now().getTime();
  const secondsOf = () => (app.clock.now().getTime() - beganMs) / 1000;
  return {
    secondsOf,
    moveTo: async (seconds: number): Promise<void> => {
      const leftSeconds = Math.max(0, seconds - secondsOf());
      await app.control.clock({ advanceSeconds: leftSeconds });
      app.clock.advanceSeconds(leftSeconds);
    },
  };
}

const usual = { contactsPerMinute: 25, minutes: 7 };
const tooMany = { contactsPerMinute: 70, minutes: 3 };

test('figures stay fresh while 25 new contacts are opened a minute', async () => {
  const { contactsPerMinute, minutes } = usual;
  const stepSeconds = 60 / contactsPerMinute;
  const people = await stream.addPeople(contactsPerMinute * minutes);
  expect(owed(await stream.view(watched))).toBe('0');
  await stream.app.deps.ledger.untilIdle();
  await stream.takeCalls();
  const story = buildStory();
  const troubles: unknown[] = [];
  const latencies: number[] = [];
  let [told, toldAt] = [0, 0];
  let isTold = true;
  for (const [index, person] of people.entries()) {
    await story.moveTo(index * stepSeconds);
    const { error, stale } = await stream.view(person);
    if (error || stale) troubles.push({ at: story.secondsOf(), error, stale });
    // Once a minute, somebody pays or invoices in Xero, and a webhook announces it.
    if (index % contactsPerMinute === 10) {
      await stream.addInvoice(watched.contactId, { Total: 1 });
      await stream.app.deps.changes.wake(stream.tenantId);
      [told, toldAt, isTold] = [told + 1, story.secondsOf(), false];
    }
    const view = await stream.view(watched);
    if (view.error || view.stale)
      troubles.push({ at: story.secondsOf(), watched: true, stale: view.stale, error: view.error });
    if (!isTold && view.summary?.outstandingInvoices.count === told) {
      latencies.push(story.secondsOf() - toldAt);
      isTold = true;
    }
  }
  expect(troubles).toEqual([]);
  expect(latencies).toHaveLength(minutes);
  // At the latest with the third contact opened after it.
  for (const seconds of latencies) expect(seconds).toBeLessThan(3 * stepSeconds + 2);
  expect(await stream.app.control.peak()).toMatchObject({ refused: 0 });
}, 300_000);

test('over the limit, people are told to wait and loaded figures stay fresh', async () => {
  const { contactsPerMinute, minutes } = tooMany;
  const people = await stream.addPeople(contactsPerMinute * minutes);
  await stream.view(watched);
  await stream.app.deps.ledger.untilIdle();
  const story = buildStory();
  const views: Promise<unknown>[] = [];
  const codes = new Set<string | undefined>();
  const stale: number[] = [];
  for (const [index, person] of people.entries()) {
    await story.moveTo((index * 60) / contactsPerMinute);
    views.push(stream.view(person).then(({ error }) => codes.add(error?.code)));
    const view = await stream.view(watched);
    if (view.stale || view.error) stale.push(story.secondsOf());
  }
  // Waiting callers wait on this clock.
  await story.moveTo(story.secondsOf() + 70);
  await Promise.all(views);
  expect(stale).toEqual([]);
  expect(codes).toEqual(new Set([undefined, 'calls_paced']));
  expect(await stream.app.control.peak()).toMatchObject({ refused: 0 });
}, 300_000);
