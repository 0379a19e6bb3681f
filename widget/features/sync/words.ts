export const syncWords = {
  title: 'Sync with Xero',
  needsYou: 'Needs your attention',
  none: 'Every record is where it should be.',
  count: (shown: string, total: string) => `${shown} of ${total}`,
  more: 'Show more',
};
