import { describe, expect, test } from 'vitest';
import {
  allTracks,
  findDue,
  findDueMs,
  fullWakes,
  moneyTracks,
  refillWakes,
  toDueMs,
  toIntervalMs,
  toRoundBackoffMs,
  toWakesEveryMs,
} from './pace.ts';
import type { StreamState } from './stream-state.ts';

const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;
const midnightMs = Date.UTC(2026, 10, 22);
const noonMs = midnightMs + 12 * hours;
function instant(ms: number) {
  return new Date(ms).toISOString();
}

describe('the interval', () => {
  // A round costs 1.6 calls on average, and the stream may use half of what is left: 500 calls are 312.5 rounds a day.
  test.each([
    ['at midnight, with 1,000 calls', midnightMs, 0, 276_480],
    ['at noon, with 1,000 left for half of the day', noonMs, 0, 138_240],
    ['at noon, with 200 left', noonMs, 800, 691_200],
    ['at noon, with so few left that an hour is all it may take', noonMs, 970, 1 * hours],
    ['when nothing is left', noonMs, 1000, 1 * hours],
    ['when more was called than there is', noonMs, 1200, 1 * hours],
    ['a quarter of an hour before midnight, with plenty left', midnightMs + 23.75 * hours, 0, 1 * minutes],
  ])('%s', (_when, nowMs, callsToday, intervalMs) => {
    expect(toIntervalMs({ callsToday, dailyCalls: 1000 }, nowMs)).toBe(intervalMs);
  });

  test('uses at most half of the remaining calls until midnight', () => {
    for (const callsToday of [0, 100, 500, 800, 900]) {
      for (const nowMs of [midnightMs, noonMs, midnightMs + 20 * hours]) {
        const left = 1000 - callsToday;
        const rounds = (midnightMs + 24 * hours - nowMs) / toIntervalMs({ callsToday, dailyCalls: 1000 }, nowMs);
        expect(rounds * 1.6).toBeLessThanOrEqual(left / 2 + 0.01);
      }
    }
  });
});

describe('when each track is due', () => {
  test('quotes come every third time, contacts every tenth', () => {
    const dueAfter = (track: 'invoices' | 'quotes' | 'contacts') => toDueMs(2 * minutes, track, noonMs) - noonMs;
    expect([dueAfter('invoices'), dueAfter('quotes'), dueAfter('contacts')]).toEqual([
      2 * minutes,
      6 * minutes,
      20 * minutes,
    ]);
  });

  test('no wait goes past midnight, but a minute always passes', () => {
    const lateMs = midnightMs + 22 * hours;
    expect(toDueMs(1 * hours, 'contacts', lateMs)).toBe(midnightMs + 24 * hours);
    expect(toDueMs(1 * hours, 'invoices', lateMs)).toBe(lateMs + 1 * hours);
    const lastMs = midnightMs + 24 * hours - 10 * seconds;
    expect(toDueMs(1 * hours, 'invoices', lastMs)).toBe(lastMs + 1 * minutes);
  });
});

function state(change: Partial<StreamState> = {}): StreamState {
  const track = (dueMs: number) => ({ cursor: '', asOf: '', dueAt: instant(dueMs), freshUntil: instant(dueMs) });
  return {
    epoch: 'epoch',
    invoices: track(noonMs + 1 * minutes),
    quotes: track(noonMs + 3 * minutes),
    contacts: track(noonMs + 10 * minutes),
    dirtyAt: null,
    roundAt: instant(noonMs),
    wakes: fullWakes(noonMs),
    failure: null,
    ...change,
  };
}
function dueAt(change: Partial<StreamState>, nowMs = noonMs + 1 * seconds) {
  return findDueMs(state(change), allTracks, nowMs) - noonMs;
}

