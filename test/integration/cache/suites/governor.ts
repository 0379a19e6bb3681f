import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Cache } from '#server/cache/cache.ts';

export const limits = { inFlight: 5, perMinute: 60, perDay: 1_000 };
/** Noon UTC, far from midnight. */
export const noonMs = Date.UTC(2026, 2, 14, 12);

function buildCallers(cache: () => Cache) {
  const enter = (organisationId: string, nowMs = noonMs, change: Partial<typeof limits> = {}) =>
    cache().governor.tryEnter(organisationId, nowMs, { ...limits, ...change });
  const pass = async (organisationId: string, nowMs: number): Promise<void> => {
    const admission = await enter(organisationId, nowMs);
    if (!admission.isAdmitted) throw new Error(`not admitted: ${admission.reason}`);
    await cache().governor.leave(organisationId, admission.slot, nowMs);
  };
  return { enter, pass };
}

export function governorSuite(cache: () => Cache): void {
  const { enter, pass } = buildCallers(cache);

  describe('governor', () => {
    test('a sixth call waits until one of five ends', async () => {
      const organisation = randomUUID();
      const admissions = await Promise.all(Array.from({ length: 8 }, () => enter(organisation)));
      const slots = admissions.flatMap((admission) => (admission.isAdmitted ? [admission.slot] : []));
      expect(new Set(slots).size).toBe(5);
      expect(await enter(organisation)).toEqual({ isAdmitted: false, reason: 'in_flight', waitMs: expect.any(Number) });
      await cache().governor.leave(organisation, slots[0] ?? '', noonMs);
      await cache().governor.leave(organisation, slots[0] ?? '', noonMs);
      expect(await enter(organisation)).toMatchObject({ isAdmitted: true });
      expect(await enter(organisation)).toMatchObject({ reason: 'in_flight' });
      expect(await enter(randomUUID())).toMatchObject({ isAdmitted: true });
    });

    test('after sixty calls in a minute, the next waits for the first', async () => {
      const organisation = randomUUID();
      for (let call = 0; call < 60; call += 1) await pass(organisation, noonMs + call * 100);
      const refusal = await enter(organisation, noonMs + 30_000);
      expect(refusal).toEqual({ isAdmitted: false, reason: 'minute', waitMs: 31_000 });
      expect(await enter(organisation, noonMs + 60_999)).toMatchObject({ reason: 'minute' });
      await pass(organisation, noonMs + 61_000);
      expect(await enter(organisation, noonMs + 61_050)).toMatchObject({ reason: 'minute', waitMs: 50 });
    });

    test('a slow call counts for a minute after its end', async () => {
      const organisation = randomUUID();
      const slow = await enter(organisation);
      const slot = slow.isAdmitted ? slow.slot : '';
      for (let call = 1; call < 60; call += 1) await pass(organisation, noonMs);
      await cache().governor.leave(organisation, slot, noonMs + 15_000);
      for (let call = 1; call < 60; call += 1) await pass(organisation, noonMs + 61_000);
      expect(await enter(organisation, noonMs + 61_000)).toEqual({
        isAdmitted: false,
        reason: 'minute',
        waitMs: 15_000,
      });
      await pass(organisation, noonMs + 76_000);
    });

    test('no call enters before midnight UTC once the day is used up', async () => {
      const organisation = randomUUID();
      const day = { perDay: 3 };
      for (let call = 0; call < 3; call += 1) await enter(organisation, noonMs, day);
      const midnightMs = noonMs + 12 * 60 * 60 * 1_000;
      expect(await enter(organisation, noonMs + 1, day)).toEqual({
        isAdmitted: false,
        reason: 'day',
        untilMs: midnightMs,
      });
      expect(await cache().governor.usage(organisation, noonMs)).toEqual({ callsToday: 3, pausedUntilMs: null });
      expect(await enter(organisation, midnightMs, day)).toMatchObject({ isAdmitted: true });
      expect(await cache().governor.usage(organisation, midnightMs)).toEqual({ callsToday: 1, pausedUntilMs: null });
    });
  });
}

