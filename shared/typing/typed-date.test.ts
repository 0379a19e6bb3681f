import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, isCalendarDate } from '#shared/calendar.ts';
import { parseTypedDate } from './typed-date.ts';

// A Sunday.
const today = '2026-11-22';
function parse(text: string, locale = 'en-AU') {
  return parseTypedDate(text, { locale, today });
}

describe('day, month and year in numbers', () => {
  test.each([
    ['22/11/2026', 'en-AU', '2026-11-22'],
    ['11/22/2026', 'en-US', '2026-11-22'],
    ['22/11/2026', 'en-US', null],
    ['11/22/2026', 'en-AU', null],
    ['10/11/2026', 'en-AU', '2026-11-10'],
    ['10/11/2026', 'en-US', '2026-10-11'],
    ['22.11.26', 'de', '2026-11-22'],
    ['22. 11. 2026', 'cs', '2026-11-22'],
    ['22.11.', 'de', '2026-11-22'],
    ['22-11-2026', 'nl', '2026-11-22'],
    ['22 11 2026', 'en-GB', '2026-11-22'],
    ['2026-11-22', 'en-US', '2026-11-22'],
    ['2026/1/5', 'en-AU', '2026-01-05'],
    ['2026.11.22', 'de', '2026-11-22'],
    ['2026년 11월 22일', 'ko', '2026-11-22'],
    ['2026年11月22日', 'ja', '2026-11-22'],
  ])('when it is "%s" in %s, then it is %s', (text, locale, expected) => {
    expect(parse(text, locale)).toBe(expected);
  });

  test.each([
    // There, numeric dates start with the year, and written dates with the day or the month.
    ['22/11/2026', 'sv', '2026-11-22'],
    ['22/11/2026', 'en-ZA', '2026-11-22'],
    ['22/11', 'sv', '2026-11-22'],
    ['11/22/2026', 'en-CA', '2026-11-22'],
    ['11/22', 'ja', '2026-11-22'],
    ['26-11-22', 'sv', null],
    ['22/11/26', 'en-ZA', null],
    ['26-11-32', 'sv', '2032-11-26'],
    ['31-11-22', 'sv', '2031-11-22'],
  ])('when "%s" is typed in %s, where the year stands first, then it is %s', (text, locale, expected) => {
    expect(parse(text, locale)).toBe(expected);
  });

  test.each([
    ['04/12/2026', 'en-CA', null],
    ['04-12-2026', 'en-CA', null],
    ['04/12', 'en-CA', null],
    ['04/12/26', 'en-CA', null],
    ['04/12/2026', 'fr-CA', null],
    ['25/12/2026', 'en-CA', '2026-12-25'],
    ['12/25/2026', 'en-CA', '2026-12-25'],
    ['05/05/2026', 'en-CA', '2026-05-05'],
    ['2026-12-04', 'en-CA', '2026-12-04'],
    ['4 Dec 2026', 'en-CA', '2026-12-04'],
    ['04/12/2026', 'en-ZA', null],
    ['04/12', 'en-ZA', null],
    ['04/12/2026', 'sv', null],
    ['04/12/2026', 'ja', null],
    // There, numeric and written dates agree on what comes first.
    ['4/12', 'sv', '2026-12-04'],
    ['12/4', 'ja', '2026-12-04'],
  ])('when "%s" could be two days in %s, then it is not guessed: %s', (text, locale, expected) => {
    expect(parse(text, locale)).toBe(expected);
  });

  test.each([
    ['22/11/26', '2026-11-22'],
    ['1/1/00', '2000-01-01'],
    ['1/1/75', '2075-01-01'],
    ['1/1/77', '1977-01-01'],
    ['5/1', '2027-01-05'],
    ['30/10', '2026-10-30'],
    ['24/5', '2026-05-24'],
    ['22/5', '2027-05-22'],
    ['29/2', null],
  ])('"%s" with a short or missing year means the nearest: %s', (text, expected) => {
    expect(parse(text)).toBe(expected);
  });
});

