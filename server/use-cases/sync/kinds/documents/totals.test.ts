import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RecordData } from '#shared/contract/sync/record-data/data.ts';
import { computeTotals } from '#shared/document-totals.ts';
import { addDecimals, compareDecimals, roundDecimal } from '#shared/money.ts';
import { factsOf, twin } from '../facts.fixture.ts';
import { invoices } from '../invoices.ts';
import type { Built, KindFacts } from '../kind.ts';

type Invoice = RecordData<'invoices'>;
type Line = NonNullable<Invoice['lines']>[number];

function line(unitAmount: string, change: Partial<Line> = {}): Line {
  return { description: 'Work', quantity: '1', unitAmount, category: 'Sales', taxRate: 'GST', ...change };
}

const rounding: Partial<KindFacts> = { rules: { roundingLine: true, billStatus: 'approved' } };

function build(change: Partial<Invoice>, facts: Partial<KindFacts> = {}): Built {
  const data: Invoice = {
    ...{ number: 'INV-1', customer: { name: 'Acme' }, date: '2026-11-01', dueDate: '2026-12-01', currency: 'AUD' },
    ...{ lineAmountTypes: 'exclusive', status: 'approved', ...change },
  };
  return invoices.toXero(data, factsOf({ contactOf: () => twin('a'), ...facts }));
}

const cents = [line('1.15'), line('1.15'), line('1.15')];

describe('the total', () => {
  test('is compared to the cent with what Xero computes', () => {
    expect(build({ lines: cents, total: '3.81' })).toHaveProperty('element');
    expect(build({ lines: cents, total: '3.8100' })).toHaveProperty('element');
  });

  test('that differs is told with the rule that explains it', () => {
    expect(build({ lines: cents, total: '3.80' })).toMatchObject({
      problem: {
        ...{ code: 'total_differs', field: 'total', fix: 'edit_record' },
        message:
          'The total is 3.80, but the lines come to 3.81 in Xero. The CRM rounds the tax once for all lines. Xero rounds it on each line.',
      },
    });
  });

  test('that no rule explains is told all the same', () => {
    expect(build({ lines: cents, total: '5.00' })).toMatchObject({
      problem: {
        message: 'The total is 5.00, but the lines come to 3.81 in Xero. Change the lines or the total.',
      },
    });
  });

  test('is not compared where only Xero can compute the tax', () => {
    expect(build({ lines: [line('1.00', { taxRate: 'Look up' })], total: '7.00' })).toHaveProperty('element');
  });

  test('of lines with the account’s own tax is computed with that', () => {
    expect(build({ lines: [line('1.00', { taxRate: undefined })], total: '1.10' })).toHaveProperty('element');
  });
});

describe('a rounding line', () => {
  test('makes up for up to 0.05 where the admin said so, without tax', () => {
    expect(build({ lines: cents, total: '3.80' }, rounding)).toMatchObject({
      element: {
        LineItems: [
          ...[{}, {}, {}],
          {
            ...{ Description: 'Rounding', Quantity: { exactDecimal: '1' }, UnitAmount: { exactDecimal: '-0.01' } },
            ...{ AccountCode: '200', TaxType: 'NONE' },
          },
        ],
      },
      notes: [{ code: 'rounding_line', message: 'A rounding line of -0.01 AUD was added.' }],
    });
  });

  test('is not made for more than 0.05', () => {
    expect(build({ lines: cents, total: '3.86' }, rounding)).toHaveProperty('element');
    expect(build({ lines: cents, total: '3.87' }, rounding)).toMatchObject({ problem: { code: 'total_differs' } });
    expect(build({ lines: cents, total: '3.75' }, rounding)).toMatchObject({ problem: { code: 'total_differs' } });
  });

  test('takes the rate without tax that the organisation has', () => {
    const [input, output, none, ...others] = factsOf().lists.taxRates;
    if (!input || !output || !none) throw new Error('the lists have changed');
    const excluded = { ...none, taxType: 'BASEXCLUDED' };
    const lists = { ...factsOf().lists, taxRates: [input, output, excluded, ...others] };
    expect(build({ lines: cents, total: '3.80' }, { ...rounding, lists })).toMatchObject({
      element: { LineItems: [{}, {}, {}, { TaxType: 'BASEXCLUDED' }] },
    });
  });
});

const price = fc.integer({ min: 1, max: 999_999 }).map((units) => `${units / 10_000}`.replace(/e.*/, ''));
const plainPrice = fc
  .tuple(fc.nat(999), fc.nat(9_999))
  .map(([whole, part]) => `${whole}.${String(part).padStart(4, '0')}`);
const draft = fc.record({
  unitAmount: fc.oneof(
    plainPrice,
    price.map((text) => roundDecimal(text, 4)),
  ),
  quantity: fc.nat(20).map(String),
});
const types = fc.constantFrom('exclusive', 'inclusive', 'none');

test('the document in Xero comes to the CRM’s own total, or is not sent', () => {
  const property = fc.property(
    fc.array(draft, { minLength: 1, maxLength: 8 }),
    types,
    fc.integer({ min: -8, max: 8 }),
    (drafts, lineAmountTypes, off) => {
      const lines = drafts.map(({ unitAmount, quantity }) => line(unitAmount, { quantity }));
      const rated = drafts.map((one) => ({ ...one, taxRate: '10' }));
      const { total: exact } = computeTotals({ currency: 'AUD', lineAmountTypes, lines: rated });
      const total = addDecimals([exact, `${off < 0 ? '-' : ''}0.0${Math.abs(off)}`]);
      const built = build({ lines, lineAmountTypes, total }, rounding);
      if (!('element' in built)) return Math.abs(off) > 5;
      const extra = Array.isArray(built.element.LineItems) ? built.element.LineItems.slice(lines.length) : [];
      const added = extra.map((row) => row.UnitAmount.exactDecimal);
      return compareDecimals(addDecimals([exact, ...added]), total) === 0 && extra.length === (off === 0 ? 0 : 1);
    },
  );
  fc.assert(property);
});
