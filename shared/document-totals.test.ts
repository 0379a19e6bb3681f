import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeTotals, type TotalsInput, type TotalsLine } from './document-totals.ts';
import { addDecimals, compareDecimals, roundDecimal } from './money.ts';

function line(quantity: string, unitAmount: string, taxRate = '0', discount?: string): TotalsLine {
  return {
    quantity,
    unitAmount,
    taxRate,
    discount,
  };
}

function documentOf(
  lineAmountTypes: TotalsInput['lineAmountTypes'],
  lines: readonly TotalsLine[],
  rest: Partial<TotalsInput> = {},
): TotalsInput {
  return { currency: 'AUD', lineAmountTypes, lines, ...rest };
}

function figures(document: TotalsInput) {
  const { subTotal, totalTax, total } = computeTotals(document);
  return [subTotal, totalTax, total];
}

describe("figures of Xero's OpenAPI examples", () => {
  test.each([
    ['Quotes, less 10 %', 'exclusive', line('1', '19.95', '15', '10'), ['17.96', '2.69', '20.65']],
    ['a purchase order, less 10 %', 'exclusive', line('1', '2500', '15', '10'), ['2250.00', '337.50', '2587.50']],
    ['an invoice', 'exclusive', line('1', '500', '15'), ['500.00', '75.00', '575.00']],
    ['an invoice without tax', 'none', line('1', '148062.76'), ['148062.76', '0.00', '148062.76']],
    ['a credit note', 'exclusive', line('2', '20', '15'), ['40.00', '6.00', '46.00']],
    ['an Australian bill', 'exclusive', line('1', '20', '10'), ['20.00', '2.00', '22.00']],
    // The example's tax type is made up; its figures imply 9.5 %.
    ['an inclusive bank transaction', 'inclusive', line('1', '20', '9.5'), ['18.26', '1.74', '20.00']],
  ] as const)('when it is %s (%s), then the totals are those', (_name, types, item, expected) => {
    expect(figures(documentOf(types, [item]))).toEqual(expected);
  });
});

describe('documented rounding', () => {
  test('rounds tax on each of three lines and adds it ("Rounding in Xero")', () => {
    const lines = ['25.06', '25.61', '25.63'].map((unitAmount) => line('1', unitAmount, '15'));
    const totals = computeTotals(documentOf('exclusive', lines));
    expect(totals.lines.map((l) => l.taxAmount)).toEqual(['3.76', '3.84', '3.84']);
    expect(totals).toMatchObject({ subTotal: '76.30', totalTax: '11.44', total: '87.74' });
    expect(figures(documentOf('exclusive', [line('1', '76.30', '15')]))).toEqual(['76.30', '11.45', '87.75']);
  });

  test('when 15 % are off 22.50, then 19.13 is left (discussion 89760256)', () => {
    expect(figures(documentOf('none', [line('1', '22.5', '0', '15')]))).toEqual(['19.13', '0.00', '19.13']);
  });

  test.each([
    ['43.30', '5', '2.17'],
    ['43.28', '5', '2.16'],
    ['-43.30', '5', '-2.17'],
    ['0.10', '5', '0.01'],
    ['-0.08', '5', '0.00'],
  ])('when %s is taxed at %s %%, then half a cent goes away from zero: %s', (amount, rate, tax) => {
    expect(computeTotals(documentOf('exclusive', [line('1', amount, rate)])).totalTax).toBe(tax);
  });

  test.each([
    ['exclusive', line('10', '100', '10'), '200', ['800.00', '80.00', '880.00']],
    ['inclusive', line('10', '110', '10'), '220', ['800.00', '80.00', '880.00']],
    ['none', line('10', '100'), '200', ['800.00', '0.00', '800.00']],
    // The discounted amount is rounded: 3.3333 less 0.005 is 3.3283.
    ['none', line('1', '3.3333'), '0.005', ['3.33', '0.00', '3.33']],
    ['none', line('-2', '50'), '-10', ['-90.00', '0.00', '-90.00']],
  ] as const)(
    'when an amount is off a line (%s), then it comes off before tax',
    (types, item, discountAmount, expected) => {
      expect(figures(documentOf(types, [{ ...item, discountAmount }]))).toEqual(expected);
    },
  );

  test('only the amount counts when a percentage is also given', () => {
    expect(figures(documentOf('none', [{ ...line('10', '100', '0', '20'), discountAmount: '300' }]))[2]).toBe('700.00');
  });

  test('rounds a unit amount to Xero’s decimals before multiplying', () => {
    expect(figures(documentOf('none', [line('1000', '0.061171')]))).toEqual(['61.20', '0.00', '61.20']);
    const inQuote = documentOf('none', [line('1000', '0.061171')], { unitAmountDecimals: 2 });
    expect(figures(inQuote)).toEqual(['60.00', '0.00', '60.00']);
    expect(figures(documentOf('none', [line('1', '1.795')], { unitAmountDecimals: 2 }))[0]).toBe('1.80');
  });

  test('computes tax from the rounded line amount', () => {
    // 7.75 * 10 % = 0.775; 7.7454 * 10 % would be 0.77.
    expect(figures(documentOf('exclusive', [line('1', '7.7454', '10')]))).toEqual(['7.75', '0.78', '8.53']);
  });

  test('uses two decimals even for a currency without decimals', () => {
    const lines = [line('1', '99.99', '10')];
    expect(figures(documentOf('exclusive', lines, { currency: 'JPY' }))).toEqual(['99.99', '10.00', '109.99']);
  });
});

