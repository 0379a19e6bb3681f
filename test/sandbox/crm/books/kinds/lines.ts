import Big from 'big.js';
import type { Line, Row } from '../row.ts';
import { taxPercents, withValues } from './values.ts';

function toTwoDecimals(amount: Big): Big {
  return amount.round(2, Big.roundHalfUp);
}

/** A line without its tax, rounded to the cent. */
function toNet({ quantity, unitAmount }: Line): Big {
  return toTwoDecimals(new Big(quantity || '0').times(unitAmount || '0'));
}

/** The sum of the lines with their tax. The tax of each line is rounded to the cent. */
export function toTotal(lines: readonly Line[]): string {
  return lines
    .reduce((sum, line) => {
      const net = toNet(line);
      return sum.plus(net).plus(toTwoDecimals(net.times(taxPercents[line.tax] ?? 0).div(100)));
    }, new Big(0))
    .toFixed(2);
}

export function toLineAmount(line: Line): string {
  return toNet(line).toFixed(2);
}

/** What every document with lines says of itself. Amounts of lines are without tax. */
export function documentData({ values, lines }: Row): Record<string, unknown> {
  const { number, date, currency, reference } = values;
  return withValues({
    ...{ number, date, currency, reference, lineAmountTypes: 'exclusive' },
    lines: lines.map(({ description, quantity, unitAmount, itemId, category, tax }) =>
      withValues({
        ...{ description, quantity, unitAmount, category, taxRate: tax },
        item: itemId ? { crmId: itemId } : undefined,
      }),
    ),
    total: toTotal(lines),
  });
}
