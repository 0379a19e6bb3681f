export const appWords = {
  outsideTitle: 'Open this inside your CRM',
  outside: 'Ledgerside shows Xero figures beside a CRM record. The page around it has not said which record to show.',
  brokenTitle: 'Something went wrong',
  broken: 'The widget stopped because of an internal error. The error changed nothing in Xero.',
  reload: 'Reload',
  /** The heading of a record that could not be opened. */
  title: 'Xero',
};
