import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, dateInZone, dayOfMonth, daysBetween, isCalendarDate, toCalendarDate } from './calendar.ts';

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
  test('moving by whole days gives that many days between, in any season', () => {
    const day = fc.integer({ min: 0, max: 40_000 });
    fc.assert(
      fc.property(day, day, (a, b) => {
        const toDate = (n: number) => new Date(n * 86_400_000).toISOString().slice(0, 10);
        expect(daysBetween(toDate(a), toDate(b))).toBe(b - a);
        expect(addDays(toDate(a), b - a)).toBe(toDate(b));
      }),
    );
  });
});

test('when a text is no day of the calendar, then it is no calendar date', () => {
  expect(isCalendarDate('2028-02-29')).toBe(true);
  for (const text of [
    '2026-02-29',
    '2026-13-01',
    '2026-1-1',
    '',
    '2026-01-01T00:00:00Z',
    '+012026-01-01',
    '2026-01-01 ',
  ]) {
    expect(isCalendarDate(text)).toBe(false);
  }
});

test('year, month and day give only days of the calendar', () => {
  expect(toCalendarDate(2028, 2, 29)).toBe('2028-02-29');
  expect(toCalendarDate(2026, 2, 29)).toBe(null);
  expect(toCalendarDate(2026, 13, 1)).toBe(null);
  expect(toCalendarDate(2026, 1, 0)).toBe(null);
});

test.each([
  ['2026-11-22', 5, 0, '2026-11-05'],
  ['2026-11-22', 31, 0, '2026-11-30'],
  ['2026-12-31', 31, 2, '2027-02-28'],
  ['2026-01-31', 1, -1, '2025-12-01'],
])('when it is %s, then day %i of %i months later is %s', (date, day, monthsLater, expected) => {
  expect(dayOfMonth(date, day, monthsLater)).toBe(expected);
});

test('uses the process’s time zone', () => {
  const zone = process.env.TZ ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
});

describe('in whatever time zone this process runs', () => {
  test('counts days correctly across both clock changes', () => {
    expect(daysBetween('2026-03-01', '2026-04-01')).toBe(31);
    expect(daysBetween('2026-09-01', '2026-12-01')).toBe(91);
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
    expect(addDays('2026-10-31', 1)).toBe('2026-11-01');
    expect(dayOfMonth('2026-01-01', 31, 1)).toBe('2026-02-28');
    expect(isCalendarDate('2026-01-01')).toBe(true);
  });

  test('the last second of a day still belongs to that day', () => {
    expect(dateInZone(new Date('2026-12-31T12:59:59Z'), 'Australia/Sydney')).toBe('2026-12-31');
    expect(dateInZone(new Date('2026-12-31T13:00:00Z'), 'Australia/Sydney')).toBe('2027-01-01');
    expect(dateInZone(new Date('0999-06-01T12:00:00Z'), 'UTC')).toBe('0999-06-01');
  });
});
