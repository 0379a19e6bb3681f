import { expect, test } from 'vitest';
import { inSpread } from '#server/events/in-spread.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { buildMovingClock } from '#test/support/world/moving-clock.ts';

function turn() {
  return new Promise((resolve) => setImmediate(resolve));
}

function setSpread(waitMs: number) {
  const clock = buildMovingClock();
  const over = new AbortController();
  const acts = { count: 0 };
  const act = () => {
    acts.count += 1;
  };
  const ask = inSpread(act, { clock, waitMs: () => waitMs, signal: over.signal });
  return { clock, over, acts, ask };
}

test('without a delay, each call runs at once', () => {
  const { ask, acts } = setSpread(0);
  ask();
  ask();
  expect(acts.count).toBe(2);
});

test('calls during a wait are done once, after it', async () => {
  const { ask, acts, clock } = setSpread(600_000);
  ask();
  ask();
  clock.advanceSeconds(599);
  await turn();
  expect(acts.count).toBe(0);
  clock.advanceSeconds(2);
  await waitUntil(() => acts.count > 0, 'the act');
  expect(acts.count).toBe(1);
  ask();
  clock.advanceSeconds(601);
  await waitUntil(() => acts.count > 1, 'the second act');
  expect(acts.count).toBe(2);
});

test('does nothing when it ends before the delay', async () => {
  const { ask, acts, over, clock } = setSpread(600_000);
  ask();
  over.abort();
  clock.advanceSeconds(601);
  await turn();
  expect(acts.count).toBe(0);
});
