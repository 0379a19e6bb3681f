export const billWords = {
  title: 'From Xero',
  bills: 'Bills',
  bring: 'Bring bills from Xero',
  fromXero: 'From Xero',
  onlyApproved: 'Only approved bills',
  onlyUnpaid: 'Only unpaid bills',
  hint: 'Bills that the CRM does not know become expenses. Bills that it sent never come back.',
  dryRun: 'See what would come',
  now: 'Bring now',
};
