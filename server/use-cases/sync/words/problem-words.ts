import type { TotalRule } from '#shared/explain-total.ts';
import type { PutKind } from '#shared/sync-kinds.ts';
import { syncKindWords } from '#shared/words/sync-kind-words.ts';

/** The sentences of problems that are not about one field alone. Each says what is wrong and what ends it. */
export const problemWords = {
  chooseAccount: (key: string) => `Choose an account for '${key}'.`,
  chooseSalesAccount: 'Choose a default account for sales.',
  chooseExpenseAccount: 'Choose a default account for expenses.',
  accountUnusable: (account: string, key: string) =>
    `Account ${account} cannot be used in Xero. Choose another account for '${key}'.`,
  defaultAccountUnusable: (account: string) =>
    `Account ${account} cannot be used in Xero. Choose another default account.`,
  itemAccountUnusable: (account: string, item: string) =>
    `Account ${account} of item ${item} cannot be used in Xero. Choose a category for the line.`,
  chooseTax: (key: string) => `Choose a tax rate for '${key}'.`,
  chooseSalesTax: (key: string) => `Choose a tax rate for sales for '${key}'.`,
  taxGone: (tax: string, key: string) => `Tax rate ${tax} is not active in Xero. Choose another for '${key}'.`,
  taxUnsuited: (tax: string, account: string, key: string) =>
    `${tax} cannot be used with account ${account}. Choose another tax rate for '${key}'.`,
  chooseMethod: (key: string) => `Choose an account for payments by '${key}'.`,
  methodUnusable: (account: string, key: string) =>
    `Account ${account} cannot take payments in Xero. Choose another account for '${key}'.`,
  methodCurrency: (account: string, currency: string, key: string) =>
    `Account ${account} cannot take payments in ${currency}. Choose another account for '${key}'.`,
  defaultMethod: 'the default payment account',
  currencyUnused: (currency: string) => `Xero is not subscribed to ${currency}.`,
  periodLocked: (lockDate: string) =>
    `The books are locked up to ${lockDate}. Move the lock date in Xero, or choose a later date.`,
  contactArchived: (name: string) => `${name} is archived in Xero. Restore it there. Then this is sent automatically.`,
  recordMissing: (path: string) => `Send the ${nameOf(path)} first.`,
  trackingUnknown: (option: string, category: string) => `Xero has no option '${option}' in '${category}'.`,
  trackingArchived: (option: string) =>
    `The tracking option '${option}' is archived in Xero. Restore it there, or choose another.`,
  categoryUnknown: (category: string) =>
    `Xero has no tracking category '${category}'. Create it in Xero, or choose another one in the mapping.`,
  totalDiffers: (total: string, xero: string) =>
    `The total is ${total}, but the lines come to ${xero} in Xero. Change the lines or the total.`,
  totalRule: (total: string, xero: string, rule: string) =>
    `The total is ${total}, but the lines come to ${xero} in Xero. ${rule}`,
  noDraft: (number: string | null) =>
    `${number ?? 'The invoice'} is approved in Xero, so it cannot become a draft. Void it in Xero, or approve it in the CRM.`,
  notApproved: (number: string | null) =>
    `${number ?? 'The document'} is not approved in Xero. Approve it there. Then the payment is sent.`,
  documentGone: (number: string | null) =>
    `${number ?? 'The document'} is voided or deleted in Xero, so it cannot be paid.`,
  isReconciled: 'The payment is reconciled. Undo the reconciliation in Xero. Then the payment is deleted.',
  creditNotSent: 'Customer credit notes are not sent to Xero. Add the credit note in Xero.',
  zeroInvoice: 'A zero invoice is sent only when it is marked as paid.',
  negativeInvoice: 'Negative invoices are not sent to Xero. Add a credit note in Xero.',
  expenseZero: 'An expense of zero is not sent to Xero. Enter its amount in the CRM.',
  expenseNegative: 'An expense below zero is not sent to Xero. Add a supplier credit.',
  unreadable: 'Xero sent something that cannot be read. We’ll try again automatically.',
  acceptMissing: 'The CRM has not accepted this bill for a day. Check that the CRM reads its changes.',
  receiptUnreadable: 'The receipt could not be read. Attach it again.',
  recordNotSent: (kind: PutKind, crmId: string) => `The CRM has not sent the ${syncKindWords[kind].one} ${crmId}.`,
};

const names: Readonly<Record<string, string>> = {
  supplier: 'supplier',
  customer: 'customer',
  item: 'item',
  invoice: 'invoice',
  bill: 'bill',
};

/** What a path into `data` names. */
function nameOf(path: string): string {
  const parts = path.split('.');
  return names[parts.at(-1) ?? ''] ?? (parts.includes('tracking') ? 'tracking option' : 'record');
}

/** Why Xero refused a record. Xero's own words stand beside it. */
export const refusalWords = {
  contact_archived: 'The contact is archived in Xero. Restore it there.',
  period_locked: 'The period is locked in Xero.',
  account_unusable: 'The account can no longer be used in Xero. Choose another one.',
  tax_unsuitable: 'The tax rate cannot be used with this account. Choose another one.',
  currency_not_subscribed: 'Xero is not subscribed to this currency.',
  plan_limit: "Your Xero plan's monthly limit is reached. It is sent when the limit allows.",
  is_reconciled: 'The payment is reconciled. Undo the reconciliation in Xero. Then the payment is deleted.',
  scope_missing: 'Xero needs to be connected again, with permission for this.',
  xero_rejected: 'Xero refused it.',
};

/** Where a difference of totals comes from. */
export const totalRuleWords: { [Rule in TotalRule]: string } = {
  tax_left_out: 'The total leaves out the tax. Check whether the prices include tax.',
  prices_exclude_tax: 'The total is right if the prices do not include tax.',
  tax_of_document: 'The CRM rounds the tax once for all lines. Xero rounds it on each line.',
  lines_unrounded: 'The CRM adds up lines that are not rounded. Xero rounds each line.',
  prices_of_two_decimals: 'The CRM rounds prices to two decimals. Xero uses four.',
  tax_of_unit: 'The CRM rounds the tax of one unit. Xero rounds the tax of the line.',
  tax_rounded_down: 'The CRM rounds tax down. Xero rounds half a cent up.',
  tax_rounded_to_even: 'The CRM rounds half a cent of tax to the even cent. Xero rounds it up.',
};
