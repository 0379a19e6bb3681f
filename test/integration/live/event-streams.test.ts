import { once } from 'node:events';
import { expect, test } from 'vitest';
import { buildEventStreams } from '#server/events/event-streams.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { buildMovingClock } from '#test/support/world/moving-clock.ts';

function nothing() {
  return undefined;
}

function setStreams(most = 2, random?: () => number) {
  const clock = buildMovingClock();
  const cache: { isUp: boolean; interrupt: () => void } = { isUp: true, interrupt: nothing };
  const streams = buildEventStreams({
    clock,
    most,
    random,
    cache: {
      ping: async () => {
        if (!cache.isUp) throw new Error('away');
      },
      onInterrupted: (listener) => {
        cache.interrupt = listener;
        return () => undefined;
      },
    },
  });
  return { clock, cache, streams };
}

test('refuses a stream over the limit until another ends', async () => {
  const { streams } = setStreams(2);
  const one = streams.open('one', nothing);
  streams.open('two', nothing);
  expect(() => streams.open('three', nothing)).toThrow(expect.objectContaining({ code: 'unavailable' }));
  // A session's new stream replaces its old one.
  streams.open('two', nothing);
  one.end('session_expired');
  streams.open('three', nothing);
  expect(streams.count()).toBe(2);
  await streams.stop('stopping');
  expect(() => streams.open('four', nothing)).toThrow(expect.objectContaining({ code: 'unavailable' }));
});

test('drops a reader that does not read before it costs much', () => {
  const { streams } = setStreams();
  const stream = streams.open('slow', nothing);
  for (let count = 0; count < 2_000 && !stream.body.destroyed; count += 1) stream.send({ name: 'view' });
  expect(stream.body.destroyed).toBe(true);
  expect(stream.body.readableLength).toBeLessThan(20_000);
});

test('forgets the stream of a reader that disconnects', async () => {
  const { streams } = setStreams();
  const { body } = streams.open('gone', nothing);
  body.destroy();
  await once(body, 'close');
  expect(streams.count()).toBe(0);
});

test('ends every stream when messages may be lost or the cache fails', async () => {
  const { streams, cache, clock } = setStreams();
  const [one, two] = [streams.open('one', nothing), streams.open('two', nothing)];
  cache.interrupt();
  expect([one.over.aborted, two.over.aborted]).toEqual([true, true]);
  const three = streams.open('three', nothing);
  cache.isUp = false;
  clock.advanceSeconds(15);
  await waitUntil(() => three.over.aborted, 'the stream to end');
  expect(String(three.body.read())).toContain('event: end\ndata: {"reason":"unavailable"}\n\n');
  await streams.stop('stopping');
});

test('thousands are told to refresh over ten seconds, a few at once', async () => {
  const { streams } = setStreams(5_000, () => 0.5);
  for (let index = 0; index < 50; index += 1) streams.open(`few ${index}`, nothing);
  expect(streams.spreadMs()).toBe(0);
  for (let index = 50; index < 5_000; index += 1) streams.open(`many ${index}`, nothing);
  expect(streams.spreadMs()).toBe(5_000);
  await streams.stop('stopping');
});

test('lets other work run while a thousand get their heartbeat', async () => {
  const { streams, clock } = setStreams(1_000);
  let beats = 0;
  const countBeat = () => {
    beats += 1;
  };
  for (let index = 0; index < 1_000; index += 1) streams.open(`stream ${index}`, countBeat);
  clock.advanceSeconds(15);
  const seen = [0];
  while (beats < 1_000) {
    await new Promise((resolve) => setImmediate(resolve));
    seen.push(beats);
  }
  expect(Math.max(...seen.map((count, index) => count - (seen[index - 1] ?? 0)))).toBeLessThanOrEqual(200);
  await streams.stop('stopping');
});