describe('compound tax', () => {
  const of = (simple: readonly string[], compound: string) => [
    ...simple.map((rate) => ({ rate, isCompound: false })),
    { rate: compound, isCompound: true },
  ];

  test.each([
    // Developer community, discussion 109027464: 10 % in all, 10.24 % effective.
    ['inclusive', of(['6'], '4'), ['9071.12', '928.88', '10000.00']],
    // A printed invoice shows 8,912.66 before tax.
    ['inclusive', of(['6', '4'], '2'), ['8912.66', '1087.34', '10000.00']],
    ['exclusive', of(['5'], '9.5'), ['10000.00', '1497.50', '11497.50']],
    ['none', of(['5'], '9.5'), ['10000.00', '0.00', '10000.00']],
  ] as const)('an %s line of 10,000 with a compound tax taxes the other tax too', (types, parts, expected) => {
    const item = { ...line('1', '10000', '0'), taxComponents: parts };
    expect(figures(documentOf(types, [item]))).toEqual(expected);
  });

  test('keeps an effective rate at four decimals', () => {
    const item = { ...line('1', '10000000', '0'), taxComponents: of(['9.975'], '5') };
    expect(computeTotals(documentOf('exclusive', [item])).totalTax).toBe('1547380.00');
  });
});

function decimals(min: number, max: number, places: number) {
  return fc.integer({ min, max }).map((value) => toText(value, places));
}

const randomLine = fc.record({
  quantity: fc.oneof(decimals(-50, 500, 0), decimals(-100_000, 1_000_000_000, 4)),
  unitAmount: fc.oneof(decimals(-1_000, 1_000_000, 2), decimals(-100_000, 1_000_000_000, 4)),
  discount: fc.option(fc.oneof(fc.constantFrom('0', '10', '12.5', '33.33', '50', '100'), decimals(0, 10_000, 2))),
  taxRate: fc.oneof(fc.constantFrom('0', '5', '10', '15', '20', '9.5', '14.975'), decimals(0, 400_000, 4)),
  components: fc.option(fc.tuple(decimals(0, 200_000, 4), decimals(0, 200_000, 4))),
});
const randomDocument = fc.record({
  lineAmountTypes: fc.constantFrom('exclusive', 'inclusive', 'none'),
  lines: fc.array(randomLine, { maxLength: 8 }),
});

describe('over 10,000 random documents', () => {
  test('totals are consistent in any order and match whole numbers', () => {
    fc.assert(
      fc.property(randomDocument, fc.nat(), (random, turn) => {
        const document = documentOf(random.lineAmountTypes, random.lines.map(toLine));
        const totals = computeTotals(document);
        expectConsistent(document, totals);
        const { lines: _lines, ...sums } = totals;
        expect(computeTotals({ ...document, lines: rotate(document.lines, turn) })).toMatchObject(sums);
        expect(totals).toEqual(computeInWholeNumbers(document));
      }),
      { numRuns: 10_000 },
    );
  });

  test('with zero tax, exclusive, inclusive and none are the same', () => {
    fc.assert(
      fc.property(fc.array(randomLine, { maxLength: 8 }), (lines) => {
        const untaxed = lines.map((l) => ({ ...toLine(l), taxRate: '0', taxComponents: undefined }));
        const none = computeTotals(documentOf('none', lines.map(toLine)));
        expect(computeTotals(documentOf('exclusive', untaxed))).toEqual(none);
        expect(computeTotals(documentOf('inclusive', untaxed))).toEqual(none);
      }),
      { numRuns: 1_000 },
    );
  });
});

