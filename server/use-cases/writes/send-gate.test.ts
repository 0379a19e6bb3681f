import { describe, expect, test } from 'vitest';
import { buildSendGate } from './send-gate.ts';

/** Two clocks that a test moves independently. */
function newTimes() {
  const at = { wallMs: Date.parse('2026-11-29T10:00:00.000Z'), steadyMs: 1000 };
  const times = { now: () => new Date(at.wallMs), steadyMs: () => at.steadyMs };
  const move = (wallMs: number, steadyMs: number): void => {
    at.wallMs += wallMs;
    at.steadyMs += steadyMs;
  };
  return { times, move };
}

const minuteMs = 60_000;

describe('before the bytes leave', () => {
  test.each([
    ['at once', 0, 0, true],
    ['after five seconds', 5_000, 5_000, true],
    ['a moment later', 5_001, 5_001, false],
    ['after the process was stopped for seven minutes', 7 * minuteMs, 7 * minuteMs, false],
    ['after the machine slept for seven minutes, which the steady time does not count', 7 * minuteMs, 0, false],
    ['after seven minutes that the time of day was set back by', 0, 7 * minuteMs, false],
    ['after the time of day was set back by an hour', -60 * minuteMs, 10, false],
  ])('asked %s, it answers so', async (_when, wallMs, steadyMs, mayLeave) => {
    const { times, move } = newTimes();
    const isStillOurs = await buildSendGate(times, async () => true)();
    move(wallMs, steadyMs);
    expect(isStillOurs()).toBe(mayLeave);
  });

  test('sends nothing when storing the mark took too long', async () => {
    const { times, move } = newTimes();
    const gate = buildSendGate(times, async () => {
      move(6_000, 6_000);
      return true;
    });
    expect((await gate())()).toBe(false);
  });

  test('sends nothing when the lease was lost', async () => {
    const gate = buildSendGate(newTimes().times, async () => false);
    await expect(gate()).rejects.toMatchObject({ code: 'outcome_unknown', details: { retryAfterSeconds: 1 } });
  });
});
