import type { Right } from '#shared/contract/record.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import { syncKindWords, titleOfKind } from '#shared/words/sync-kind-words.ts';

/** What a record says of itself, and why a request about records is refused. */
export const syncWords = {
  noRecord: 'No such record',
  noRun: 'No such run',
  syncOnly: 'This needs the page of the sync, which is for admins of the CRM',
  adminsOnly: 'Only admins of the CRM can do this',
  rightNeeded: (right: Right) => `This needs the right “${right}”`,
  fromXeroOnly: 'Records of this kind come from Xero only',
  receiptTooLarge: 'The receipt is over 10 MB',
  creditNotSent: 'Customer credit notes are not sent to Xero. Add the credit note in Xero.',
  zeroInvoice: 'A zero invoice is sent only when it is marked as paid.',
  negativeInvoice: 'Negative invoices are not sent to Xero. Add a credit note in Xero.',
  expenseNotPositive: 'Expenses of zero or less are not sent to Xero. Add a supplier credit.',
  waits: {
    queued: 'Will be sent to Xero in a moment.',
    edited: 'Changed. Trying again in a moment.',
    needs_record: 'Waits for another record.',
    not_connected: 'Waits for Xero to be connected.',
    reconnect_needed: 'Waits for Xero to be connected again.',
    xero_paused: 'Xero asked us to wait.',
    day_spent: "Today's calls to Xero are used up. It will be sent tomorrow.",
    xero_failing: 'Xero is having a problem. Trying again.',
    outcome_unknown: "We're checking whether Xero saved this.",
    not_accepted: 'Waits for the CRM to accept it.',
  },
  /** What the history says of a look that ended well. */
  done: {
    made: (kind: PutKind, name: string) => `${titleOfKind(kind, 'one')} ${name} added in Xero`,
    changed: (kind: PutKind, name: string) => `${titleOfKind(kind, 'one')} ${name} changed in Xero`,
    removed: (kind: PutKind, name: string) => `${titleOfKind(kind, 'one')} ${name} is no longer in Xero`,
    adopted: (kind: PutKind, name: string) => `${titleOfKind(kind, 'one')} ${name} found in Xero`,
    kept: (kind: PutKind, name: string) => `${titleOfKind(kind, 'one')} ${name} stays in Xero`,
    same: (kind: PutKind, name: string) => `${titleOfKind(kind, 'one')} ${name} is in Xero`,
  },
  acted: {
    sync: 'Sync to Xero pressed',
    retry: 'Retry pressed',
    exclude: 'Left out',
    include: 'Included again',
    answer: 'Question answered',
  },
  undoing: 'Undo pressed on its run',
  automatic: 'Automatic',
  notPossible: 'Not possible in this state.',
  cameFromXero: 'It came from Xero, so it is not sent there.',
  directionOff: 'Off: records of this kind are not sent to Xero. An admin can switch that on in Rules.',
  notForAll: 'This answer counts for one record only. Answer each of them.',
  leftOut: 'Left out by a person. Include it, or choose it by name to send it.',
  unreadable: 'Xero sent something that cannot be read. It is tried again.',
  receiptUnreadable: 'The receipt could not be read. Attach it again.',
  needsRecord: (kind: PutKind, name: string) => `Waits for the ${syncKindWords[kind].one} ${name}.`,
  recordMissing: (kind: PutKind, crmId: string) => `The CRM has not sent the ${syncKindWords[kind].one} ${crmId}.`,
  taken: (version: number) => `Version ${version} received`,
  removed: (version: number) => `Deleted in the CRM, version ${version}`,
};
