import type { OutgoingFault } from '#server/outgoing/outgoing.ts';
import type { Right } from '#shared/contract/record.ts';
import type { RecordState } from '#shared/contract/sync/record.ts';

const addressFaults: Partial<Record<OutgoingFault, string>> = {
  not_https: 'must begin with https:// (the operator can allow this host with OUTGOING_HOSTS)',
  private_address: 'leads to a private address (the operator can allow this host with OUTGOING_HOSTS)',
};

/** Why a request is refused. What begins with a small letter stands behind the name of a member. */
export const requestWords = {
  noRecord: 'No such record',
  otherName: 'Type the organisation’s name exactly as shown.',
  noRun: 'No such run',
  laterRun: 'A later run has worked on it.',
  otherOrganisation: 'This run was in another organisation. Connect that one to undo it.',
  syncOnly: 'Only admins can do this, on the sync page',
  adminsOnly: 'Only admins of the CRM can do this',
  rightNeeded: (right: Right) => `This needs the right “${right}”`,
  fromXeroOnly: 'Records of this kind come from Xero only',
  receiptTooLarge: 'The receipt is over 10 MB',
  /** Why an action is not possible in a state. */
  notPossible: {
    waiting: 'It is already waiting to be sent.',
    synced: 'It is already in Xero.',
    changed: 'Use Sync to Xero to send its latest changes.',
    problem: 'Fix its problem first.',
    question: 'Answer its question first.',
    excluded: 'It is left out. Include it first.',
    unsupported: 'It is not sent to Xero.',
  } satisfies Record<RecordState, string>,
  cameFromXero: 'It came from Xero, so it is not sent there.',
  directionOff: 'Records of this kind are not sent to Xero. An admin can turn this on under Rules.',
  bringOff: 'Bills are not brought from Xero. An admin can turn this on under Rules.',
  notReadYet: 'is not read from Xero',
  leftOutBy: {
    since: 'Left out: it is older than the first day in Rules.',
    only_approved: 'Left out: only approved bills are brought from Xero.',
    only_unpaid: 'Left out: only unpaid bills are brought from Xero.',
  },
  notForAll: 'This answer fits only one record. Answer each record on its own.',
  leftOut: 'A person left it out. To send it, include it, or send it on its own.',
  noAccount: 'is not an active account in Xero that a line can use',
  noPaymentAccount: 'is not an active account in Xero that takes payments',
  noTaxRate: 'is not an active tax rate in Xero',
  noTracking: 'is not an active tracking category in Xero',
  noChange: 'No such change',
  notNew: 'Only what is new from Xero can be accepted',
  noWebhook: 'No webhook is set. Send its url first.',
  addressInvalid: 'must be a web address without a password',
  addressFaults,
  noCursor: 'is not a cursor from this server',
  noMember: 'is not a known member',
  noChoice: 'is not one of the choices',
  otherKind: (kind: string) => `must be ${kind}`,
  rule: {
    noKind: 'is not synced',
    notSent: 'is not sent to Xero',
    notBrought: 'does not come from Xero',
    billsOnly: 'applies to bills only',
  },
};
