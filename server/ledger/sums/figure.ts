import type { Figure } from '#shared/contract/summary.ts';
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  type Money,
  roundToCurrency,
  toBaseAmount,
} from '#shared/money.ts';

/** The members of a document or credit that sums need. */
type Amounts = { currency: string; rate: Decimal | null; amountDue: Decimal; total: Decimal };

/**
 * Counts documents and adds up exact totals, one per currency, the organisation's currency first. `base` is present
 * only when a document is in another currency: each amount is converted at its document's own rate, added up unrounded
 * and rounded once. If a rate is missing, `base` is missing too, because a wrong sum is worse than none.
 */
export function buildFigure(documents: readonly Amounts[], field: 'amountDue' | 'total', baseCurrency: string): Figure {
  const totals = totalsByCurrency(documents, field, baseCurrency);
  const base = documents.some(({ currency }) => currency !== baseCurrency)
    ? sumInBase(documents, field, baseCurrency)
    : null;
  return { count: documents.length, totals, ...(base && { base }) };
}

function totalsByCurrency(documents: readonly Amounts[], field: 'amountDue' | 'total', base: string): Money[] {
  const amounts = new Map<string, Decimal[]>();
  for (const document of documents) {
    const list = amounts.get(document.currency);
    if (list) list.push(document[field]);
    else amounts.set(document.currency, [document[field]]);
  }
  const rank = (currency: string) => (currency === base ? `0${currency}` : `1${currency}`);
  return [...amounts]
    .sort(([a], [b]) => (rank(a) < rank(b) ? -1 : 1))
    .map(([currency, list]) => ({ currency, amount: roundToCurrency(addDecimals(list), currency) }));
}

function sumInBase(documents: readonly Amounts[], field: 'amountDue' | 'total', base: string): Money | null {
  const converted: Decimal[] = [];
  for (const document of documents) {
    if (document.currency === base) converted.push(document[field]);
    else if (document.rate !== null && compareDecimals(document.rate, '0') > 0)
      converted.push(toBaseAmount(document[field], document.rate));
    else return null;
  }
  return { currency: base, amount: roundToCurrency(addDecimals(converted), base) };
}
