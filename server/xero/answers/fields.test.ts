import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateSchema, decimalSchema, instantSchema, optionalDateSchema, rateSchema } from './fields.ts';

describe('dates', () => {
  test('reads midnight UTC with any offset as the same day', () => {
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.constantFrom('', '+0000', '+1300', '-1100'), (date, offset) => {
        const text = date.toISOString().slice(0, 10);
        expect(dateSchema.parse(`/Date(${Date.parse(text)}${offset})/`)).toBe(text);
      }),
    );
  });

  test.each(['2018-10-20', '2018-10-20T00:00:00', '2018-10-20 00:00:00'])(
    'when it is %s, then it is that day',
    (text) => {
      expect(dateSchema.parse(text)).toBe('2018-10-20');
    },
  );

  test.each([
    '',
    '/Date()/',
    '/Date(99999999999999999)/',
    '2018-13-01',
    '2018-02-30',
    '20.10.2018',
    '2018-10-20 and more',
  ])('when it is %s, then it is refused', (text) => {
    expect(dateSchema.safeParse(text).success).toBe(false);
  });

  test('a missing or null date is none', () => {
    expect([optionalDateSchema.parse(undefined), optionalDateSchema.parse(null)]).toEqual([null, null]);
  });

  test.each([
    '/Date(-62135596800000+0000)/',
    '/Date(-62135596800000)/',
    '/Date(-62135643600000+1300)/',
    '0001-01-01T00:00:00',
    '0001-01-01',
  ])('%s, the smallest date of .NET, is none', (text) => {
    expect(optionalDateSchema.parse(text)).toBe(null);
  });

  test('an old date stays that day', () => {
    expect(optionalDateSchema.parse('1899-12-31')).toBe('1899-12-31');
  });
});

describe('moments', () => {
  test.each([
    ['/Date(1541176290160+0000)/', '2018-11-02T16:31:30.160Z'],
    ['/Date(1541176290160)/', '2018-11-02T16:31:30.160Z'],
    ['2018-11-02T16:31:30.16', '2018-11-02T16:31:30.160Z'],
    ['2018-11-02T16:31:30Z', '2018-11-02T16:31:30.000Z'],
  ])('when it is %s, then it is %s', (text, instant) => {
    expect(instantSchema.parse(text)).toBe(instant);
  });

  test('refuses text that is not an instant', () => {
    expect(instantSchema.safeParse('yesterday').success).toBe(false);
    expect(instantSchema.safeParse('/Date(99999999999999999)/').success).toBe(false);
  });
});

describe('numbers', () => {
  test('a negative zero loses its sign', () => {
    expect(['-0.00', '-0', '-0.10', '12480.00'].map((text) => decimalSchema.parse(text))).toEqual([
      '0.00',
      '0',
      '-0.10',
      '12480.00',
    ]);
    expect(decimalSchema.safeParse('1e3').success).toBe(false);
  });

  test('a zero, negative or missing rate is none', () => {
    expect([
      rateSchema.parse('0'),
      rateSchema.parse('-1'),
      rateSchema.parse(undefined),
      rateSchema.parse('0.65'),
    ]).toEqual([null, null, null, '0.65']);
  });
});
