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
    `Account ${account} takes no payments in Xero. Choose another account for '${key}'.`,
  methodCurrency: (account: string, currency: string, key: string) =>
    `Account ${account} takes no payments in ${currency}. Choose another account for '${key}'.`,
  defaultMethod: 'the default payment account',
  currencyUnused: (currency: string) => `Xero is not subscribed to ${currency}.`,
  periodLocked: (lockDate: string) =>
    `The books are locked up to ${lockDate}. Move the lock date in Xero, or choose a later date.`,
  contactArchived: (name: string) => `${name} is archived in Xero. Restore it there, and this is sent automatically.`,
  recordMissing: (path: string) => `Send the ${nameOf(path)} first.`,
  trackingUnknown: (option: string, category: string) => `Xero has no option '${option}' in '${category}'.`,
  trackingArchived: (option: string) =>
    `The tracking option '${option}' is archived in Xero. Restore it there, or choose another.`,
  categoryUnknown: (category: string) =>
    `Xero has no tracking category '${category}'. Create it in Xero, or choose one of Xero's for it.`,
  totalDiffers: (total: string, xero: string) =>
    `The total is ${total}, but the lines come to ${xero} in Xero. Change the lines or the total.`,
  totalRule: (total: string, xero: string, rule: string) =>
    `The total is ${total}, but the lines come to ${xero} in Xero. ${rule}`,
  noDraft: (number: string | null) =>
    `${number ?? 'The invoice'} is approved in Xero, so it cannot become a draft. Void it, or approve it here.`,
  notApproved: (number: string | null) =>
    `${number ?? 'The document'} is not approved in Xero. Approve it there, and the payment is sent.`,
  documentGone: (number: string | null) =>
    `${number ?? 'The document'} is void or deleted in Xero, so it takes no payment.`,
  isReconciled: 'The payment is reconciled in Xero. Undo that there, and it is deleted.',
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
