export const contactWords = {
  menu: 'More actions',
  viewInXero: 'View in Xero',
  refresh: 'Refresh',
  unlink: 'Unlink…',
  confirmTitle: (contact: string) => `Unlink from ${contact}?`,
  confirmText: 'Figures disappear here. Nothing changes in Xero, and the record can be linked again at any time.',
  confirm: 'Unlink',
  unlinked: (contact: string) => `Unlinked from ${contact}`,
  unlinkFailed: 'Could not unlink',
  inOrganisation: (organisation: string) => `in ${organisation}`,
  archived: 'Archived in Xero',
};
