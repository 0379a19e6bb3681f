import type { SyncAccount } from '#server/xero/records/sync-lists.ts';
import type { RecordProblem } from '#shared/contract/sync/record.ts';
import { problemWords } from '../../words/problem-words.ts';
import { toProblem } from '../../words/problems.ts';
import { missingAt } from '../check-fields.ts';
import type { KindFacts } from '../kind.ts';
import { findKey, nameAccount } from './accounts.ts';

/** The account of a payment method: as mapped, of the method's own record, or the default without a method. */
export function findPaymentAccount(
  method: string | undefined,
  currency: string,
  facts: KindFacts,
): { account: SyncAccount } | { problem: RecordProblem } {
  const { defaults } = facts.mapping;
  const id = method ? findMethodId(method, facts) : defaults.paymentAccountId;
  const target = method ? { mapping: 'paymentMethods', key: method } : { mapping: 'defaults', key: 'paymentAccountId' };
  if (!id) {
    if (!method) return { problem: missingAt('method') };
    const message = problemWords.chooseMethod(method);
    return { problem: toProblem('method_unmapped', { field: 'method', message, target }) };
  }
  const account = facts.lists.accounts.find((one) => one.id === id.toLowerCase());
  const name = nameAccount(account, null) || id;
  const key = method ?? problemWords.defaultMethod;
  const isUsable = account?.status === 'ACTIVE' && account.takesPayments;
  if (!isUsable) return { problem: unusable(problemWords.methodUnusable(name, key), target) };
  if (takesCurrency(account, currency, facts)) return { account };
  return { problem: unusable(problemWords.methodCurrency(name, currency, key), target) };
}

function findMethodId(method: string, { mapping, twinOf }: KindFacts): string | undefined {
  return findKey(mapping.paymentMethods, method)?.accountId ?? twinOf('payment-methods', method)?.id;
}

/** A foreign bank account takes its own currency only. */
function takesCurrency({ currency: own }: SyncAccount, currency: string, { organisation }: KindFacts): boolean {
  return own === null || own === currency || own === organisation.baseCurrency;
}

function unusable(message: string, target: { mapping: string; key: string }): RecordProblem {
  return toProblem('method_unusable', { field: 'method', message, target });
}