describe('where another calendar is in use', () => {
  test.each([
    // 2569 of the Buddhist era is 2026.
    ['4/12/69', 'th', null],
    ['4 ธ.ค. 69', 'th', null],
    ['4/12/26', 'th', null],
    ['4/12/69', 'en-TH', null],
    ['4/12/2569', 'th', null],
    ['4/12/2026', 'th', '2026-12-04'],
    ['4/12', 'th', '2026-12-04'],
    ['4 ธ.ค. 2026', 'th', '2026-12-04'],
    ['4/12/69', 'th-u-ca-gregory', '2069-12-04'],
    // 13 Azar 1405 is 4 December 2026.
    ['۱۴۰۵/۹/۱۳', 'fa', null],
    ['1405/9/13', 'fa', null],
    ['۰۵/۹/۱۳', 'fa', null],
    ['۹/۱۳', 'fa', null],
    ['13', 'fa', null],
    ['۲۰۲۶/۱۲/۴', 'fa', '2026-12-04'],
    ['۴ دسامبر ۲۰۲۶', 'fa', '2026-12-04'],
    ['۴ دسامبر', 'fa', '2026-12-04'],
    ['4/12/48', 'ar-SA', null],
    ['08/12/04', 'ja', null],
    ['26/12/04', 'ja', null],
    ['115/12/04', 'zh-TW', null],
    // Bikram Sambat 2083, which Intl does not know.
    ['2083-08-18', 'ne', null],
    ['83-08-18', 'ne', null],
    ['4/12/19', 'am', null],
  ])('"%s" in %s is read in the Gregorian calendar or refused: %s', (text, locale, expected) => {
    expect(parse(text, locale)).toBe(expected);
  });
});

describe('any decimal digit', () => {
  test.each([
    ['٤/١٢/٢٠٢٦', 'ar-EG', '2026-12-04'],
    ['٤‏/١٢‏/٢٠٢٦', 'ar-EG', '2026-12-04'],
    ['٤ ديسمبر، ٢٠٢٦', 'ar-EG', '2026-12-04'],
    ['४/१२/२०२६', 'mr', '2026-12-04'],
    ['२२/११/२६', 'mr', '2026-11-22'],
    ['৪ ডিসেম্বর, ২০২৬', 'bn', '2026-12-04'],
    ['２０２６／１２／０４', 'ja', '2026-12-04'],
    ['２０２６年１２月４日', 'ja', '2026-12-04'],
    ['+١٤', 'ar-EG', '2026-12-06'],
    ['٢٢', 'ar-EG', '2026-11-22'],
    ['در ۲ روز', 'fa', null],
    ['۲ روز دیگر', 'fa', '2026-11-24'],
  ])('when it is "%s" in %s, then it is %s', (text, locale, expected) => {
    expect(parse(text, locale)).toBe(expected);
  });
});

describe('months by name', () => {
  test.each([
    ['22 Nov 2026', 'en-AU', '2026-11-22'],
    ['22nov2026', 'en-AU', '2026-11-22'],
    ['22-Nov-26', 'en-AU', '2026-11-22'],
    ['Nov-22', 'en-AU', '2026-11-22'],
    ['Nov 22', 'en-AU', '2026-11-22'],
    ['nov 22, 2026', 'en-US', '2026-11-22'],
    ['November 22nd, 2026', 'en-US', '2026-11-22'],
    ['the 1st of Sept', 'en-AU', '2026-09-01'],
    ['2026 Nov 22', 'en-AU', '2026-11-22'],
    ['22. Dezember', 'de', '2026-12-22'],
    ['22 Dec', 'de', '2026-12-22'],
    ['1er déc. 2026', 'fr', '2026-12-01'],
    ['1 decembre', 'fr', '2026-12-01'],
    ['22 de noviembre de 2026', 'es', '2026-11-22'],
    ['22 ноября 2026 г.', 'ru', '2026-11-22'],
    ['22 ноябрь', 'ru', '2026-11-22'],
    ['5 jui', 'fr', null],
    ['5 mar', 'fi', null],
    ['22 Nov Dec', 'en-AU', null],
    ['22 Foo 2026', 'en-AU', null],
    ['Nov 2026', 'en-AU', null],
    ['Nov', 'en-AU', null],
    ['31 Nov 2026', 'en-AU', null],
    ['22 Nov 202', 'en-AU', null],
    ['22 Nov 2926', 'en-AU', null],
    ['22 Nov 2077', 'en-AU', null],
    ['22 Nov 2076', 'en-AU', '2076-11-22'],
  ])('when it is "%s" in %s, then it is %s', (text, locale, expected) => {
    expect(parse(text, locale)).toBe(expected);
  });
});

