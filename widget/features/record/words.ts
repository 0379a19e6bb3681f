import type { RecordProblem, SyncRecord } from '#shared/contract/sync/record.ts';

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

/** Why a rule left the record out. */
export const ruleWords: Readonly<Record<NonNullable<NonNullable<SyncRecord['excluded']>['rule']>, string>> = {
  direction_off: 'An admin has not turned on sending to Xero for records of this kind.',
  since: 'It is older than the date from which records are sent.',
  only_approved: 'Only approved documents are brought from Xero.',
  only_unpaid: 'Only unpaid documents are brought from Xero.',
  not_ours: 'It belongs to no record of this CRM.',
  reset: 'An admin reset the sync of this organisation.',
};

/** What ends a problem. */
export const fixHints: Readonly<Record<RecordProblem['fix'], string>> = {
  edit_record: 'Change it in the CRM. Then it is sent automatically.',
  map_account: 'An admin chooses the account on the sync page, under Mapping. Then it is sent automatically.',
  map_tax: 'An admin chooses the tax rate on the sync page, under Mapping. Then it is sent automatically.',
  map_payment_method:
    'An admin chooses the account for payments on the sync page, under Mapping. Then it is sent automatically.',
  restore_contact: 'Somebody with access to Xero has to restore it. Then it is sent automatically.',
  unlock_period: 'Somebody with access to Xero has to move the lock date. Then it is sent automatically.',
  reconnect: 'An admin connects Xero again. Then it is sent automatically.',
  choose: 'Choose below.',
  wait: 'We’ll try again automatically.',
};

/** The status of a document or a contact in Xero. */
export const xeroStatusWords: Readonly<Record<string, string>> = {
  DRAFT: 'Draft',
  SUBMITTED: 'Awaiting approval',
  AUTHORISED: 'Approved',
  BILLED: 'Billed',
  PAID: 'Paid',
  VOIDED: 'Voided',
  DELETED: 'Deleted',
  ACTIVE: 'Active',
  ARCHIVED: 'Archived',
};

export const recordWords = {
  /** After what it is there, as in `Bill · in Xero`. */
  inXero: 'in Xero',
  changedHint: 'The CRM has a newer version than Xero.',
  notSentHint: 'It is sent when somebody presses Sync to Xero.',
  deleted: (status: string) =>
    ({ ARCHIVED: 'Archived in Xero', VOIDED: 'Voided in Xero', DELETED: 'Deleted in Xero' })[status] ?? 'In Xero',
  deletedInCrm: 'Deleted in the CRM',
  excludedBy: (name: string) => `${name} left it out.`,
  nextTry: (moment: string) => `Next try: ${moment}`,
  xeroSays: (words: string) => `Xero says: “${words}”`,
  field: (name: string) => `Field: ${name}`,
  /** The field, and what it holds in the CRM. */
  fieldValue: (name: string, value: string) => `${name}: ${value}`,
  /** About the record that this one waits for. */
  holder: (kind: string, state: string) => `${kind}: ${state.charAt(0).toLowerCase()}${state.slice(1)}.`,
  /** For a person who sees the record and may not act on it. */
  mayNotAct: {
    invoices: 'To act on it, you need the right “Add draft invoices”.',
    bills: 'To act on it, you need the right “Add bills”.',
  },
  actFailed: 'Couldn’t do that',
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
  wholeHistory: (count: string) => `Show all ${count}`,
  by: (name: string, moment: string) => `${name}, ${moment}`,
};

export const alsoWords = {
  bill: 'Bill',
  attachment: 'Attachment',
  allocation: 'Allocation',
  group: 'Contact group',
};
export const alsoStateWords = { done: 'In Xero', waiting: 'Waiting', problem: 'Not in Xero' };
