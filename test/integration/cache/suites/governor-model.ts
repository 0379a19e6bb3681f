import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cache } from '#server/cache/cache.ts';
import { limits, noonMs } from './governor.ts';

/** Some callers arrive at once, some leave, time passes. */
const stepArbitrary = fc.record({
  callers: fc.integer({ min: 3, max: 12 }),
  leavers: fc.integer({ min: 2, max: 8 }),
  // Mostly short waits, so that the minute fills; sometimes just before or after the first calls leave it.
  waitMs: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 400 }) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 8_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: 55_000, max: 59_900 }) },
    { weight: 1, arbitrary: fc.integer({ min: 60_001, max: 62_000 }) },
  ),
});
type Call = { beganMs: number; endedMs: number | null };
type Step = { callers: number; leavers: number; waitMs: number };

/** Xero's rolling minute, without our extra second. */
const minuteMs = 60_000;

export function governorModelSuite(cache: () => Cache): void {
  describe('governor, whatever the order', () => {
    test('never more than five in flight or sixty a minute, without idle waits', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(stepArbitrary, { minLength: 30, maxLength: 60 }), (steps) => follow(cache(), steps)),
        { numRuns: 20 },
      );
    });
  });
}

async function follow({ governor }: Cache, steps: readonly Step[]): Promise<void> {
  const organisation = randomUUID();
  const inFlight: { slot: string; call: Call }[] = [];
  const calls: Call[] = [];
  const end = async ({ slot, call }: (typeof inFlight)[number], endMs: number): Promise<void> => {
    call.endedMs = endMs;
    await governor.leave(organisation, slot, endMs);
  };
  let nowMs = noonMs;
  for (const { callers, leavers, waitMs } of steps) {
    const asked = Array.from({ length: callers }, () => governor.tryEnter(organisation, nowMs, limits));
    for (const admission of await Promise.all(asked)) {
      if (admission.isAdmitted) {
        const call = { beganMs: nowMs, endedMs: null };
        inFlight.push({ slot: admission.slot, call });
        calls.push(call);
      } else {
        expect(admission.reason).toBe(expectedRefusal(inFlight.length, calls, nowMs));
      }
    }
    expect(inFlight.length).toBeLessThanOrEqual(limits.inFlight);
    expect(countInMinute(calls, nowMs - minuteMs)).toBeLessThanOrEqual(limits.perMinute);
    for (const one of inFlight.splice(0, leavers)) await end(one, nowMs);
    nowMs += waitMs;
    // No call lasts longer than a minute. They are in the order in which they began.
    const isOver = ({ call }: (typeof inFlight)[number]): boolean => nowMs - call.beganMs > minuteMs;
    for (const one of inFlight.filter(isOver)) await end(one, one.call.beganMs + minuteMs);
    inFlight.splice(0, inFlight.filter(isOver).length);
  }
  expect((await governor.usage(organisation, nowMs)).callsToday).toBe(calls.length);
}

/** Xero may have counted a call at its very end. */
function countInMinute(calls: readonly Call[], afterMs: number): number {
  return calls.filter(({ beganMs, endedMs }) => (endedMs ?? beganMs) > afterMs).length;
}

function expectedRefusal(inFlight: number, calls: readonly Call[], nowMs: number): string {
  if (countInMinute(calls, nowMs - minuteMs - 1_000) >= limits.perMinute) return 'minute';
  return inFlight >= limits.inFlight ? 'in_flight' : 'none';
}
