/** Words of the components that all features use. */
export const uiWords = {
  cancel: 'Cancel',
  retry: 'Retry',
  refresh: 'Refresh',
  checkAgain: 'Check again',
  connect: 'Connect to Xero',
  connectFailed: 'Couldn’t start connecting',
  moreActions: 'More actions',
  viewInXero: 'View in Xero',
  openInXero: 'Open in Xero',
  unlink: 'Unlink…',
  archived: 'Archived in Xero',
  inOrganisation: (organisation: string) => `in ${organisation}`,
  noMatches: 'No matches',
  loading: 'Loading',
  /** Announced after a link. */
  opensXero: '(opens Xero)',
  copyRequestId: 'Copy request ID',
  requestIdCopied: 'Request ID copied',
};

export const failureWords = {
  offline: 'It continues automatically when you are back online.',
  askAdmin: 'Ask an admin of this CRM to connect Xero. Links and access are kept.',
  knownSince: (moment: string) => `Figures are from ${moment}.`,
  refreshingNow: 'Refreshing now.',
  refreshesAt: (moment: string) => `Refreshes automatically at ${moment}.`,
  refreshesIn: (clock: string) => `Refreshes automatically in ${clock}.`,
};
