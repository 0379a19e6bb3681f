import { expect, test } from 'vitest';
import { longestWaitMs, toFallbackLimits, toFifth, toLimits, toXeroLimits } from './governor-policy.ts';

/** Xero takes 5 calls at once and 60 a minute from an app for one organisation (source: developer.xero.com, API limits). */
test('each kind of caller has its share of what Xero takes', () => {
  expect(toXeroLimits(1000)).toEqual({ inFlight: 5, perMinute: 60, perDay: 1000 });
  expect(toLimits(1000, 'stream')).toEqual({ inFlight: 5, perMinute: 60, perDay: 1000 });
  expect(toLimits(1000, 'person')).toEqual({ inFlight: 4, perMinute: 54, perDay: 1000 });
  expect(toLimits(1000, 'background')).toEqual({ inFlight: 3, perMinute: 30, perDay: 800 });
  expect(toLimits(5001, 'background').perDay).toBe(4000);
  expect(toLimits(1000, 'sync')).toEqual({ inFlight: 2, perMinute: 30, perDay: 750 });
  expect(toLimits(5001, 'sync').perDay).toBe(3750);
});

test('without shared counts, each process uses a fifth, at least one', () => {
  expect(toFallbackLimits(1000, 'person')).toEqual({ inFlight: 1, perMinute: 12, perDay: 200 });
  expect(toFallbackLimits(1000, 'background')).toEqual({ inFlight: 1, perMinute: 6, perDay: 160 });
  expect(toFallbackLimits(1000, 'sync')).toEqual({ inFlight: 1, perMinute: 6, perDay: 150 });
  expect(toFallbackLimits(3, 'person').perDay).toBe(1);
});

test('of what Xero says is left, a fifth', () => {
  expect(toFifth({ day: 999, minute: 14 })).toEqual({ day: 199, minute: 2 });
  expect(toFifth({ day: 4 })).toEqual({ day: 0 });
  expect(toFifth({ minute: 5 })).toEqual({ minute: 1 });
  expect(toFifth({})).toEqual({});
});

test('a person waits eight seconds for a slot, background and sync a minute', () => {
  expect(longestWaitMs).toEqual({ stream: 65_000, person: 8_000, background: 65_000, sync: 65_000 });
});
