import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Account, Books } from './organisation.ts';
import { present } from './present.ts';
import { tooLong } from './writing/document-problems.ts';

const text = z.string().optional();

export const sentAccountSchema = z.object({
  AccountID: text,
  Code: text,
  Name: text,
  Type: text,
  Status: z.enum(['ACTIVE', 'ARCHIVED']).optional(),
  Description: text,
  TaxType: text,
  BankAccountNumber: text,
  CurrencyCode: text,
  EnablePaymentsToAccount: z.boolean().optional(),
});

export type SentAccount = z.infer<typeof sentAccountSchema>;

/** Xero's account types, and the class of each. */
const classes: Record<string, string> = {
  BANK: 'ASSET',
  CURRENT: 'ASSET',
  FIXED: 'ASSET',
  INVENTORY: 'ASSET',
  NONCURRENT: 'ASSET',
  PREPAYMENT: 'ASSET',
  CURRLIAB: 'LIABILITY',
  LIABILITY: 'LIABILITY',
  PAYG: 'LIABILITY',
  TERMLIAB: 'LIABILITY',
  EQUITY: 'EQUITY',
  DEPRECIATN: 'EXPENSE',
  DIRECTCOSTS: 'EXPENSE',
  EXPENSE: 'EXPENSE',
  OVERHEADS: 'EXPENSE',
  OTHERINCOME: 'REVENUE',
  REVENUE: 'REVENUE',
  SALES: 'REVENUE',
};

/** Why Xero would refuse this account. `known` is the account to update. */
export function accountProblems(books: Books, sent: SentAccount, known: Account | undefined): string[] {
  const isTaxKnown = !sent.TaxType || sent.TaxType === 'NONE' || books.taxRates.some(isActiveRate(sent.TaxType));
  return [
    ...uniqueProblems(books, sent, known),
    ...tooLong({ Code: [sent.Code, 10], Name: [sent.Name, 150], Description: [sent.Description, 4000] }),
    ...(known || classes[sent.Type ?? ''] ? [] : ['Please enter a valid account Type.']),
    ...(sent.Type === 'BANK' && !known && !sent.BankAccountNumber ? ['Please enter a Bank Account Number.'] : []),
    ...(isTaxKnown ? [] : [`The TaxType code '${sent.TaxType}' does not exist.`]),
    ...(known?.SystemAccount && sent.Status === 'ARCHIVED' ? ['A system account cannot be archived.'] : []),
  ];
}

function isActiveRate(taxType: string) {
  return (rate: Books['taxRates'][number]) => rate.TaxType === taxType && rate.Status === 'ACTIVE';
}

/** The text about names is from Xero's own example. */
function uniqueProblems({ accounts }: Books, { Code, Name }: SentAccount, known: Account | undefined): string[] {
  const others = accounts.filter((account) => account !== known);
  const isNameTaken = others.some((account) => account.Name.toLowerCase() === Name?.toLowerCase());
  return [
    ...((known && Code === undefined) || Code ? [] : ['Please enter a Code.']),
    ...((known && Name === undefined) || Name ? [] : ['Please enter a Name.']),
    ...(Code !== undefined && others.some((account) => account.Code === Code) ? ['Please enter a unique Code.'] : []),
    ...(isNameTaken ? ['Please enter a unique Name.'] : []),
  ];
}

/** Saves a valid account. */
export function saveAccount(books: Books, sent: SentAccount, known: Account | undefined, now: number): Account {
  const account = known ?? newAccount(sent);
  const { AccountID, Type, ...fields } = sent;
  Object.assign(account, present(fields), { updatedAt: now });
  if (!known) books.accounts.push(account);
  return account;
}

function newAccount({ Code = '', Name = '', Type = '' }: SentAccount): Account {
  return {
    AccountID: randomUUID(),
    Code,
    Name,
    Type,
    Class: classes[Type] ?? '',
    Status: 'ACTIVE',
    TaxType: 'NONE',
    EnablePaymentsToAccount: false,
    updatedAt: 0,
  };
}

/** Whether a document, a payment or an item names the account. Such an account can only be archived. */
export function isAccountUsed(books: Books, { Code }: Account): boolean {
  const documents = [books.invoices, books.quotes, books.credits, books.purchaseOrders].flatMap((kind) => [
    ...kind.values(),
  ]);
  const payments = [...books.invoices.values(), ...books.credits.values()].flatMap(({ Payments }) => Payments);
  return (
    documents.some(({ LineItems }) => LineItems.some((line) => line.AccountCode === Code)) ||
    payments.some(({ AccountCode }) => AccountCode === Code) ||
    books.items.some(({ sales, purchase }) => sales?.AccountCode === Code || purchase?.AccountCode === Code)
  );
}
