import type { SyncAccount, SyncTaxRate } from '#server/xero/records/sync-lists.ts';
import type { RecordProblem } from '#shared/contract/sync/record.ts';
import { taxSuitsAccount } from '#shared/tax-suits-account.ts';
import { problemWords } from '../../words/problem-words.ts';
import { toProblem } from '../../words/problems.ts';
import type { KindFacts } from '../kind.ts';
import { findKey, nameAccount, type Side } from './accounts.ts';

type Asked = { word: string; path: string; side: Side };

/** The tax rate of the CRM's word: as mapped, or of the word's own record. */
export function findTaxRate(
  { word, path, side }: Asked,
  facts: KindFacts,
): { rate: SyncTaxRate } | { problem: RecordProblem } {
  const target = { mapping: 'taxRates', key: word };
  const taxType = findTaxType(word, side, facts);
  if (taxType === undefined) {
    const message = side === 'sales' ? problemWords.chooseSalesTax(word) : problemWords.chooseTax(word);
    return { problem: toProblem('tax_unmapped', { field: path, message, target }) };
  }
  const rate = facts.lists.taxRates.find((one) => one.taxType === taxType);
  if (rate?.status === 'ACTIVE') return { rate };
  const message = problemWords.taxGone(rate?.name ?? taxType, word);
  return { problem: toProblem('tax_unsuitable', { field: path, message, target }) };
}

/** A rate that was mapped for the other side only is taken where Xero allows it on this side too. */
function findTaxType(word: string, side: Side, { mapping, lists, twinOf }: KindFacts): string | undefined {
  const mapped = findKey(mapping.taxRates, word);
  const [own, other] =
    side === 'sales' ? [mapped?.salesTaxType, mapped?.taxType] : [mapped?.taxType, mapped?.salesTaxType];
  if (own) return own;
  const rate = lists.taxRates.find(({ taxType }) => taxType === other);
  const suits = side === 'sales' ? rate?.appliesTo.revenue : rate?.appliesTo.expenses;
  return suits ? rate?.taxType : twinOf('tax-rates', word)?.id;
}

/** Whether Xero takes the rate on lines of the account. */
export function checkTaxFit(
  rate: SyncTaxRate,
  account: SyncAccount,
  { word, path }: Omit<Asked, 'side'>,
): RecordProblem | undefined {
  if (taxSuitsAccount(rate, account)) return undefined;
  const message = problemWords.taxUnsuited(rate.name, nameAccount(account, null), word);
  return toProblem('tax_unsuitable', { field: path, message, target: { mapping: 'taxRates', key: word } });
}