describe('what is due', () => {
  test('the next of the tracks that are asked about', () => {
    expect(dueAt({})).toBe(1 * minutes);
    const contacts = { ...state().contacts, dueAt: instant(noonMs) };
    expect(findDueMs(state({ contacts }), allTracks, noonMs)).toBe(noonMs);
    expect(findDueMs(state({ contacts }), moneyTracks, noonMs)).toBe(noonMs + 1 * minutes);
  });

  test('a webhook brings invoices forward, two seconds after the last round', () => {
    expect(dueAt({ dirtyAt: instant(noonMs) })).toBe(2 * seconds);
    const woken = state({ dirtyAt: instant(noonMs) });
    expect(findDue(woken, noonMs + 2 * seconds - 1)).toEqual({ tracks: new Set(), isWoken: false });
    expect(findDue(woken, noonMs + 2 * seconds)).toEqual({ tracks: new Set(['invoices']), isWoken: true });
    expect(findDue(woken, noonMs + 1 * minutes)).toEqual({ tracks: new Set(['invoices']), isWoken: false });
    expect(findDue(woken, noonMs + 3 * minutes).tracks).toEqual(new Set(['invoices', 'quotes']));
  });

  test('used-up webhook rounds are refilled one by one', () => {
    const dirtyAt = instant(noonMs);
    const wakes = { left: 0, at: instant(noonMs - 20 * seconds), everyMs: 1 * minutes };
    expect(dueAt({ dirtyAt, wakes })).toBe(40 * seconds);
    expect(findDue(state({ dirtyAt, wakes }), noonMs + 40 * seconds - 1).isWoken).toBe(false);
    expect(findDue(state({ dirtyAt, wakes }), noonMs + 40 * seconds).isWoken).toBe(true);
  });

  test('after a failure, nothing is asked before its time', () => {
    const failure = {
      code: 'xero_unavailable' as const,
      count: 1,
      notedAt: instant(noonMs),
      until: instant(noonMs + 90 * seconds),
    };
    expect(dueAt({ failure, dirtyAt: instant(noonMs) })).toBe(90 * seconds);
  });
});

describe('rounds for webhooks', () => {
  const at = (left: number, everyMs = 1 * minutes) => ({ left, at: instant(noonMs), everyMs });

  test('one comes back each minute, up to ten', () => {
    expect(fullWakes(noonMs)).toEqual(at(10));
    expect(refillWakes(at(3), noonMs + 59 * seconds)).toEqual(at(3));
    expect(refillWakes(at(10), noonMs + 59 * seconds)).toEqual(at(10));
    expect(refillWakes(at(3), noonMs + 150 * seconds)).toEqual({ ...at(5), at: instant(noonMs + 2 * minutes) });
    expect(refillWakes(at(3), noonMs + 6.9 * minutes)).toEqual({ ...at(9), at: instant(noonMs + 6 * minutes) });
    for (const later of [7.5, 12.5]) {
      expect(refillWakes(at(3), noonMs + later * minutes)).toEqual({
        ...at(10),
        at: instant(noonMs + later * minutes),
      });
    }
  });

  test('a clock that is behind by a little takes none away', () => {
    expect(refillWakes(at(3), noonMs - 30 * seconds)).toEqual(at(3));
    expect(refillWakes(at(10), noonMs - 3 * minutes)).toEqual(at(10));
  });

  test('from four fifths of the day on, one round is refilled per interval', () => {
    const usage = (callsToday: number) => ({ callsToday, dailyCalls: 1000 });
    expect(toWakesEveryMs(usage(799), 5 * minutes)).toBe(1 * minutes);
    expect(toWakesEveryMs(usage(800), 5 * minutes)).toBe(5 * minutes);
    expect(refillWakes(at(0, 5 * minutes), noonMs + 9 * minutes)).toEqual({
      ...at(1, 5 * minutes),
      at: instant(noonMs + 5 * minutes),
    });
  });
});

test('backs off from 15 s to five minutes, or as Xero asks up to 15 minutes', () => {
  expect([1, 2, 3, 4, 5, 6, 7].map((count) => toRoundBackoffMs(count) / seconds)).toEqual([
    15, 30, 60, 120, 240, 300, 300,
  ]);
  expect(toRoundBackoffMs(1, 40)).toBe(40 * seconds);
  expect(toRoundBackoffMs(4, 40)).toBe(120 * seconds);
  expect(toRoundBackoffMs(1, 73_451)).toBe(15 * minutes);
});
