/** For users who are no admins. */
export const ownForbiddenWords = {
  title: { settings: 'Settings are for admins', sync: 'The sync is for admins' },
  text: {
    settings: 'An admin of this CRM connects Xero and decides who can see what.',
    sync: 'An admin of this CRM decides what is sent to Xero. Each record says where it stands.',
  },
};

/** A record that the CRM's backend has not sent. */
export const notSentWords = {
  title: 'Not handed over yet',
  text: 'The CRM has not sent this record for Xero. This page checks again by itself for two minutes.',
};
