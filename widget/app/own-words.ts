export const forbiddenWords = {
  title: 'No access to Xero figures',
  text: 'An admin can give you access in the CRM’s Xero settings.',
};

/** For a person without the right to see the documents of this kind. */
export const recordForbiddenWords = {
  title: 'No access to this record in Xero',
  text: (missing: readonly ('view' | 'viewBills')[]) =>
    `To see whether it is in Xero, you need the right ${missing.map(nameRight).join(' and ')}. An admin can give you that in the CRM’s Xero settings.`,
};

/** For users who are no admins. */
export const ownForbiddenWords = {
  title: { settings: 'Settings are for admins', sync: 'Sync is for admins' },
  text: {
    settings: 'An admin of this CRM connects Xero and decides who can see what.',
    sync: 'An admin of this CRM decides what is sent to Xero. Each record says whether it is in Xero.',
  },
};

/** A record that the CRM's backend has not sent. */
export const notSentWords = {
  title: 'Not received from the CRM yet',
  text: 'The CRM has not sent this record to Ledgerside. This page checks again automatically for two minutes.',
};

/** As in the settings, so that an admin finds it. */
function nameRight(right: 'view' | 'viewBills'): string {
  return right === 'view' ? '“See invoices and quotes”' : '“See bills”';
}

export const notConnectedWords = {
  title: { never: 'Xero is not connected yet', disconnected: 'Xero is disconnected' },
  askAdmin: 'Ask an admin of this CRM to connect Xero.',
  connect: 'Connect once to see Xero figures on every record.',
  kept: 'All links are kept for when it is connected again.',
};
