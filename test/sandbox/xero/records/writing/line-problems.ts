import { exact, rounded } from '../exact.ts';
import type { Account, Books, TaxRate } from '../organisation.ts';
import { type LineDraft, lineAmountOf } from '../totals.ts';
import { completeLine, findAccount, findItem, findTracking, isTextOnly, type LineSetting } from './complete-line.ts';
import type { SentLine } from './sent.ts';

export type LineRules = LineSetting & {
  /** For quotes and approved invoices: every line needs a description. */
  needsDescription: boolean;
  /** For approved invoices: every amount needs an account. */
  needsAccount: boolean;
};

const maxTracking = 2;
const maxDescription = 4000;

/** Why Xero would refuse this line, in Xero's words as far as known. */
export function lineProblems(books: Books, sent: SentLine, rules: LineRules): string[] {
  const line = completeLine(books, sent, rules);
  return [
    ...itemProblems(books, sent, rules),
    ...descriptionProblems(line, rules),
    ...accountProblems(books, sent, line, rules),
    ...taxProblems(books, line),
    ...(rules.isQuote ? [] : trackingProblems(books, sent)),
    ...amountProblems(sent, line, rules),
  ];
}

function itemProblems(books: Books, sent: SentLine, { side }: LineRules): string[] {
  if (!sent.ItemCode) return [];
  const item = findItem(books, sent.ItemCode);
  const isUsable = side === 'sales' ? item?.sales !== undefined : item?.purchase !== undefined;
  return isUsable ? [] : [`Item code '${sent.ItemCode}' is not valid`];
}

function descriptionProblems({ Description = '' }: LineDraft, { needsDescription }: LineRules): string[] {
  if (Description === '') return needsDescription ? ['Description field is mandatory.'] : [];
  if (Description.length <= maxDescription) return [];
  return [`The field Description must be a string with a maximum length of ${maxDescription}.`];
}

/** Accounts that only Xero itself uses. */
const reserved = new Set(['DEBTORS', 'CREDITORS']);

function accountProblems(books: Books, sent: SentLine, line: LineDraft, rules: LineRules): string[] {
  const item = findItem(books, sent.ItemCode);
  const account = findAccount(books, sent, item, rules.side);
  const given = sent.AccountCode ?? sent.AccountID ?? line.AccountCode;
  if (!given) return rules.needsAccount && !isTextOnly(sent) ? ['Account code or ID must be specified'] : [];
  if (account?.Status === 'ARCHIVED') {
    return [
      `Account code '${account.Code}' has been archived, or has been deleted. Each line item must reference a valid account.`,
    ];
  }
  const isStock = account?.Type === 'INVENTORY' && item?.tracked === undefined;
  const isUsable = account && account.Type !== 'BANK' && !isStock && !reserved.has(account.SystemAccount ?? '');
  return isUsable ? [] : [`Account code '${given}' is not a valid code for this document.`];
}

function taxProblems(books: Books, { TaxType, AccountCode }: LineDraft): string[] {
  if (!TaxType || TaxType === 'NONE') return [];
  const rate = books.taxRates.find((one) => one.TaxType === TaxType && one.Status === 'ACTIVE');
  if (!rate) return [`The TaxType code '${TaxType}' does not exist or cannot be used for this type of transaction.`];
  const account = books.accounts.find(({ Code }) => Code === AccountCode);
  if (!account || rate.appliesTo.includes(classOf(account))) return [];
  return [`The TaxType code '${TaxType}' cannot be used with account code '${account.Code}'.`];
}

const classes: Record<string, TaxRate['appliesTo'][number]> = {
  ASSET: 'Assets',
  EQUITY: 'Equity',
  EXPENSE: 'Expenses',
  LIABILITY: 'Liabilities',
  REVENUE: 'Revenue',
};

function classOf({ Class }: Account) {
  return classes[Class] ?? 'Assets';
}

function trackingProblems(books: Books, { Tracking = [] }: SentLine): string[] {
  if (Tracking.length > maxTracking) return [`A line item can have at most ${maxTracking} tracking categories.`];
  return Tracking.filter((entry) => findTracking(books, entry) === undefined).map(
    ({ Name, Option, TrackingCategoryID, TrackingOptionID }) =>
      `The tracking option '${Option ?? TrackingOptionID ?? ''}' of '${Name ?? TrackingCategoryID ?? ''}' could not be found.`,
  );
}

function amountProblems(sent: SentLine, line: LineDraft, { side }: LineRules): string[] {
  const { DiscountRate, DiscountAmount, LineAmount } = sent;
  const isDiscounted = Boolean(DiscountRate) || Boolean(DiscountAmount);
  if (isDiscounted && side === 'purchases') return ['Discounts are not supported on ACCPAY invoices.'];
  if (DiscountRate !== undefined && (DiscountRate < 0 || DiscountRate > 100))
    return ['The DiscountRate must be between 0 and 100.'];
  const { Quantity = 1, UnitAmount = 0 } = line;
  const expected = lineAmountOf({ ...line, Quantity, UnitAmount });
  if (LineAmount === undefined || sent.UnitAmount === undefined || sent.Quantity === undefined) return [];
  if (rounded(exact(LineAmount), 2) === expected) return [];
  return [`The line total ${LineAmount.toFixed(2)} does not match the expected line total ${expected.toFixed(2)}`];
}
