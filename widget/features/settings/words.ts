import type { Right } from '#shared/contract/record.ts';
import type { ConnectionAnswer, ConnectReason } from '#shared/contract/settings.ts';
import { type ConnectWords, connectWords } from '#shared/words/connect-words.ts';
import type { Preset } from './presets.ts';

export const settingsWords = {
  title: 'Xero',
  connectedTo: (organisation: string) => `Connected to ${organisation}`,
  notConnected: 'Not connected',
  connectAgain: 'Connect again',
  syncLacks: 'Sync needs a permission that Xero has not given',
  syncLacksReason: 'Connect again to give it. Until then, some records wait. Everything else works.',
  connected: 'Xero connected successfully',
  connectFirst: 'Connect your Xero organisation once. You go to Xero and then come back to this page.',
  connectFailed: 'Couldn’t connect to Xero',
  connectedBy: (name: string, day: string) => `Connected by ${name} on ${day}`,
  connectedOn: (day: string) => `Connected on ${day}`,
  baseCurrency: 'Base currency',
  timeZone: 'Time zone',
  organisation: 'Organisation',
  access: 'Who can see what',
  accessHint: 'Admins of this CRM can do everything. Others see nothing until you add them here.',
  addLabel: 'Add a person',
  addPlaceholder: 'Type a name to add',
  noPeople: 'No one has access yet.',
  noMatch: 'No one with that name',
  preset: (name: string) => `Access for ${name}`,
  remove: (name: string) => `Remove ${name}`,
  rights: (name: string) => `What ${name} can do`,
  save: 'Save',
  discard: 'Discard',
  unsaved: 'Unsaved changes',
  saved: 'Access saved',
  saveFailed: 'Couldn’t save',
  savedByOthers: 'Someone else saved this list',
  yoursIsKept: 'The list shows what they saved, with your changes on top. Check it and save again.',
  savedBy: (name: string, moment: string) => `${name}, ${moment}`,
  savedChange: (name: string, before: string, after: string) => `${name}: ${before} → ${after}`,
  noAccess: 'no access',
  noRights: 'Choose at least one, or remove the person.',
  usage: 'Xero usage today',
  calls: 'API calls',
  callsOf: (calls: string, limit: string) => `${calls} of ${limit}`,
  disconnect: 'Disconnect…',
  disconnectTitle: (organisation: string) => `Disconnect from ${organisation}?`,
  disconnectText:
    'No one will see figures from Xero. Links and access are kept for when you connect the same organisation again.',
  disconnectConfirm: 'Disconnect',
  disconnected: 'Disconnected from Xero. All links are kept.',
  disconnectFailed: 'Couldn’t disconnect',
};

export const defaultsWords = {
  title: 'Defaults for new documents',
  hint: 'The contact’s or item’s own settings in Xero win.',
  none: 'None',
  save: 'Save',
  saved: 'Defaults saved',
};

/** Common sets of rights. */
export const presetWords: Record<Preset, string> = {
  viewer: 'Viewer',
  sales: 'All but bills',
  full: 'Full',
  custom: 'Custom',
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

/** Why connecting failed, and what to do. */
export function attemptWords(reason: ConnectReason | null): string {
  // A newer server may have further reasons.
  const known: Partial<Record<ConnectReason, ConnectWords>> = connectWords;
  const words = reason === null ? undefined : known[reason];
  return words ? `${words.title}. ${words.todo}` : 'The reason is not known. Try again.';
}
