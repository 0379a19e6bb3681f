import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTypedNumber } from './typed-number.ts';

describe('what people type', () => {
  test.each([
    ['1450', 'en-AU', '1450'],
    ['1,450.00', 'en-AU', '1450'],
    ['1,450.25', 'de', '1450.25'],
    ['1.450,00', 'de', '1450'],
    ['1.450,25', 'en-AU', '1450.25'],
    ['1 450,00', 'fr', '1450'],
    ['1\u202f450,5', 'fr', '1450.5'],
    ['1\u00a0450 000', 'fr', '1450000'],
    ["1'450.00", 'de-CH', '1450'],
    ['1’450.05', 'de-CH', '1450.05'],
    ['12,34,567.00', 'en-IN', '1234567'],
    ['1.234.567', 'en-AU', '1234567'],
    ['.5', 'en-AU', '0.5'],
    [',5', 'en-AU', '0.5'],
    ['5.', 'en-AU', '5'],
    ['1,450.', 'en-AU', '1450'],
    ['007', 'en-AU', '7'],
    ['  12.50 ', 'en-AU', '12.5'],
    ['12345678901234567890.0001', 'en-AU', '12345678901234567890.0001'],
  ])('when it is "%s" in %s, then it is %s', (text, locale, expected) => {
    expect(parseTypedNumber(text, locale)).toBe(expected);
  });

  test.each([
    ['-3', '-3'],
    ['−3', '-3'],
    ['+3', '3'],
    ['(3.00)', '-3'],
    ['$(3.00)', '-3'],
    ['($ 3.00)', '-3'],
    ['-$3', '-3'],
    ['$-3', '-3'],
    ['- 3', '-3'],
    ['-0.00', '0'],
    ['(0)', '0'],
    ['$ 1,450', '1450'],
    ['$1,450.5', '1450.5'],
    ['A$12', '12'],
    ['12 €', '12'],
    ['12€', '12'],
    ['AUD 12', '12'],
    ['aud12', '12'],
    ['12.00 NZD', '12'],
  ])('when "%s" carries a sign or a currency, then it is %s', (text, expected) => {
    expect(parseTypedNumber(text, 'en-AU')).toBe(expected);
  });
});

describe('any decimal digit', () => {
  test.each([
    ['١٢', 'en-AU', '12'],
    ['１２', 'ja', '12'],
    ['１，４５０．５０', 'ja', '1450.5'],
    ['۱۲٬۴۸۰٫۵۰', 'fa', '12480.5'],
    ['١٬٤٥٠٫٠٠', 'ar-EG', '1450'],
    ['١٤٥٠٫٥', 'ar-EG', '1450.5'],
    ['١٫٤٥٠', 'ar-EG', '1.45'],
    ['١٬٤٥٠', 'en-AU', '1450'],
    ['१२,३४,५६७.५', 'mr', '1234567.5'],
    ['১২.৫০', 'bn', '12.5'],
    ['၁,၄၅၀', 'my', '1450'],
    ['؜-١٢', 'ar-EG', '-12'],
    ['‎−۳٫۰۰', 'fa', '-3'],
    ['𞥑𞥒.𞥕', 'ff-Adlm', '12.5'],
    ['1٢', 'en-AU', '12'],
    ['١٬٤٥٠٬٥٠', 'ar-EG', null],
    ['١٫٤٥٠٫٥٠', 'ar-EG', null],
    ['١٫٤٥٠٬٥٠', 'ar-EG', null],
  ])('when it is "%s" in %s, then it is %s', (text, locale, expected) => {
    expect(parseTypedNumber(text, locale)).toBe(expected);
  });
});

