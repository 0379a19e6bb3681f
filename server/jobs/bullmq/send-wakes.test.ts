import { expect, test } from 'vitest';
import type { SyncPlace } from '#server/sync-place.ts';
import { buildWakeSender } from './send-wakes.ts';

const place = { workspaceId: 'fieldnote', organisationId: 'a' };
const other = { workspaceId: 'fieldnote', organisationId: 'b' };

function open() {
  const adding: { place: SyncPlace; end(): void; fail(error: Error): void }[] = [];
  const away: unknown[] = [];
  const lost: SyncPlace[] = [];
  const add = (added: SyncPlace) =>
    new Promise<void>((resolve, reject) => adding.push({ place: added, end: resolve, fail: reject }));
  const sender = buildWakeSender({ add, onAway: (error) => away.push(error) }, (place) => lost.push(place));
  return { sender, adding, away, lost };
}

test('wake-ups of a place that is being added are one more, and other places do not wait', async () => {
  const { sender, adding } = open();
  for (let n = 0; n < 1000; n += 1) sender.send(place);
  sender.send(other);
  expect(adding.map((each) => each.place)).toEqual([place, other]);
  const sent = sender.untilSent();
  for (const { end } of adding) end();
  await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
  expect(adding.map((each) => each.place)).toEqual([place, other, place]);
  adding[2]?.end();
  await sent;
  expect(adding).toHaveLength(3);
});

test('what cannot be added is lost one by one, and an outage is told once', async () => {
  const { sender, adding, away, lost } = open();
  const fail = async (given: SyncPlace) => {
    const error = new Error('The client is offline');
    sender.send(given);
    adding.at(-1)?.fail(error);
    await sender.untilSent();
    return error;
  };
  const first = await fail(place);
  await fail(other);
  expect([away, lost]).toEqual([[first], [place, other]]);
  sender.send(place);
  adding.at(-1)?.end();
  await sender.untilSent();
  const next = await fail(place);
  expect(away).toEqual([first, next]);
});
