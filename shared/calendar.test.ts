import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateInZone, daysBetween, isCalendarDate } from './calendar.ts';

describe('dateInZone', () => {
  test.each([
    ['2026-11-22T13:30:00Z', 'Australia/Sydney', '2026-11-23'],
    ['2026-11-22T12:59:59Z', 'Australia/Sydney', '2026-11-22'],
    ['2026-11-22T04:00:00Z', 'America/Los_Angeles', '2026-11-21'],
    ['2026-11-22T10:59:00Z', 'Pacific/Auckland', '2026-11-22'],
    ['2026-11-22T11:00:00Z', 'Pacific/Auckland', '2026-11-23'],
  ])('when it is %s, then in %s it is %s', (instant, zone, date) => {
    expect(dateInZone(new Date(instant), zone)).toBe(date);
  });
});

describe('daysBetween', () => {
  test('when a date is moved by whole days, then that many days are between, whatever the season', () => {
    const day = fc.integer({ min: 0, max: 40_000 });
    fc.assert(
      fc.property(day, day, (a, b) => {
        const toDate = (n: number) => new Date(n * 86_400_000).toISOString().slice(0, 10);
        expect(daysBetween(toDate(a), toDate(b))).toBe(b - a);
      }),
    );
  });
});

test('when a text is no day of the calendar, then it is no calendar date', () => {
  expect(isCalendarDate('2028-02-29')).toBe(true);
  for (const text of ['2026-02-29', '2026-13-01', '2026-1-1', '', '2026-01-01T00:00:00Z']) {
    expect(isCalendarDate(text)).toBe(false);
  }
});
