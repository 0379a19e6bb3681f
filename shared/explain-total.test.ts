import fc from 'fast-check';
import { expect, test } from 'vitest';
import { computeTotals, type TotalsLine } from './document-totals.ts';
import { explainTotal } from './explain-total.ts';

function line(quantity: string, unitAmount: string, taxRate = '10', more: Partial<TotalsLine> = {}): TotalsLine {
  return { quantity, unitAmount, taxRate, ...more };
}

const three = [line('1', '1.15'), line('1', '1.15'), line('1', '1.15')];

test.each([
  ['tax_left_out', 'exclusive', [line('1', '100')], '100.00'],
  ['prices_exclude_tax', 'inclusive', [line('1', '100')], '110.00'],
  ['tax_of_document', 'exclusive', three, '3.80'],
  ['lines_unrounded', 'inclusive', [line('1', '0.0040'), line('1', '0.0040')], '0.01'],
  ['prices_of_two_decimals', 'none', [line('100', '0.1250')], '13.00'],
  ['tax_of_unit', 'exclusive', [line('100', '0.14')], '15.00'],
  ['tax_rounded_down', 'exclusive', [line('1', '0.19'), line('1', '0.19'), line('1', '0.17')], '0.58'],
  [
    'tax_rounded_to_even',
    'exclusive',
    [line('1', '0.25'), line('1', '0.25'), line('1', '0.45'), line('1', '0.35')],
    '1.42',
  ],
] as const)('%s explains a total of %s lines', (rule, lineAmountTypes, lines, total) => {
  expect(explainTotal({ currency: 'AUD', lineAmountTypes, lines }, total)).toBe(rule);
});

test('components of a tax count together', () => {
  const lines = [
    line('1', '100', '0', {
      taxComponents: [
        { rate: '5', isCompound: false },
        { rate: '9.975', isCompound: true },
      ],
    }),
  ];
  expect(explainTotal({ currency: 'CAD', lineAmountTypes: 'inclusive', lines }, '115.47')).toBe('prices_exclude_tax');
});

test('a total that is far off has no explanation', () => {
  expect(explainTotal({ currency: 'AUD', lineAmountTypes: 'exclusive', lines: three }, '9.99')).toBeUndefined();
});

test('a total without the tax is always explained', () => {
  const amount = fc
    .tuple(fc.nat(99), fc.nat(9_999))
    .map(([whole, part]) => `${whole}.${String(part).padStart(4, '0')}`);
  const lines = fc.array(
    fc.tuple(fc.nat(9), amount).map(([quantity, price]) => line(String(quantity), price)),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(lines, (given) => {
      const document = { currency: 'AUD', lineAmountTypes: 'exclusive', lines: given } as const;
      const net = computeTotals({ ...document, lineAmountTypes: 'none' }).total;
      return explainTotal(document, net) === 'tax_left_out';
    }),
  );
});
