import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cache } from '#server/cache/cache.ts';
import { limits, noonMs } from './governor.ts';

/** Some callers come at once, some leave, time moves on. */
const stepArbitrary = fc.record({
  callers: fc.integer({ min: 3, max: 12 }),
  leavers: fc.integer({ min: 2, max: 8 }),
  // Mostly busy, so that the minute fills; now and then just before or after the first calls leave it.
  waitMs: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 400 }) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 8_000 }) },
    // Twice the first of these is still less than the two minutes after which slots lapse.
    { weight: 1, arbitrary: fc.integer({ min: 55_000, max: 59_900 }) },
    { weight: 1, arbitrary: fc.integer({ min: 60_001, max: 62_000 }) },
  ),
});
type Step = { callers: number; leavers: number; waitMs: number };

/** A minute as Xero rolls it, without the second that is ours. */
const minuteMs = 60_000;

export const governorModelSuite = (cache: () => Cache): void => {
  describe('governor, whatever the order', () => {
    test('then never more than five are in flight, nor sixty in any rolling minute, and nobody waits for nothing', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(stepArbitrary, { minLength: 30, maxLength: 60 }), (steps) => follow(cache(), steps)),
        { numRuns: 20 },
      );
    });
  });
};

const follow = async ({ governor }: Cache, steps: readonly Step[]): Promise<void> => {
  const organisation = randomUUID();
  const inFlight: string[] = [];
  const begun: number[] = [];
  let nowMs = noonMs;
  for (const { callers, leavers, waitMs } of steps) {
    const asked = Array.from({ length: callers }, () => governor.tryEnter(organisation, nowMs, limits));
    for (const admission of await Promise.all(asked)) {
      if (admission.isAdmitted) {
        inFlight.push(admission.slot);
        begun.push(nowMs);
      } else {
        expect(admission.reason).toBe(expectedRefusal(inFlight, begun, nowMs));
      }
    }
    expect(inFlight.length).toBeLessThanOrEqual(limits.inFlight);
    expect(begun.filter((ms) => ms > nowMs - minuteMs).length).toBeLessThanOrEqual(limits.perMinute);
    for (const slot of inFlight.splice(0, leavers)) await governor.leave(organisation, slot);
    nowMs += waitMs;
    // Slots lapse after two minutes; the model lets them go well before.
    const isIdle = waitMs > minuteMs || nowMs - (begun.at(-1) ?? nowMs) > minuteMs;
    for (const slot of isIdle ? inFlight.splice(0) : []) await governor.leave(organisation, slot);
  }
  expect((await governor.usage(organisation, nowMs)).callsToday).toBe(begun.length);
};

const expectedRefusal = (inFlight: readonly string[], begun: readonly number[], nowMs: number): string => {
  const inWindow = begun.filter((ms) => ms > nowMs - minuteMs - 1_000).length;
  if (inWindow >= limits.perMinute) return 'minute';
  return inFlight.length >= limits.inFlight ? 'in_flight' : 'none';
};
