import { randomUUID } from 'node:crypto';
import type { Admission, GovernorLimits, GovernorRemaining, GovernorState } from '../cache.ts';
import { dayMs, slotWaitMs, windowMs } from '../governor-rules.ts';

/** A call without a slot is one that Xero counted and we have forgotten. */
type Call = { slot?: string; atMs: number };

type Counts = {
  slots: Set<string>;
  /** The calls of the rolling minute, oldest first, each with its start or, once finished, its end. */
  calls: Call[];
  /** The day (as days since 1970) and the number of calls on it. */
  day: { number: number; calls: number };
  /** By the clock of the caller that set it. */
  pause: { fromMs: number; untilMs: number; reason: 'minute' | 'day' } | null;
};

export function buildMemoryGovernor(): GovernorState {
  const organisations = new Map<string, Counts>();
  const countsAt = (organisationId: string, nowMs: number): Counts => {
    const counts = organisations.get(organisationId) ?? newCounts();
    organisations.set(organisationId, counts);
    followClock(counts, nowMs);
    forgetOld(counts, nowMs);
    return counts;
  };
  return {
    tryEnter: async (organisationId, nowMs, limits) => {
      const counts = countsAt(organisationId, nowMs);
      return findRefusal(counts, nowMs, limits) ?? admit(counts, nowMs);
    },
    leave: async (organisationId, slot, nowMs) => {
      if (organisations.has(organisationId)) leave(countsAt(organisationId, nowMs), slot, nowMs);
    },
    pause: async (organisationId, nowMs, { forMs, reason }) => {
      const counts = countsAt(organisationId, nowMs);
      const untilMs = nowMs + forMs;
      if (untilMs > (counts.pause?.untilMs ?? 0)) counts.pause = { fromMs: nowMs, untilMs, reason };
    },
    correct: async (organisationId, nowMs, remaining, limits) =>
      correct(countsAt(organisationId, nowMs), nowMs, remaining, limits),
    usage: async (organisationId, nowMs) => {
      const { day, pause } = countsAt(organisationId, nowMs);
      return { callsToday: day.calls, pausedUntilMs: pause === null ? null : pause.untilMs };
    },
  };
}

function newCounts(): Counts {
  return { slots: new Set(), calls: [], day: { number: 0, calls: 0 }, pause: null };
}

/** After the clock was set back, times ahead of it count as now, so that nobody waits for the same time twice. */
function followClock(counts: Counts, nowMs: number): void {
  const ahead = counts.calls.splice(counts.calls.findLastIndex(({ atMs }) => atMs <= nowMs + windowMs) + 1);
  if (ahead.length > 0) {
    insertCalls(
      counts.calls,
      ahead.map((call) => ({ ...call, atMs: nowMs })),
    );
  }
  const { pause, day } = counts;
  if (pause !== null && pause.fromMs > nowMs + windowMs) {
    counts.pause = { ...pause, fromMs: nowMs, untilMs: nowMs + pause.untilMs - pause.fromMs };
  }
  const today = Math.floor(nowMs / dayMs);
  if (day.number > today) counts.day = { number: today, calls: day.calls };
}

function forgetOld(counts: Counts, nowMs: number): void {
  counts.calls = counts.calls.filter(({ atMs }) => atMs > nowMs - windowMs);
  if (counts.pause !== null && counts.pause.untilMs <= nowMs) counts.pause = null;
  const today = Math.floor(nowMs / dayMs);
  if (counts.day.number !== today) counts.day = { number: today, calls: 0 };
}

function findRefusal(counts: Counts, nowMs: number, limits: GovernorLimits): Admission | undefined {
  const { pause, day, slots, calls } = counts;
  if (pause !== null) return { isAdmitted: false, reason: `paused_${pause.reason}`, untilMs: pause.untilMs };
  if (day.calls >= limits.perDay) return { isAdmitted: false, reason: 'day', untilMs: (day.number + 1) * dayMs };
  if (calls.length >= limits.perMinute) {
    return { isAdmitted: false, reason: 'minute', waitMs: toWaitMs(calls, nowMs, limits) };
  }
  if (slots.size >= limits.inFlight) return { isAdmitted: false, reason: 'in_flight', waitMs: slotWaitMs };
  return undefined;
}

/** How long until enough calls have left the minute for this caller's limit, which may be lower than others'. */
function toWaitMs(calls: readonly Call[], nowMs: number, { perMinute }: GovernorLimits): number {
  return (calls[calls.length - perMinute]?.atMs ?? nowMs) + windowMs - nowMs;
}

function admit(counts: Counts, nowMs: number): Admission {
  const slot = randomUUID();
  counts.slots.add(slot);
  insertCalls(counts.calls, [{ slot, atMs: nowMs }]);
  counts.day.calls += 1;
  return { isAdmitted: true, slot };
}

function leave(counts: Counts, slot: string, nowMs: number): void {
  counts.slots.delete(slot);
  const index = counts.calls.findIndex((call) => call.slot === slot);
  const [call] = index < 0 ? [] : counts.calls.splice(index, 1);
  if (call !== undefined) insertCalls(counts.calls, [{ slot, atMs: Math.max(call.atMs, nowMs) }]);
}

/**
 * If Xero counted more calls than we remember, we lost some. Take Xero's count plus the calls in flight, which may not
 * have reached Xero yet.
 */
function correct(counts: Counts, nowMs: number, remaining: GovernorRemaining, limits: GovernorLimits): void {
  const inFlight = counts.slots.size;
  const usedOf = (limit: number, left: number): number => Math.min(limit, Math.max(0, limit - left));
  if (remaining.day !== undefined) {
    const used = usedOf(limits.perDay, remaining.day);
    if (used > counts.day.calls) counts.day.calls = used;
  }
  if (remaining.minute !== undefined) {
    const used = usedOf(limits.perMinute, remaining.minute);
    const missing = Math.min(limits.perMinute, used + inFlight) - counts.calls.length;
    if (used > counts.calls.length)
      insertCalls(
        counts.calls,
        Array.from({ length: missing }, () => ({ atMs: nowMs })),
      );
  }
}

/** Keeps the list sorted even when the callers' clocks differ. */
function insertCalls(calls: Call[], added: readonly Call[]): void {
  const atMs = added[0]?.atMs ?? 0;
  calls.splice(calls.findLastIndex((other) => other.atMs <= atMs) + 1, 0, ...added);
}
