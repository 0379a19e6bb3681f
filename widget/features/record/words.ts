import type { RecordState, SyncRecord } from '#shared/contract/sync/record.ts';

type XeroKind = NonNullable<SyncRecord['xeroKind']>;

/** What a record is in Xero. */
export const xeroKindWords: Readonly<Record<XeroKind, string>> = {
  contact: 'Contact',
  item: 'Item',
  invoice: 'Invoice',
  bill: 'Bill',
  payment: 'Payment',
  allocation: 'Allocation',
  purchase_order: 'Purchase order',
  credit_note: 'Credit note',
  account: 'Account',
  tax_rate: 'Tax rate',
  tracking_option: 'Tracking option',
  overpayment: 'Overpayment',
  prepayment: 'Prepayment',
};

/** The state in one or two words. */
export const stateWords: Readonly<Record<RecordState, string>> = {
  waiting: 'Waiting',
  synced: 'In Xero',
  changed: 'Changed since last sync',
  problem: 'Not in Xero',
  question: 'Needs an answer',
  excluded: 'Left out',
  unsupported: 'Does not travel to Xero',
};

/** Why a rule left the record out. */
export const ruleWords: Readonly<Record<NonNullable<NonNullable<SyncRecord['excluded']>['rule']>, string>> = {
  direction_off: 'An admin has not turned on sending to Xero for records of this kind.',
  since: 'It is older than the date from which records are sent.',
  only_approved: 'Only approved documents are brought from Xero.',
  only_unpaid: 'Only unpaid documents are brought from Xero.',
  not_ours: 'It belongs to no record of this CRM.',
  reset: 'An admin reset the sync of this organisation.',
};

export const waitsForWords = {
  user: '',
  admin: 'This waits for an admin of this CRM.',
  xero: 'This waits for Xero.',
};

export const recordWords = {
  notSent: 'Not sent yet',
  /** After what it is there, as in `Bill · in Xero`. */
  inXero: 'in Xero',
  changedHint: 'The CRM has a newer version than Xero.',
  notSentHint: 'It is sent when somebody asks for it.',
  deleted: (status: string) =>
    ({ ARCHIVED: 'Archived in Xero', VOIDED: 'Voided in Xero', DELETED: 'Deleted in Xero' })[status] ?? 'In Xero',
  deletedInCrm: 'Deleted in the CRM',
  excludedBy: (name: string) => `${name} left it out.`,
  nextTry: (moment: string) => `Next try: ${moment}`,
  number: 'Number',
  status: 'Status in Xero',
  xeroId: 'Xero ID',
  synced: 'Synced',
  syncedBy: (moment: string, name: string) => `${moment} by ${name}`,
  copyId: 'Copy Xero ID',
  idCopied: 'Xero ID copied',
  copyFailed: 'Could not copy. Select the ID to copy it.',
  also: 'Also in Xero',
  history: 'History',
  by: (name: string, moment: string) => `${name}, ${moment}`,
};

export const alsoWords = {
  bill: 'Bill',
  attachment: 'Attachment',
  allocation: 'Allocation',
  group: 'Contact group',
};
export const alsoStateWords = { done: 'done', waiting: 'waiting', problem: 'problem' };