test('when a document has no lines, then all is zero', () => {
  expect(computeTotals(documentOf('exclusive', []))).toEqual({
    lines: [],
    subTotal: '0.00',
    totalTax: '0.00',
    total: '0.00',
  });
});

type RandomLine = typeof randomLine extends fc.Arbitrary<infer T> ? T : never;

function toLine(random: RandomLine): TotalsLine {
  const [simple, compound] = random.components ?? [];
  return {
    quantity: random.quantity,
    unitAmount: random.unitAmount,
    discount: random.discount ?? undefined,
    taxRate: random.taxRate,
    taxComponents:
      simple === undefined || compound === undefined
        ? undefined
        : [
            { rate: simple, isCompound: false },
            { rate: compound, isCompound: true },
          ],
  };
}

function expectConsistent(document: TotalsInput, totals: ReturnType<typeof computeTotals>) {
  const lineAmounts = roundDecimal(addDecimals(totals.lines.map((l) => l.lineAmount)), 2);
  expect(roundDecimal(addDecimals([totals.subTotal, totals.totalTax]), 2)).toBe(totals.total);
  expect(roundDecimal(addDecimals(totals.lines.map((l) => l.taxAmount)), 2)).toBe(totals.totalTax);
  expect(document.lineAmountTypes === 'inclusive' ? totals.total : totals.subTotal).toBe(lineAmounts);
  for (const { lineAmount, taxAmount } of totals.lines) {
    if (document.lineAmountTypes === 'none') expect(taxAmount).toBe('0.00');
    expect(compareDecimals(taxAmount, '0') * compareDecimals(lineAmount, '0')).toBeGreaterThanOrEqual(0);
  }
}

/** The same arithmetic with bigints: quantities, unit amounts and rates in ten-thousandths, amounts in cents. */
function computeInWholeNumbers(document: TotalsInput) {
  const cents = document.lines.map((l) => {
    const kept = 10_000n - toScaled(l.discount ?? '0', 2);
    const amount = divideHalfAway(toScaled(l.quantity, 4) * toScaled(l.unitAmount, 4) * kept, 10n ** 10n);
    const rate = l.taxComponents
      ? compoundRate(l.taxComponents.map((c) => toScaled(c.rate, 4)))
      : toScaled(l.taxRate, 4);
    const taxFrom = { exclusive: 1_000_000n, inclusive: 1_000_000n + rate };
    const tax =
      document.lineAmountTypes === 'none' ? 0n : divideHalfAway(amount * rate, taxFrom[document.lineAmountTypes]);
    return { amount, tax };
  });
  const amounts = cents.reduce((sum, { amount }) => sum + amount, 0n);
  const tax = cents.reduce((sum, l) => sum + l.tax, 0n);
  const net = document.lineAmountTypes === 'inclusive' ? amounts - tax : amounts;
  return {
    lines: cents.map((l) => ({ lineAmount: fromCents(l.amount), taxAmount: fromCents(l.tax) })),
    subTotal: fromCents(net),
    totalTax: fromCents(tax),
    total: fromCents(net + tax),
  };
}

function compoundRate([simple = 0n, compound = 0n]: readonly bigint[]): bigint {
  return simple + divideHalfAway(compound * (1_000_000n + simple), 1_000_000n);
}

function divideHalfAway(numerator: bigint, denominator: bigint): bigint {
  const absolute = numerator < 0n ? -numerator : numerator;
  const quotient = (2n * absolute + denominator) / (2n * denominator);
  return numerator < 0n ? -quotient : quotient;
}

function toScaled(text: string, places: number): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(places, '0'));
}

function fromCents(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(3, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function toText(value: number, places: number): string {
  const digits = String(Math.abs(value)).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  return `${value < 0 ? '-' : ''}${whole}${places === 0 ? '' : `.${digits.slice(-places)}`}`;
}

function rotate<T>(items: readonly T[], by: number): T[] {
  const at = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(at), ...items.slice(0, at)].reverse();
}
