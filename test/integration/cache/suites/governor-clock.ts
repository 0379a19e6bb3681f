import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cache } from '#server/cache/cache.ts';
import { limits, noonMs } from './governor.ts';

const hourMs = 3_600_000;

function buildCallers(cache: () => Cache) {
  const enter = (organisationId: string, nowMs: number, change: Partial<typeof limits> = {}) =>
    cache().governor.tryEnter(organisationId, nowMs, { ...limits, ...change });
  const fill = async (organisationId: string, calls: number, nowMs: number): Promise<void> => {
    for (let call = 0; call < calls; call += 1) {
      const admission = await enter(organisationId, nowMs);
      if (!admission.isAdmitted) throw new Error(`not admitted: ${admission.reason}`);
      await cache().governor.leave(organisationId, admission.slot, nowMs);
    }
  };
  return { enter, fill };
}

/** A clock that is set back, by hand or by a time service. */
export function movedClockGovernorSuite(cache: () => Cache): void {
  const { enter, fill } = buildCallers(cache);

  describe('governor, when the clock is set back by an hour', () => {
    test('with a full minute, there is room again after a minute', async () => {
      const organisation = randomUUID();
      await fill(organisation, 60, noonMs);
      const backMs = noonMs - hourMs;
      expect(await enter(organisation, backMs)).toEqual({ isAdmitted: false, reason: 'minute', waitMs: 61_000 });
      expect(await enter(organisation, backMs + 60_999)).toMatchObject({ reason: 'minute' });
      expect(await enter(organisation, backMs + 61_000)).toMatchObject({ isAdmitted: true });
    });

    test('and a call was in flight, then it counts for a minute after its end', async () => {
      const organisation = randomUUID();
      const admission = await enter(organisation, noonMs);
      const backMs = noonMs - hourMs;
      await cache().governor.leave(organisation, admission.isAdmitted ? admission.slot : '', backMs);
      const one = { perMinute: 1 };
      expect(await enter(organisation, backMs + 60_999, one)).toMatchObject({ reason: 'minute' });
      expect(await enter(organisation, backMs + 61_000, one)).toMatchObject({ isAdmitted: true });
    });

    test.each(['minute', 'day'] as const)(
      'and Xero had asked to wait a %s, then as long as it asked for',
      async (reason) => {
        const organisation = randomUUID();
        await cache().governor.pause(organisation, noonMs, { forMs: 30_000, reason });
        const backMs = noonMs - hourMs;
        const refusal = { isAdmitted: false, reason: `paused_${reason}`, untilMs: backMs + 30_000 };
        expect(await enter(organisation, backMs)).toEqual(refusal);
        const { pausedUntilMs } = await cache().governor.usage(organisation, backMs + 10_000);
        expect(pausedUntilMs).toBe(backMs + 30_000);
        // A wait that Xero asks for now is measured by the new clock.
        await cache().governor.pause(organisation, backMs + 10_000, { forMs: 5_000, reason });
        expect(await enter(organisation, backMs + 29_999)).toEqual(refusal);
        expect(await enter(organisation, backMs + 30_000)).toMatchObject({ isAdmitted: true });
      },
    );
  });
}

export function movedDayGovernorSuite(cache: () => Cache): void {
  const { enter } = buildCallers(cache);

  describe('governor, when the clock is set back', () => {
    test('over midnight, the day’s calls still count until that day ends', async () => {
      const organisation = randomUUID();
      const midnightMs = noonMs + 12 * hourMs;
      const day = { perDay: 3 };
      for (let call = 0; call < 2; call += 1) await enter(organisation, midnightMs + 60_000, day);
      const backMs = midnightMs + 60_000 - hourMs;
      expect(await cache().governor.usage(organisation, backMs)).toMatchObject({ callsToday: 2 });
      expect(await enter(organisation, backMs, day)).toMatchObject({ isAdmitted: true });
      expect(await enter(organisation, backMs, day)).toEqual({ isAdmitted: false, reason: 'day', untilMs: midnightMs });
      expect(await enter(organisation, midnightMs, day)).toMatchObject({ isAdmitted: true });
    });

    test('by years, the day ends at the next midnight', async () => {
      const organisation = randomUUID();
      const day = { perDay: 1 };
      await enter(organisation, noonMs + 3 * 365 * 24 * hourMs, day);
      expect(await enter(organisation, noonMs, day)).toMatchObject({ reason: 'day', untilMs: noonMs + 12 * hourMs });
      expect(await enter(organisation, noonMs + 12 * hourMs, day)).toMatchObject({ isAdmitted: true });
    });
  });
}

export function apartClocksGovernorSuite(cache: () => Cache): void {
  const { enter, fill } = buildCallers(cache);

  describe('governor, when the clocks of two processes differ by some seconds', () => {
    test('then what the one ahead notes holds for both as it was noted', async () => {
      const organisation = randomUUID();
      const aheadMs = noonMs + 5_000;
      await fill(organisation, 60, aheadMs);
      expect(await enter(organisation, noonMs)).toEqual({ isAdmitted: false, reason: 'minute', waitMs: 66_000 });
      await cache().governor.pause(organisation, aheadMs, { forMs: 120_000, reason: 'minute' });
      const untilMs = aheadMs + 120_000;
      expect(await enter(organisation, noonMs)).toEqual({ isAdmitted: false, reason: 'paused_minute', untilMs });
    });
  });
}

const step = fc.record({
  calls: fc.integer({ min: 1, max: 25 }),
  passMs: fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 0, max: 9_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: 55_000, max: 62_000 }) },
  ),
  backMs: fc.oneof(
    { weight: 6, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 130_000 }) },
    { weight: 1, arbitrary: fc.constant(hourMs) },
  ),
});

export function unsteadyClockGovernorSuite(cache: () => Cache): void {
  const { enter } = buildCallers(cache);

  describe('governor, however often the clock is set back', () => {
    test('no real minute exceeds sixty calls, and waits stay near two', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40 }), async (steps) => {
          const organisation = randomUUID();
          const called: number[] = [];
          let [trueMs, aheadMs] = [noonMs, 0];
          for (const { calls, passMs, backMs } of steps) {
            aheadMs -= backMs;
            for (let call = 0; call < calls; call += 1) {
              const admission = await enter(organisation, trueMs + aheadMs);
              if (!admission.isAdmitted) break;
              called.push(trueMs);
              await cache().governor.leave(organisation, admission.slot, trueMs + aheadMs);
            }
            expect(called.filter((atMs) => atMs > trueMs - 60_000).length).toBeLessThanOrEqual(limits.perMinute);
            trueMs += passMs;
          }
          expect(await enter(organisation, trueMs + aheadMs + 2 * 61_000)).toMatchObject({ isAdmitted: true });
        }),
        { numRuns: 25 },
      );
    });
  });
}
