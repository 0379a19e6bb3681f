import { describe, expect, test } from 'vitest';
import { createFormat } from './format.ts';

function now() {
  return new Date(2026, 10, 22, 15, 30);
}
const format = createFormat('en-AU', now);

describe('money', () => {
  test.each([
    ['AUD', '12480.00', 'AUD 12,480.00'],
    ['JPY', '12480', 'JPY 12,480'],
    ['KWD', '0.500', 'KWD 0.500'],
    ['AUD', '-120.10', 'AUD -120.10'],
    ['AUD', '90071992547409931234.57', 'AUD 90,071,992,547,409,931,234.57'],
  ])('when %s %s is written, then no digit is lost', (currency, amount, text) => {
    expect(format.money({ currency, amount })).toBe(text);
  });

  test('when the locale groups digits in another way, then so does the text', () => {
    expect(createFormat('de-DE', now).money({ currency: 'EUR', amount: '1234.50' })).toBe('EUR 1.234,50');
  });

  test.each(['', 'nonsense-locale-x', 'xx'])('when the locale is %j, then English is used', (locale) => {
    expect(createFormat(locale, now).money({ currency: 'AUD', amount: '1234.50' })).toBe('AUD 1,234.50');
  });
});

test.each([
  ['8280.40', '8,280'],
  ['99999.99', '100,000'],
  ['345678.00', '346K'],
  ['1234567.89', '1.23M'],
  ['0.00', '0.00'],
  ['0.40', '0.40'],
  ['310', '310'],
  ['999.99', '999.99'],
  ['-12.50', '-12.50'],
  ['1000.00', '1,000'],
])('when %s is rounded, then %s', (amount, text) => {
  expect(format.rounded(amount)).toBe(text);
});

describe('dates', () => {
  test('when a day is this year, then the year is left out', () => {
    expect(format.day('2026-12-04')).toBe('4 Dec');
    expect(format.day('2027-01-04')).toBe('4 Jan 2027');
  });

  test('when a day is the first or last of a year, then it is the same in any time zone', () => {
    expect(['2026-01-01', '2026-12-31', '2025-12-31'].map(format.day)).toEqual(['1 Jan', '31 Dec', '31 Dec 2025']);
  });

  test('when an instant is not today, then its day is shown, and its year if it is another', () => {
    const british = createFormat('en-GB', now);
    expect(british.moment(new Date(2026, 10, 22, 14, 2))).toBe('14:02');
    expect(british.moment(new Date(2026, 10, 21, 14, 2))).toBe('21 Nov, 14:02');
    expect(british.moment(new Date(2025, 10, 22, 14, 2))).toBe('22 Nov 2025, 14:02');
  });

  test('when an instant becomes a day, then it is the day in the viewer’s time zone', () => {
    expect(format.dayOf(new Date(2026, 10, 21, 0, 1).toISOString())).toBe('21 Nov');
    expect(format.dayOf(new Date(2025, 11, 31, 23, 59).toISOString())).toBe('31 Dec 2025');
  });

  test.each([
    ['th', '4 ธ.ค. 2025', '4 ธ.ค.'],
    ['fa', '۴ دسامبر ۲۰۲۵', '۴ دسامبر'],
    ['ar-SA', '٤ ديسمبر ٢٠٢٥', '٤ ديسمبر'],
    ['ps', '۲۰۲۵ دسمبر ۴', 'دسمبر ۴'],
    ['th-TH-u-ca-buddhist', '4 ธ.ค. 2025', '4 ธ.ค.'],
    ['ja-JP-u-ca-japanese', '2025年12月4日', '12月4日'],
    ['en-US-u-ca-islamic', 'Dec 4, 2025', 'Dec 4'],
  ])('when the locale %s has its own calendar, then days are still Gregorian', (locale, last, next) => {
    const own = createFormat(locale, now);
    expect([own.day('2025-12-04'), own.day('2026-12-04')]).toEqual([last, next]);
    expect(own.dayOf(new Date(2025, 11, 4, 12))).toBe(last);
    expect(own.moment(new Date(2025, 11, 4, 12))).toContain(last);
  });
});
