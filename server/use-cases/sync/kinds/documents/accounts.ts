import type { SyncAccount } from '#server/xero/records/sync-lists.ts';
import type { RecordProblem } from '#shared/contract/sync/record.ts';
import { problemWords } from '../../words/problem-words.ts';
import { toProblem } from '../../words/problems.ts';
import type { KindFacts } from '../kind.ts';

export type Side = 'sales' | 'purchases';

/** What the CRM's word stands for. Words are compared without case. */
export function findKey<Row extends { key: string }>(rows: readonly Row[], key: string): Row | undefined {
  const wanted = key.toLowerCase();
  return rows.find((row) => row.key.toLowerCase() === wanted);
}

type AccountOrProblem = { account: SyncAccount } | { problem: RecordProblem };

/** The account of a category: as mapped, or of the category's own record. */
export function findCategoryAccount(category: string, path: string, facts: KindFacts): AccountOrProblem {
  const target = { mapping: 'categories', key: category };
  const code = findKey(facts.mapping.categories, category)?.accountCode ?? null;
  const id = code === null ? facts.twinOf('expense-categories', category)?.id : undefined;
  if (code === null && id === undefined) {
    const message = problemWords.chooseAccount(category);
    return { problem: toProblem('category_unmapped', { field: path, message, target }) };
  }
  const account = facts.lists.accounts.find((one) => (code === null ? one.id === id : one.code === code));
  if (account && canTakeLines(account)) return { account };
  const message = problemWords.accountUnusable(nameAccount(account, code), category);
  return { problem: toProblem('account_unusable', { field: path, message, target }) };
}

/** The account of a line without a category: the default of its side. */
export function findDefaultAccount(side: Side, path: string, { mapping, lists }: KindFacts): AccountOrProblem {
  const key = side === 'sales' ? 'salesAccountCode' : 'expenseAccountCode';
  const target = { mapping: 'defaults', key };
  const code = mapping.defaults[key];
  if (code === null) {
    const message = side === 'sales' ? problemWords.chooseSalesAccount : problemWords.chooseExpenseAccount;
    return { problem: toProblem('category_unmapped', { field: path, message, target }) };
  }
  const account = lists.accounts.find((one) => one.code === code);
  if (account && canTakeLines(account)) return { account };
  const message = problemWords.defaultAccountUnusable(nameAccount(account, code));
  return { problem: toProblem('account_unusable', { field: path, message, target }) };
}

/** Xero takes no lines on archived accounts, on bank accounts and on those that it uses itself. */
export function canTakeLines({ status, isSystem, type, code }: SyncAccount): boolean {
  return status === 'ACTIVE' && !isSystem && type !== 'BANK' && code !== null;
}

export function nameAccount(account: SyncAccount | undefined, code: string | null): string {
  return [account?.code ?? code, account?.name].filter(Boolean).join(' ');
}
