export const billWords = {
  title: 'From Xero',
  bills: 'Bills',
  bring: 'Bring bills from Xero',
  fromXero: 'From Xero',
  onlyApproved: 'Only approved bills',
  onlyUnpaid: 'Only unpaid bills',
  hint: 'Bills that the CRM does not know become expenses. Bills that the CRM sent are not brought back.',
  dryRun: 'Check what would be brought',
  now: 'Bring now',
};
