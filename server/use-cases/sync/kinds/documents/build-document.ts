import type { ExactJson } from '#server/xero/bytes/exact-json.ts';
import type { RecordProblem } from '#shared/contract/sync/record.ts';
import type { Decimal } from '#shared/money.ts';
import { problemWords } from '../../words/problem-words.ts';
import { toProblem } from '../../words/problems.ts';
import type { KindFacts, KindNote } from '../kind.ts';
import { readDay } from '../read-row.ts';
import {
  type BuiltLine,
  type DraftLine,
  type LineSetting,
  type ResolvedLine,
  resolveLine,
  toLineItem,
} from './lines.ts';
import { findLive } from './statuses.ts';
import { settleTotal } from './totals.ts';

export type Draft = LineSetting & {
  date: string;
  currency: string;
  lines: readonly DraftLine[];
  /** The CRM's own total; undefined where it has none beside the lines. */
  total: Decimal | undefined;
  /** Whether the document is posted to the books, so that lock dates hold for it. */
  isPosted: boolean;
};

export type BuiltLines = { lineItems: ExactJson[]; notes: KindNote[] };

/** The lines as Xero takes them, checked in this order: mapping, fit, currency, lock date, tracking, totals. */
export function buildLines(draft: Draft, facts: KindFacts): BuiltLines | { problem: RecordProblem } {
  const resolved = draft.lines.map((line) => resolveLine(line, draft, facts));
  const problem =
    firstOf(resolved, 'mapping') ??
    firstOf(resolved, 'fit') ??
    checkCurrency(draft.currency, facts) ??
    (draft.isPosted ? checkLock(draft.date, facts) : undefined) ??
    firstOf(resolved, 'trackingProblem');
  if (problem) return { problem };
  const { total } = draft;
  const settled = total === undefined ? withoutTotal(resolved) : settleTotal(resolved, { ...draft, total }, facts);
  if ('problem' in settled) return settled;
  return { lineItems: settled.lines.map((line) => toLineItem(line, draft)), notes: settled.notes };
}

function withoutTotal(lines: readonly BuiltLine[]): { lines: readonly BuiltLine[]; notes: KindNote[] } {
  return { lines, notes: [] };
}

function firstOf(
  lines: readonly ResolvedLine[],
  stage: 'mapping' | 'fit' | 'trackingProblem',
): RecordProblem | undefined {
  return lines.find((line) => line[stage] !== undefined)?.[stage];
}

export function checkCurrency(
  currency: string | undefined,
  { organisation, lists }: Pick<KindFacts, 'organisation' | 'lists'>,
): RecordProblem | undefined {
  const isUsed =
    currency === undefined ||
    currency === organisation.baseCurrency ||
    lists.currencies.some(({ code }) => code === currency);
  if (isUsed) return undefined;
  return toProblem('currency_not_subscribed', { field: 'currency', message: problemWords.currencyUnused(currency) });
}

/** Neither the new date nor the date in Xero may be in a locked period. */
export function checkLock(
  date: string,
  { lockDate, twin }: Pick<KindFacts, 'lockDate' | 'twin'>,
  field = 'date',
): RecordProblem | undefined {
  const live = findLive({ twin });
  const held = live && readDay(live, 'Date');
  const isLocked = lockDate !== null && (date <= lockDate || (held !== undefined && held <= lockDate));
  return isLocked ? toProblem('period_locked', { field, message: problemWords.periodLocked(lockDate) }) : undefined;
}
