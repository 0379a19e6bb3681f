/** What a record says of itself, and why a request about records is refused. */
export const syncWords = {
  noToken: 'A token is missing',
  noRecord: 'No such record',
  fromXeroOnly: 'Records of this kind come from Xero only',
  receiptTooLarge: 'The receipt is over 10 MB',
  creditNotSent: 'Credit notes of customers do not travel. Add the credit note in Xero.',
  zeroInvoice: 'An invoice of zero travels only when it is marked as paid.',
  negativeInvoice: 'A negative invoice does not travel. Add a credit note in Xero.',
  expenseNotPositive: 'An expense of zero or less does not travel. Add a supplier credit.',
  taken: (version: number) => `Version ${version} received`,
  removed: (version: number) => `Deleted in the CRM, version ${version}`,
};
