import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sum } from '../money.ts';
import type { TaxRate } from './organisation.ts';
import { type LineDraft, toTotals } from './totals.ts';
import type { LineAmountTypes } from './types.ts';

const rate = (TaxType: string, percent: number): TaxRate => ({
  Name: TaxType,
  TaxType,
  ReportTaxType: TaxType,
  rate: percent,
  Status: 'ACTIVE',
  appliesTo: [],
});

const totals = (types: LineAmountTypes, lines: LineDraft[]) =>
  toTotals({ types, lines, taxRates: [rate('OUTPUT', 10), rate('OUTPUT2', 15)], lineId: String });

describe('totals', () => {
  it('when a line is discounted, then they are those of the quote in Xero’s OpenAPI example', () => {
    const line = { Quantity: 1, UnitAmount: 19.95, DiscountRate: 10, TaxType: 'OUTPUT2' };
    const { LineItems, ...amounts } = totals('Exclusive', [line]);
    expect(amounts).toEqual({ SubTotal: 17.96, TotalTax: 2.69, Total: 20.65, TotalDiscount: 1.99 });
    expect(LineItems[0]).toMatchObject({ LineAmount: 17.96, TaxAmount: 2.69 });
  });

  it('when each line’s tax is half a cent, then it is rounded per line before it is added', () => {
    const lines = [1, 2, 3].map(() => ({ Quantity: 1, UnitAmount: 0.05, TaxType: 'OUTPUT' }));
    expect(totals('Exclusive', lines)).toMatchObject({ SubTotal: 0.15, TotalTax: 0.03, Total: 0.18 });
  });

  it('when prices include tax, then the total is the sum of the lines', () => {
    const amount = fc.integer({ min: 0, max: 10_000_000 }).map((cents) => cents / 100);
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1 }), (amounts) => {
        const lines = amounts.map((UnitAmount) => ({ UnitAmount, TaxType: 'OUTPUT' }));
        expect(totals('Inclusive', lines).Total).toBe(sum(amounts));
      }),
    );
  });

  it('when there is no tax, then a tax type changes nothing', () => {
    expect(totals('NoTax', [{ UnitAmount: 100, TaxType: 'OUTPUT' }])).toMatchObject({ TotalTax: 0, Total: 100 });
  });
});
