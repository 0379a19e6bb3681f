import type { XeroChoices } from '#server/xero/gateway.ts';
import type { AccountChoice, TaxRateChoice } from '#shared/contract/choices.ts';

/** The lists that sync maps the CRM's words to. In any status: archived entries explain why a mapping stopped working. */
export type SyncLists = {
  accounts: SyncAccount[];
  taxRates: SyncTaxRate[];
  tracking: SyncTracking[];
  currencies: XeroChoices['currencies'];
};

export type SyncAccount = {
  id: string;
  /** A bank account may have none. */
  code: string | null;
  name: string;
  /** Xero's word, such as BANK or EXPENSE. */
  type: string;
  class: AccountChoice['class'];
  taxType: string | null;
  status: string;
  /** Xero uses it itself, such as Accounts Receivable. Lines cannot name it. */
  isSystem: boolean;
  /** A bank account, or one with payments enabled. An archived one takes none all the same. */
  takesPayments: boolean;
  bankAccountNumber: string | null;
  /** Of a bank account. */
  currency: string | null;
};

export type SyncTaxRate = TaxRateChoice & { status: string };

export type SyncTracking = {
  id: string;
  name: string;
  status: string;
  options: { id: string; name: string; status: string }[];
};
