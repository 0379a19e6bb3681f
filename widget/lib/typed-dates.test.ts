import { describe, expect, test } from 'vitest';
import { dateInZone } from '#shared/calendar.ts';
import { createTypedDates, todayIn } from './typed-dates.ts';

describe('a typed date', () => {
  test.each([
    ['en-AU', '24/12/2026', '2026-12-24'],
    ['en-US', '12/24/2026', '2026-12-24'],
    ['de', '24.12.', '2026-12-24'],
    ['en-AU', '+14', '2026-12-14'],
    ['en-AU', 'whenever', null],
    ['en-AU', '', null],
  ])('when it is typed in %s as "%s", then it is %s', (locale, text, date) => {
    expect(createTypedDates(locale, '2026-11-30').readDate(text)).toBe(date);
  });

  test('when it was read, then it is written out with month and year', () => {
    expect(createTypedDates('en-AU', '2026-11-30').writeDate('2026-12-24')).toBe('24 Dec 2026');
  });
});

describe('today', () => {
  const now = new Date('2026-11-29T20:00:00Z');

  test('when the organisation is in Sydney, then today is the date in Sydney', () => {
    expect([todayIn(now, 'Australia/Sydney'), todayIn(now, 'America/Los_Angeles')]).toEqual([
      '2026-11-30',
      '2026-11-29',
    ]);
  });

  test.each(['Europe/Nowhere', undefined])('when the time zone is %s, then today is the viewer’s date', (zone) => {
    expect(todayIn(now, zone)).toBe(dateInZone(now, new Intl.DateTimeFormat().resolvedOptions().timeZone));
  });
});
