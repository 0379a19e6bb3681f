import { describe, expect, test } from 'vitest';
import { currencyDecimals } from './currency.ts';
import { isCurrencyCode } from './currency-codes.ts';

/** ISO 4217 list one, copied from its table as of January 2026, by the number in the column "Minor unit". */
const minorUnits: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2: `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY
      COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR
      IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD
      NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP
      SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG`,
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};
const table = Object.entries(minorUnits).flatMap(([decimals, codes]) =>
  codes.split(/\s+/).map((code) => [code, Number(decimals)] as const),
);

describe('every currency of ISO 4217', () => {
  test('when the table is counted, then it is whole', () => {
    expect(table).toHaveLength(165);
    expect(new Set(table.map(([code]) => code)).size).toBe(165);
  });

  test.each(table)('when an amount is in %s, then it has %i decimals', (code, decimals) => {
    expect(currencyDecimals(code)).toBe(decimals);
    expect(isCurrencyCode(code)).toBe(true);
  });
});

/** The CurrencyCode enum of Xero's OpenAPI, without the codes that ISO 4217 still lists. */
const withdrawn = 'ANG BGN BYR CUC EEK HRK LTL LVL MRO SKK SLL STD VEF ZMK ZWD'.split(' ');

test('knows a withdrawn currency that Xero still lists, with two decimals', () => {
  expect(withdrawn.filter((code) => !isCurrencyCode(code))).toEqual([]);
  expect(withdrawn.map(currencyDecimals)).toEqual(withdrawn.map(() => 2));
});

test('when three letters are no currency, then they are no code', () => {
  expect(['PCS', 'DOZ', 'KGS ', 'ABC', '', 'XAU', 'XTS', 'AU', 'AUDD'].filter(isCurrencyCode)).toEqual([]);
  expect(isCurrencyCode('aud')).toBe(true);
});
