import { describe, expect, test } from 'vitest';
import { createTyping } from './typing.ts';

const today = '2026-11-22';
const locales =
  `en-AU en-US en-CA en-ZA de de-CH fr fr-CA it es pt-BR nl sv nb da fi pl cs hu ru el tr he ar ar-EG ar-SA fa ps
  ckb ur hi mr bn ne my th vi id ja zh zh-TW ko lv lt et`.split(/\s+/);

describe('what the form writes', () => {
  test.each(locales)('when it writes a date in %s, then it can read it', (locale) => {
    const typing = createTyping(locale, today);
    for (const date of ['2026-12-04', '2027-01-31', '2026-02-28', '2026-05-01', '2025-09-23'])
      expect(typing.readDate(typing.writeDate(date))).toBe(date);
  });

  test.each(locales)('when it writes a number in %s, then it can read it', (locale) => {
    const typing = createTyping(locale, today);
    for (const number of ['12.5', '1450', '1234567.8912', '0.005', '-3', '100']) {
      expect(typing.readNumber(typing.writePrice(number))).toBe(number);
      expect(typing.readNumber(typing.writeQuantity(number))).toBe(number);
    }
  });

  test.each([
    ['fa', '۴ دسامبر ۲۰۲۶', '۱٬۴۵۰٫۵۰'],
    ['ar-EG', '٤ ديسمبر ٢٠٢٦', '١٬٤٥٠٫٥٠'],
    ['mr', '४ डिसें, २०२६', '१,४५०.५०'],
    ['th', '4 ธ.ค. 2026', '1,450.50'],
  ])('when the locale is %s, then dates are Gregorian with the locale’s digits', (locale, date, price) => {
    const typing = createTyping(locale, today);
    expect([typing.writeDate('2026-12-04'), typing.writePrice('1450.5')]).toEqual([date, price]);
  });
});

describe('what people type', () => {
  test('the currency sign is read in a price and refused in a quantity', () => {
    const typing = createTyping('en-ZA', today);
    expect([typing.readPrice('R 1 234,50', 'ZAR'), typing.readNumber('R 12')]).toEqual(['1234.5', null]);
    expect([typing.readPrice('R 12', 'USD'), typing.readPrice('USD 12', 'ZAR')]).toEqual([null, '12']);
  });

  test('when a Thai year has two digits, then it is refused, not read as 2069', () => {
    const typing = createTyping('th', today);
    expect([typing.readDate('4/12/69'), typing.readDate('4/12/2026')]).toEqual([null, '2026-12-04']);
  });
});
