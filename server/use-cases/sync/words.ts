import type { Right } from '#shared/contract/record.ts';

/** What a record says of itself, and why a request about records is refused. */
export const syncWords = {
  noToken: 'A token is missing',
  noRecord: 'No such record',
  syncOnly: 'This needs the page of the sync, which is for admins of the CRM',
  adminsOnly: 'Only admins of the CRM can do this',
  rightNeeded: (right: Right) => `This needs the right “${right}”`,
  fromXeroOnly: 'Records of this kind come from Xero only',
  receiptTooLarge: 'The receipt is over 10 MB',
  creditNotSent: 'Customer credit notes are not sent to Xero. Add the credit note in Xero.',
  zeroInvoice: 'A zero invoice is sent only when it is marked as paid.',
  negativeInvoice: 'Negative invoices are not sent to Xero. Add a credit note in Xero.',
  expenseNotPositive: 'Expenses of zero or less are not sent to Xero. Add a supplier credit.',
  taken: (version: number) => `Version ${version} received`,
  removed: (version: number) => `Deleted in the CRM, version ${version}`,
};
