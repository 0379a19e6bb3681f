import type { Right } from '#shared/contract/record.ts';
import type { ConnectionAnswer, ConnectReason } from '#shared/contract/settings.ts';

export const settingsWords = {
  title: 'Xero',
  connectedTo: (organisation: string) => `Connected to ${organisation}`,
  notConnected: 'Not connected',
  connect: 'Connect to Xero',
  connectAgain: 'Connect again',
  connected: 'Xero connected successfully',
  connectFirst: 'Connect your Xero organisation once. You leave this page for Xero and come back to it.',
  connectFailed: 'Connecting did not work',
  connectStartFailed: 'Could not start connecting',
  connectedBy: (name: string, day: string) => `Connected by ${name} on ${day}`,
  connectedOn: (day: string) => `Connected on ${day}`,
  baseCurrency: 'Base currency',
  timeZone: 'Time zone',
  openInXero: 'Open in Xero',
  organisation: 'Organisation',
  access: 'Who may see what',
  accessHint: 'Admins of this CRM may do everything. Nobody else sees anything until added here.',
  addLabel: 'Add a person',
  addPlaceholder: 'Type a name to add',
  noPeople: 'Nobody has access yet.',
  noMatch: 'Nobody by that name',
  preset: (name: string) => `Access of ${name}`,
  remove: (name: string) => `Remove ${name}`,
  rights: (name: string) => `What ${name} may do`,
  save: 'Save',
  discard: 'Discard',
  unsaved: 'Unsaved changes',
  saved: 'Access saved',
  saveFailed: 'Could not save',
  savedByOthers: 'Somebody else saved this list meanwhile',
  yoursIsKept: 'The list shows what they saved, with your changes on top. Look at it and save again.',
  savedBy: (name: string, moment: string) => `${name}, ${moment}`,
  savedChange: (name: string, before: string, after: string) => `${name}: ${before} → ${after}`,
  noAccess: 'no access',
  noRights: 'Choose at least one, or remove the person.',
  usage: 'Today at Xero',
  calls: 'Calls',
  callsOf: (calls: string, limit: string) => `${calls} of ${limit}`,
  disconnect: 'Disconnect…',
  disconnectTitle: (organisation: string) => `Disconnect from ${organisation}?`,
  disconnectText:
    'Nobody sees figures from Xero any more. Links and access are kept, and come back when the same organisation is connected again.',
  disconnectConfirm: 'Disconnect',
  disconnected: 'Disconnected from Xero. All links are kept.',
  disconnectFailed: 'Could not disconnect',
};

export const defaultsWords = {
  title: 'New documents start with',
  hint: 'Where the contact or the item in Xero says something else, that counts.',
  account: { sales: 'Sales account', purchases: 'Purchases account' },
  tax: { sales: 'Sales tax', purchases: 'Purchases tax' },
  none: 'None',
  noMatch: 'Nothing like that',
  goneAccount: (code: string) => `Account ${code} is not active in Xero any more.`,
  goneTax: (taxType: string) => `Xero has no active tax rate ${taxType} any more.`,
  unsuited: (tax: string) => `${tax} cannot stand with this account.`,
  save: 'Save',
  saved: 'Defaults saved',
};

export const rightWords: Record<Right, string> = {
  view: 'See invoices and quotes',
  viewBills: 'See bills',
  link: 'Link records and add contacts',
  quotes: 'Add quotes',
  invoices: 'Add draft invoices',
  bills: 'Add bills',
};

export function statusWords({ status }: ConnectionAnswer, until: string): string {
  switch (status) {
    case 'running':
      return 'Running';
    case 'paused':
      return until === '' ? 'Paused' : `Paused until ${until}`;
    case 'reconnect_needed':
      return 'Reconnect needed';
    case 'disconnected':
      return 'Disconnected';
  }
}

/** Why connecting did not work, and what to do about it. */
export function attemptWords(reason: ConnectReason | null): string {
  switch (reason) {
    case 'consent_denied':
      return 'Access was not allowed in Xero. Connect again and choose “Allow access” there.';
    case 'state_invalid':
      return 'Xero’s answer did not belong to an attempt of yours. Connect again from this page.';
    case 'state_expired':
      return 'It took too long. Connect again and finish within ten minutes.';
    case 'other_browser':
      return 'It was finished in another browser than it was begun in. Connect again and stay in one.';
    case 'other_organisation':
      return 'You chose another organisation than the one connected here. Choose the same one, or disconnect first to change it.';
    case 'several_organisations':
      return 'More than one organisation was allowed at once. Connect again and choose only one.';
    case 'no_organisation':
      return 'No organisation was chosen. Connect again and choose one.';
    case 'xero_refused':
      return 'Xero refused the connection. Try again; if it stays so, the app’s client id and secret need a look.';
    case 'xero_unreachable':
      return 'Xero could not be reached. Try again in a minute.';
    case null:
      return 'The reason is not known. Try again.';
  }
}