export function correctedGovernorSuite(cache: () => Cache): void {
  const { enter, pass } = buildCallers(cache);

  describe('governor, corrected by Xero', () => {
    test('no call enters while Xero asks to wait; a shorter pause is ignored', async () => {
      const organisation = randomUUID();
      await cache().governor.pause(organisation, noonMs, { forMs: 30_000, reason: 'minute' });
      await cache().governor.pause(organisation, noonMs, { forMs: 10_000, reason: 'day' });
      const untilMs = noonMs + 30_000;
      expect(await enter(organisation, noonMs)).toEqual({ isAdmitted: false, reason: 'paused_minute', untilMs });
      expect(await cache().governor.usage(organisation, noonMs)).toEqual({ callsToday: 0, pausedUntilMs: untilMs });
      await cache().governor.pause(organisation, noonMs, { forMs: 90_000, reason: 'day' });
      expect(await enter(organisation, untilMs)).toEqual({
        isAdmitted: false,
        reason: 'paused_day',
        untilMs: noonMs + 90_000,
      });
      expect(await enter(organisation, noonMs + 90_000)).toMatchObject({ isAdmitted: true });
      expect(await cache().governor.usage(organisation, noonMs + 90_000)).toMatchObject({ pausedUntilMs: null });
    });

    test('takes Xero’s counts when they are higher', async () => {
      const organisation = randomUUID();
      await pass(organisation, noonMs);
      await cache().governor.correct(organisation, noonMs, { day: 400, minute: 2 }, limits);
      expect(await cache().governor.usage(organisation, noonMs)).toMatchObject({ callsToday: 600 });
      await pass(organisation, noonMs + 1);
      await pass(organisation, noonMs + 1);
      expect(await enter(organisation, noonMs + 2)).toMatchObject({ reason: 'minute' });
    });

    test('calls in flight count beside those that Xero counts', async () => {
      const organisation = randomUUID();
      for (let call = 0; call < 3; call += 1) await enter(organisation);
      await cache().governor.correct(organisation, noonMs, { minute: 5 }, limits);
      // Xero says 55 of 60. The three in flight may not be counted yet.
      expect(await enter(organisation)).toMatchObject({ isAdmitted: true });
      expect(await enter(organisation)).toMatchObject({ isAdmitted: true });
      for (const _ of [1, 2])
        expect(await enter(organisation)).toMatchObject({ reason: expect.stringMatching(/minute|in_flight/) });
      expect(await enter(organisation, noonMs, { inFlight: 100 })).toMatchObject({ reason: 'minute' });
    });

    test('keeps its own counts when Xero’s are lower or missing', async () => {
      const organisation = randomUUID();
      for (let call = 0; call < 4; call += 1) await pass(organisation, noonMs);
      await cache().governor.correct(organisation, noonMs, { day: 1_000, minute: 60 }, limits);
      await cache().governor.correct(organisation, noonMs, {}, limits);
      await cache().governor.correct(organisation, noonMs, { day: 5_000, minute: 99 }, limits);
      expect(await cache().governor.usage(organisation, noonMs)).toMatchObject({ callsToday: 4 });
    });
  });
}

export function lowerLimitGovernorSuite(cache: () => Cache): void {
  const { enter, pass } = buildCallers(cache);

  describe('governor, of a caller with a lower limit', () => {
    test('a caller with a lower limit waits until there is room for it', async () => {
      const organisation = randomUUID();
      for (let call = 0; call < 50; call += 1) await pass(organisation, noonMs + call * 1_000);
      const half = { perMinute: 30 };
      // Twenty-one of the fifty must leave the minute first; the last of those came at 20 s.
      const refusal = { isAdmitted: false, reason: 'minute', waitMs: 31_000 };
      expect(await enter(organisation, noonMs + 50_000, half)).toEqual(refusal);
      expect(await enter(organisation, noonMs + 80_999, half)).toMatchObject({ reason: 'minute' });
      expect(await enter(organisation, noonMs + 81_000, half)).toMatchObject({ isAdmitted: true });
    });
  });
}
