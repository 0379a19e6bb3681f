import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sum } from '../money.ts';
import type { TaxRate } from './organisation.ts';
import { type LineDraft, toTotals } from './totals.ts';
import type { LineAmountTypes } from './types.ts';

function rate(TaxType: string, percent: number): TaxRate {
  return {
    Name: TaxType,
    TaxType,
    ReportTaxType: TaxType,
    rate: percent,
    Status: 'ACTIVE',
    appliesTo: [],
  };
}

function totals(types: LineAmountTypes, lines: LineDraft[]) {
  return toTotals({ types, lines, taxRates: [rate('OUTPUT', 10), rate('OUTPUT2', 15)], lineId: String });
}

describe('totals', () => {
  test('a discounted line matches the quote in Xero’s OpenAPI example', () => {
    const line = { Quantity: 1, UnitAmount: 19.95, DiscountRate: 10, TaxType: 'OUTPUT2' };
    const { LineItems, ...amounts } = totals('Exclusive', [line]);
    expect(amounts).toEqual({ SubTotal: 17.96, TotalTax: 2.69, Total: 20.65, TotalDiscount: 1.99 });
    expect(LineItems[0]).toMatchObject({ LineAmount: 17.96, TaxAmount: 2.69 });
  });

  test('half a cent of tax is rounded per line and then added', () => {
    const lines = [1, 2, 3].map(() => ({ Quantity: 1, UnitAmount: 0.05, TaxType: 'OUTPUT' }));
    expect(totals('Exclusive', lines)).toMatchObject({ SubTotal: 0.15, TotalTax: 0.03, Total: 0.18 });
  });

  test('when prices include tax, then the total is the sum of the lines', () => {
    const amount = fc.integer({ min: 0, max: 10_000_000 }).map((cents) => cents / 100);
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1 }), (amounts) => {
        const lines = amounts.map((UnitAmount) => ({ UnitAmount, TaxType: 'OUTPUT' }));
        expect(totals('Inclusive', lines).Total).toBe(sum(amounts));
      }),
    );
  });

  test.each<[string, LineAmountTypes, LineDraft, Record<string, number>]>([
    ['Light Saber', 'Exclusive', { Quantity: 1, UnitAmount: 500, TaxType: 'OUTPUT2' }, { TotalTax: 75, Total: 575 }],
    ['boo', 'Exclusive', { Quantity: 1, UnitAmount: 200, TaxType: 'OUTPUT2' }, { TotalTax: 30, Total: 230 }],
    ['Acme Tires', 'Exclusive', { Quantity: 2, UnitAmount: 20, TaxType: 'NONE' }, { TotalTax: 0, Total: 40 }],
  ])(
    'when it is the line “%s” of Xero’s OpenAPI examples, then the totals are theirs',
    (_name, types, line, totalsOf) => {
      expect(totals(types, [line])).toMatchObject(totalsOf);
    },
  );

  test('Xero’s rounding guide gives a tax of 11.44, not 11.45', () => {
    const lines = [25.06, 25.61, 25.63].map((UnitAmount) => ({ UnitAmount, TaxType: 'OUTPUT2' }));
    expect(totals('Exclusive', lines)).toMatchObject({ SubTotal: 76.3, TotalTax: 11.44, Total: 87.74 });
  });

  test('subtotal, tax and total are whole cents and add up', () => {
    const cents = fc.integer({ min: -1_000_000, max: 1_000_000 });
    const lineOf = fc.record({
      Quantity: fc.integer({ min: 1, max: 99_999 }).map((quantity) => quantity / 100),
      UnitAmount: cents.map((amount) => amount / 10_000),
      DiscountRate: fc.integer({ min: 0, max: 100 }),
      TaxType: fc.constantFrom('OUTPUT', 'OUTPUT2', 'NONE'),
    });
    fc.assert(
      fc.property(fc.constantFrom('Exclusive', 'Inclusive', 'NoTax'), fc.array(lineOf), (types, lines) => {
        const { SubTotal, TotalTax, Total, LineItems } = totals(types, lines);
        expect(sum([SubTotal, TotalTax])).toBe(Total);
        expect(sum(LineItems.map(({ TaxAmount }) => TaxAmount))).toBe(TotalTax);
        expect(Number(Total.toFixed(2))).toBe(Total);
      }),
    );
  });

  test('when there is no tax, then a tax type changes nothing', () => {
    expect(totals('NoTax', [{ UnitAmount: 100, TaxType: 'OUTPUT' }])).toMatchObject({ TotalTax: 0, Total: 100 });
  });
});
