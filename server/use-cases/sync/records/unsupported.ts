import type { PutKind } from '#shared/contract/sync/kinds.ts';
import type { RecordProblem } from '#shared/contract/sync/record.ts';
import type { RecordData } from '#shared/contract/sync/record-data/data.ts';
import { compareDecimals } from '#shared/money.ts';
import { problemWords } from '../words/problem-words.ts';
import { toProblem } from '../words/problems.ts';

type Check<Kind extends PutKind> = (data: RecordData<Kind>) => RecordProblem | undefined;

/** What is never sent, by kind. The sentence says what to do instead. */
const checks: { [Kind in PutKind]?: Check<Kind> } = {
  'customer-credits': () => toProblem('credit_not_sent', { message: problemWords.creditNotSent }),
  expenses: ({ amount }) => {
    if (amount === undefined || isAbove(amount, '0')) return undefined;
    return isAbove('0', amount)
      ? toProblem('negative_total', { field: 'amount', message: problemWords.expenseNegative })
      : toProblem('zero_total', { field: 'amount', message: problemWords.expenseZero });
  },
  invoices: ({ total, isPaid }) => {
    if (total === undefined || isAbove(total, '0')) return undefined;
    if (isAbove('0', total))
      return toProblem('negative_total', { field: 'total', message: problemWords.negativeInvoice });
    return isPaid ? undefined : toProblem('zero_total', { field: 'total', message: problemWords.zeroInvoice });
  },
};

/** Why data of this kind is never sent; undefined where it may be. */
export function findUnsupported<Kind extends PutKind>(kind: Kind, data: RecordData<Kind>): RecordProblem | undefined {
  const check: Check<Kind> | undefined = checks[kind];
  return check?.(data);
}

function isAbove(amount: string, other: string): boolean {
  return compareDecimals(amount, other) > 0;
}
