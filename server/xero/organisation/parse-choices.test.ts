import { expect, test } from 'vitest';
import { parseExactJson } from '#server/xero/bytes/exact-json.ts';
import { taxRatesList, termsSchema } from './parse-choices.ts';

function row(more: object) {
  return { Name: 'A tax', TaxType: 'TAX009', Status: 'ACTIVE', ...more };
}
function toAnswer(body: unknown) {
  return { status: 200, headers: {}, text: JSON.stringify(body) };
}
function rateOf(more: object) {
  return taxRatesList.read(toAnswer({ TaxRates: [row(more)] })).rows[0]?.rate;
}

test('keeps a tax’s own rate, even 0 %', () => {
  expect(rateOf({ EffectiveRate: '8.2500', DisplayTaxRate: '8.25' })).toBe('8.2500');
  expect(rateOf({ DisplayTaxRate: '12.5' })).toBe('12.5');
  expect(rateOf({ TaxType: 'NONE', ReportTaxType: 'NONE', EffectiveRate: '0.0000' })).toBe('0.0000');
});

test('a tax computed by Avalara has no rate, though Xero lists 0 %', () => {
  const listed = {
    EffectiveRate: '0.0000',
    DisplayTaxRate: '0.0000',
    TaxComponents: [{ Rate: '0.0000', IsCompound: false }],
  };
  expect(rateOf({ ...listed, Name: 'Auto Look Up', TaxType: 'AVALARA', ReportTaxType: 'AVALARA' })).toBe(null);
  expect(rateOf({ ...listed, Name: 'Our look up', TaxType: 'TAX001', ReportTaxType: 'AVALARA' })).toBe(null);
});

test('without a rate from Xero, there is none rather than 0 %', () => {
  expect(rateOf({ EffectiveRate: null })).toBe(null);
});

test.each([
  [14, { day: 14, type: 'DAYSAFTERBILLDATE' }],
  [0, { day: 0, type: 'DAYSAFTERBILLDATE' }],
  // Without a day there are no terms; a document must not be due on its own date.
  [null, null],
  ['', null],
  [undefined, null],
  [false, null],
  [-1, null],
  [1.5, null],
  [1e9, null],
])('payment terms with the day %j are %j', (Day, term) => {
  const terms = { Sales: { Day, Type: 'DAYSAFTERBILLDATE' }, Bills: null };
  expect(termsSchema.parse(parseExactJson(JSON.stringify(terms)))).toEqual({ sales: term, bills: null });
});