describe('counted from today', () => {
  test.each([
    ['today', 'en-AU', '2026-11-22'],
    ['Tomorrow', 'de', '2026-11-23'],
    ['morgen', 'de', '2026-11-23'],
    ['übermorgen', 'de', '2026-11-24'],
    ['yesterday', 'en-AU', '2026-11-21'],
    ['aujourd’hui', 'fr', '2026-11-22'],
    ['कल', 'hi', null],
    ['+14', 'en-AU', '2026-12-06'],
    ['+ 14', 'en-AU', '2026-12-06'],
    ['-7', 'en-AU', '2026-11-15'],
    ['+2w', 'en-AU', '2026-12-06'],
    ['30d', 'en-AU', '2026-12-22'],
    ['30 days', 'en-AU', '2026-12-22'],
    ['in 30 days', 'en-AU', '2026-12-22'],
    ['in 1 month', 'en-AU', '2026-12-22'],
    ['1y', 'en-AU', '2027-11-22'],
    ['in 30 Tagen', 'de', '2026-12-22'],
    ['dans 2 semaines', 'fr', '2026-12-06'],
    ['3 days ago', 'en-AU', '2026-11-19'],
    ['eom', 'en-AU', '2026-11-30'],
    ['End of month', 'en-AU', '2026-11-30'],
    ['*20', 'en-AU', '2026-12-20'],
    ['*31', 'en-AU', '2026-12-31'],
    ['*32', 'en-AU', null],
    ['*20d', 'en-AU', null],
    ['5', 'en-AU', '2026-11-05'],
    ['31', 'en-AU', null],
    ['in 30', 'en-AU', null],
    ['9999y', 'en-AU', null],
    ['-9999y', 'en-AU', null],
  ])('when it is "%s" in %s, then it is %s', (text, locale, expected) => {
    expect(parse(text, locale)).toBe(expected);
  });

  test('when a month later has no such day, then it is its last one', () => {
    expect(parseTypedDate('1m', { locale: 'en', today: '2026-01-31' })).toBe('2026-02-28');
    expect(parseTypedDate('1y', { locale: 'en', today: '2028-02-29' })).toBe('2029-02-28');
  });

  test.each([
    ['fri', 'en-AU', '2026-11-27'],
    ['Friday', 'en-AU', '2026-11-27'],
    ['Freitag', 'de', '2026-11-27'],
    ['fr', 'de', '2026-11-27'],
    ['vendredi', 'fr', '2026-11-27'],
    ['mar', 'es', '2026-11-24'],
    ['sunday', 'en-AU', '2026-11-29'],
    ['mon', 'en-AU', '2026-11-23'],
    ['sat', 'en-AU', '2026-11-28'],
    ['t', 'en-AU', null],
    ['fri 13', 'en-AU', null],
  ])('when it is the weekday "%s" in %s, then it is the next one: %s', (text, locale, expected) => {
    expect(parse(text, locale)).toBe(expected);
  });
});

test.each([
  '',
  ' ',
  '/',
  'abc',
  '22//11',
  '22/11-2026',
  '0/11/2026',
  '32/1/2026',
  '29/2/2026',
  '22/11/202',
  '20261122',
  '123',
  '2026-11',
  '2026',
  '1/2/3/4',
  '22/11/1826',
  '22:11',
  '-22/11/2026',
  '.22.11',
  '22/11,',
  '1,5',
  '<b>',
])('when it is "%s", then it is no date', (text) => {
  for (const locale of ['en-AU', 'en-US', 'de', 'ja', 'sv']) expect(parse(text, locale)).toBe(null);
});

describe('what Intl writes', () => {
  const locales =
    `en-US en-GB en-AU en-NZ en-ZA en-CA en-IN en-IE en-SG fr fr-CA de de-AT de-CH it es es-MX pt-BR pt-PT nl sv nb da
     fi pl cs hu ro bg el tr ru uk ar ar-EG ar-SA fa mr bn hi th id ms sl hr lt lv et ja zh ko`.split(/\s+/);
  const date = fc.integer({ min: -18_000, max: 18_000 }).map((days) => addDays(today, days));
  const styles = [
    { year: 'numeric', month: 'numeric', day: 'numeric' },
    { year: 'numeric', month: '2-digit', day: '2-digit' },
    { dateStyle: 'medium' },
    { dateStyle: 'long' },
  ] as const;

  test('when it is read in the same locale, then it is the same day', () => {
    fc.assert(
      fc.property(date, fc.constantFrom(...locales), fc.constantFrom(...styles), (day, locale, style) => {
        const options = { ...style, calendar: 'gregory', timeZone: 'UTC' };
        expect(parse(new Intl.DateTimeFormat(locale, options).format(new Date(day)), locale)).toBe(day);
      }),
      { numRuns: 1_000 },
    );
  });

  test('any text is a day of the calendar or null', () => {
    const typed = fc.array(
      fc.constantFrom(...'0123456789'.split(''), '/', '-', '.', ' ', '+', '*', 'Nov', 'Mai', 'd', 'in', '2026', 'fri'),
      {
        maxLength: 8,
      },
    );
    fc.assert(
      fc.property(typed, fc.constantFrom(...locales), (pieces, locale) => {
        const parsed = parse(pieces.join(''), locale);
        expect(parsed === null || isCalendarDate(parsed)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
