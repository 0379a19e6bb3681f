import type { RecordProblem } from '#shared/contract/sync/record.ts';
import { computeTotals, type TotalsInput, type TotalsLine } from '#shared/document-totals.ts';
import { explainTotal } from '#shared/explain-total.ts';
import { compareDecimals, type Decimal, subtractDecimals } from '#shared/money.ts';
import { noteRoundingLine } from '../../words/notes.ts';
import { problemWords, totalRuleWords } from '../../words/problem-words.ts';
import { toProblem } from '../../words/problems.ts';
import type { KindFacts, KindNote } from '../kind.ts';
import type { BuiltLine, LineSetting } from './lines.ts';

/** The largest difference that an admin can let a rounding line make up for. */
const mostRounding = '0.05';

type Document = LineSetting & { currency: string; total: Decimal };
type Settled = { lines: BuiltLine[]; notes: KindNote[] } | { problem: RecordProblem };

/**
 * Compares the lines, as Xero adds them up, with the CRM's own total to the cent. A small difference becomes a line of
 * its own where the admin said so.
 */
export function settleTotal(lines: readonly BuiltLine[], document: Document, facts: KindFacts): Settled {
  const input = toTotals(lines, document);
  // Only Xero can compute a tax without a rate.
  if (!input) return { lines: [...lines], notes: [] };
  const { total } = computeTotals(input);
  const difference = subtractDecimals(document.total, total);
  if (compareDecimals(difference, '0') === 0) return { lines: [...lines], notes: [] };
  if (!facts.rules.roundingLine || isLarge(difference))
    return { problem: toTotalProblem(input, document.total, total) };
  const notes = [noteRoundingLine(document.currency, difference)];
  return { lines: [...lines, toRoundingLine(lines, difference, document, facts)], notes };
}

function toTotals(lines: readonly BuiltLine[], { types, currency }: Document): TotalsInput | undefined {
  const rated = lines.flatMap(({ draft, rate }): TotalsLine[] => {
    const { quantity, unitAmount, discount } = draft;
    return rate === null ? [] : [{ quantity, unitAmount, ...(discount !== undefined && { discount }), ...rate }];
  });
  return rated.length === lines.length ? { currency, lineAmountTypes: types, lines: rated } : undefined;
}

function isLarge(difference: Decimal): boolean {
  const size = difference.replace('-', '');
  return compareDecimals(size, mostRounding) > 0;
}

function toTotalProblem(input: TotalsInput, told: Decimal, total: Decimal): RecordProblem {
  const rule = explainTotal(input, told);
  const message = rule
    ? problemWords.totalRule(told, total, totalRuleWords[rule])
    : problemWords.totalDiffers(told, total);
  return toProblem('total_differs', { field: 'total', message });
}

/** On the account of the first line, without tax. */
function toRoundingLine(
  lines: readonly BuiltLine[],
  difference: Decimal,
  { types }: Document,
  facts: KindFacts,
): BuiltLine {
  const accountCode = lines.find((line) => line.accountCode !== undefined)?.accountCode;
  return {
    draft: { at: '', description: 'Rounding', quantity: '1', unitAmount: difference },
    ...{ itemCode: undefined, accountCode, tracking: [], rate: { taxRate: '0' } },
    taxType: types === 'none' ? undefined : findZeroRate(accountCode, facts),
  };
}

/** `NONE` where the organisation has it; Australia has BASEXCLUDED instead. */
function findZeroRate(accountCode: string | undefined, { lists }: KindFacts): string {
  const account = lists.accounts.find(({ code }) => code === accountCode);
  const zero = lists.taxRates.filter(
    ({ status, rate, appliesTo }) =>
      status === 'ACTIVE' &&
      rate !== null &&
      compareDecimals(rate, '0') === 0 &&
      (!account || account.class === null || appliesTo[account.class]),
  );
  const best = ['NONE', 'BASEXCLUDED'].find((taxType) => zero.some((rate) => rate.taxType === taxType));
  return best ?? zero[0]?.taxType ?? 'NONE';
}