describe('the code and the signs of the document’s own currency', () => {
  test.each([
    ['R 1 234,50', 'en-ZA', 'ZAR', '1234.5'],
    ['R1234.50', 'en-ZA', 'ZAR', '1234.5'],
    ['-R 12', 'en-ZA', 'ZAR', '-12'],
    ['(R12)', 'en-ZA', 'ZAR', '-12'],
    ['RM 12.50', 'ms-MY', 'MYR', '12.5'],
    ['rm12.50', 'en-MY', 'MYR', '12.5'],
    ['kr 12', 'nb', 'NOK', '12'],
    ['12 kr', 'sv', 'SEK', '12'],
    ['12,50 kr.', 'da', 'DKK', '12.5'],
    ['kr.12', 'da', 'DKK', '12'],
    ['kr. 12', 'nb', 'NOK', '12'],
    ['12 zł', 'pl', 'PLN', '12'],
    ['12zł', 'en-AU', 'PLN', '12'],
    ['12 Kč', 'cs', 'CZK', '12'],
    ['12 Ft', 'hu', 'HUF', '12'],
    ['K12', 'en-ZM', 'ZMW', '12'],
    ['CLF 1,234.50', 'en-AU', 'CLF', '1234.5'],
    ['١٢٫٥٠ ر.س.', 'ar-SA', 'SAR', '12.5'],
    ['₹ १२', 'mr', 'INR', '12'],
  ])('when it is "%s" in %s, in %s, then it is %s', (text, locale, currency, expected) => {
    expect(parseTypedNumber(text, locale, currency)).toBe(expected);
  });

  test.each([
    ['a sign of another currency', 'kr 12', 'en-AU', 'AUD'],
    ['a sign of another currency', 'R 12', 'en-AU', 'AUD'],
    ['no currency to know signs of', 'RM 12', 'ms-MY', undefined],
    ['two signs', 'R 12 ZAR', 'en-ZA', 'ZAR'],
    ['five, or a half behind a shortened sign', 'kr.5', 'nb', 'NOK'],
    ['twelve kwacha, or twelve thousand', '12K', 'en-ZM', 'ZMW'],
    ['a word that begins like a sign', 'Rand 12', 'en-ZA', 'ZAR'],
    ['no currency', '12 pcs', 'en-ZA', 'ZAR'],
  ])('when there is %s in "%s", then it is no number', (_, text, locale, currency) => {
    expect(parseTypedNumber(text, locale, currency)).toBe(null);
  });

  test('drops a valid code that Intl does not list', () => {
    for (const code of ['CLF', 'COU', 'MXV', 'UYW', 'CHE', 'XCG', 'ZWG', 'clf'])
      expect(parseTypedNumber(`${code} 1,234.50`, 'en-AU')).toBe('1234.5');
  });
});

describe('one separator before three digits', () => {
  test.each([
    ['1,450', 'en-AU', '1450'],
    ['1.450', 'en-AU', '1.45'],
    ['1,450', 'de', '1.45'],
    ['1.450', 'de', '1450'],
    ['1,450', 'fr', '1.45'],
    ['1.450', 'fr', null],
    ['1.450', 'de-CH', '1.45'],
    ['1,450', 'de-CH', null],
    ['1.450', 'de-AT', '1450'],
    ['1,450', 'de-AT', '1.45'],
    ['-1.450 €', 'de', '-1450'],
  ])('when it is "%s" in %s, then the locale decides: %s', (text, locale, expected) => {
    expect(parseTypedNumber(text, locale)).toBe(expected);
  });

  test.each([
    ['1.5', 'de', '1.5'],
    ['1,5', 'en-AU', '1.5'],
    ['12.50', 'de', '12.5'],
    ['1.2345', 'de', '1.2345'],
    ['0.450', 'de', '0.45'],
    ['.450', 'de', '0.45'],
    ['1450.500', 'de', '1450.5'],
    ['0,450', 'en-AU', '0.45'],
  ])('when "%s" in %s cannot be grouped, then it is decimal: %s', (text, locale, expected) => {
    expect(parseTypedNumber(text, locale)).toBe(expected);
  });
});

test.each([
  '',
  ' ',
  '-',
  '.',
  ',',
  '()',
  'abc',
  '12*3.5',
  '12+3',
  '12-14',
  '3-',
  '1e3',
  '12k',
  '12 pcs',
  '2 doz',
  '10%',
  '0x10',
  'Infinity',
  'NaN',
  '½',
  '5²',
  '--3',
  '-(3)',
  '(-3)',
  '5(3)',
  '(3',
  '$$3',
  '$3 AUD',
  '1,45,00',
  '1,4500.00',
  '1,,450',
  '1,450,00',
  '1.450.00',
  '22.11.26',
  '1 45',
  '0 450',
  '0412 345 678',
  '1 450,000 000',
  "1'450,000.5",
  '1,450.000.000',
  '1,450,000 000',
  '12\n13',
  `${'1'.repeat(80)}`,
])('when it is "%s", then it is no number', (text) => {
  for (const locale of ['en-AU', 'de', 'fr', 'de-CH']) expect(parseTypedNumber(text, locale)).toBe(null);
});

