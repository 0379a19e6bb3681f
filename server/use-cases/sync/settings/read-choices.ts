import type { ConnectionRow } from '#server/store/store.ts';
import { isConnected } from '#server/use-cases/acting/organisation.ts';
import type { SyncAccount, SyncLists } from '#server/xero/records/sync-lists.ts';
import type { Mapping, PaymentAccount } from '#shared/contract/sync/mapping.ts';
import { keptLists } from './kept-lists.ts';

/** An admin who adds an account in Xero finds it in the mapping so much later. */
const mostSeconds = 60;

/**
 * Xero's lists, for what the CRM's words are mapped to; undefined while nobody can read them because Xero has to be
 * connected.
 */
export async function readSyncLists(
  deps: Parameters<typeof keptLists>[0],
  connection: ConnectionRow | undefined,
  { isFresh = false }: { isFresh?: boolean } = {},
): Promise<SyncLists | undefined> {
  if (!isConnected(connection) || connection.status !== 'running') return undefined;
  const { workspaceId, organisationId } = connection;
  const caller = { workspaceId, organisationId, priority: 'person' as const };
  return keptLists(deps, caller, { mostSeconds: isFresh ? 0 : mostSeconds });
}

export const noChoices: Mapping['choices'] = { accounts: [], paymentAccounts: [], taxRates: [], tracking: [] };

/** What an admin can choose now: nothing archived, and no account that Xero uses itself. */
export function toChoices({ accounts, taxRates, tracking }: SyncLists): Mapping['choices'] {
  return {
    accounts: accounts.filter(isForLines).map(toAccountChoice),
    paymentAccounts: accounts.filter(isForPayments).map(toPaymentAccount),
    taxRates: taxRates.filter(isActive).map(({ status: _, ...rate }) => rate),
    tracking: tracking.filter(isActive).map(({ id, name }) => ({ id, name })),
  };
}

const active = 'ACTIVE';

function isActive({ status }: { status: string }): boolean {
  return status === active;
}

/** A line names an account by its code, and cannot name a bank account (source: Xero's invoices API). */
function isForLines(account: SyncAccount): account is SyncAccount & { code: string } {
  return isActive(account) && account.code !== null && !account.isSystem && account.type !== 'BANK';
}

function isForPayments(account: SyncAccount): boolean {
  return isActive(account) && account.takesPayments;
}

const purchaseClasses: readonly unknown[] = ['expenses', 'assets', 'liabilities', 'equity'];

function toAccountChoice({ code, name, taxType, class: ofClass }: SyncAccount & { code: string }) {
  return {
    ...{ code, name, taxType, class: ofClass },
    isSales: ofClass === 'revenue',
    isPurchases: purchaseClasses.includes(ofClass),
  };
}

/** Xero keeps a British sort code before the number: 20-00-00 12345678. Other countries have none. */
const withSortCode = /^(\d{2}-\d{2}-\d{2})[ -]?(\d{6,8})$/;

function toPaymentAccount(account: SyncAccount): PaymentAccount {
  const { id, code, name, type, currency } = account;
  const [, sortCode = null, number] = withSortCode.exec(account.bankAccountNumber ?? '') ?? [];
  return { id, code, name, type, currency, bankAccountNumber: number ?? account.bankAccountNumber, sortCode };
}
