export const contactWords = {
  menu: 'More actions',
  viewInXero: 'View in Xero',
  refresh: 'Refresh',
  unlink: 'Unlink…',
  inOrganisation: (organisation: string) => `in ${organisation}`,
  archived: 'Archived in Xero',
};