const locales =
  `en-US en-GB en-AU en-NZ en-ZA en-CA en-IN fr fr-CA fr-CH de de-AT de-CH it it-CH es es-MX pt-BR pt-PT nl sv nb da
   fi pl cs hu ro bg el tr ru uk he ar ar-EG ar-SA fa ps ckb ur sd hi mr bn as ne my ja zh ko th vi id ms sl hr lt lv et`.split(
    /\s+/,
  );

describe('what Intl writes', () => {
  const decimal = fc
    .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.integer({ min: 0, max: 4 }))
    .map(([value, places]) => toDecimal(value, places));

  const styles = [
    {},
    { style: 'currency', currency: 'AUD', currencyDisplay: 'code' },
    { style: 'currency', currency: 'EUR', currencyDisplay: 'narrowSymbol' },
    { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol', currencySign: 'accounting' },
  ] as const;

  test('when it is read in the same locale, then it is the same number', () => {
    fc.assert(
      fc.property(decimal, fc.constantFrom(...locales), fc.constantFrom(...styles), (value, locale, style) => {
        const digits = value.split('.')[1]?.length ?? 0;
        const format = new Intl.NumberFormat(locale, {
          ...style,
          minimumFractionDigits: digits,
          maximumFractionDigits: digits,
        });
        expect(parseTypedNumber(format.format(value), locale)).toBe(withoutNeedlessZeros(value));
      }),
      { numRuns: 5_000 },
    );
  });

  test('an amount in the document’s own currency is the same number', () => {
    const currencies = 'AUD USD EUR GBP ZAR MYR NOK SEK DKK PLN CZK HUF CHF INR BRL SAR AED XOF CLF TRY UAH BGN IDR';
    const displays = fc.constantFrom('symbol', 'narrowSymbol', 'code');
    const asked = fc.tuple(decimal, fc.constantFrom(...locales), fc.constantFrom(...currencies.split(' ')), displays);
    fc.assert(
      fc.property(asked, ([value, locale, currency, currencyDisplay]) => {
        const digits = value.split('.')[1]?.length ?? 0;
        const style = { style: 'currency', currency, currencyDisplay } as const;
        const text = new Intl.NumberFormat(locale, {
          ...style,
          minimumFractionDigits: digits,
          maximumFractionDigits: digits,
        }).format(value);
        expect(parseTypedNumber(text, locale, currency)).toBe(withoutNeedlessZeros(value));
      }),
      { numRuns: 5_000 },
    );
  });
});

test('when anything at all is typed, then it is a plain decimal or null', () => {
  const typed = fc.string({ unit: fc.constantFrom(..."0123459.,' -+()$€AUD\u202f") });
  fc.assert(
    fc.property(typed, fc.constantFrom(...locales), (text, locale) => {
      const parsed = parseTypedNumber(text, locale);
      if (parsed === null) return;
      expect(parsed).toMatch(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/);
      // It contains every typed digit, except outer zeros.
      expect(withoutOuterZeros(parsed)).toBe(withoutOuterZeros(text));
    }),
    { numRuns: 5_000 },
  );
});

function withoutNeedlessZeros(text: string): string {
  const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return short === '-0' ? '0' : short;
}

function withoutOuterZeros(text: string): string {
  return text.replace(/\D/g, '').replace(/^0+|0+$/g, '');
}

function toDecimal(value: bigint, places: number): `${number}` {
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const text = `${value < 0n ? '-' : ''}${whole}${places === 0 ? '' : `.${digits.slice(-places)}`}`;
  return isNumberText(text) ? text : '0';
}

function isNumberText(text: string): text is `${number}` {
  return Number.isFinite(Number(text));
}
