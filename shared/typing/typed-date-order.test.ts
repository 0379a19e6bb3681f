import { describe, expect, test } from 'vitest';
import { parseTypedDate } from './typed-date.ts';

const today = '2026-11-22';

function parse(text: string, locale: string) {
  return parseTypedDate(text, { locale, today });
}

describe('a month marked by a sign behind its number', () => {
  test.each([
    // Hong Kong writes 4/12/2026 in numbers, day first, but this with signs.
    ['12月4日', 'zh-HK', '2026-12-04'],
    ['2026年12月4日', 'zh-HK', '2026-12-04'],
    ['12 月 4 日', 'zh-HK', '2026-12-04'],
    ['12月4日', 'ja', '2026-12-04'],
    ['１２月４日', 'zh-TW', '2026-12-04'],
    ['12월 4일', 'ko', '2026-12-04'],
    ['4/12', 'zh-HK', '2026-12-04'],
    ['26年12月4日', 'zh-HK', null],
    ['12月4日', 'en-AU', null],
    ['13月4日', 'zh-HK', null],
    ['12月', 'ja', null],
    ['12月 Dec 4', 'ja', null],
  ])('"%s" in %s is %s', (text, locale, expected) => {
    expect(parse(text, locale)).toBe(expected);
  });
});

describe('locales that write dates in both orders', () => {
  test.each([
    // Intl writes the day first in a short date there, and the month first in a longer one.
    ['04/12/2026', 'mt', null],
    ['04/12/26', 'so', null],
    ['25/12/2026', 'mt', '2026-12-25'],
    // Intl writes the day first there with a year, and the month first without one.
    ['12-04', 'ckb', null],
  ])('"%s" in %s is not guessed: %s', (text, locale, expected) => {
    expect(parse(text, locale)).toBe(expected);
  });
});
