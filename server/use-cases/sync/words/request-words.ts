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
  noRun: 'No such run',
  laterRun: 'A later run took it up.',
  otherOrganisation: 'This run was in another organisation. Connect that one to undo it.',
  syncOnly: 'This needs the page of the sync, which is for admins of the CRM',
  adminsOnly: 'Only admins of the CRM can do this',
  rightNeeded: (right: Right) => `This needs the right “${right}”`,
  fromXeroOnly: 'Records of this kind come from Xero only',
  receiptTooLarge: 'The receipt is over 10 MB',
  /** Why an action is not possible in a state. */
  notPossible: {
    waiting: 'It waits to be sent already.',
    synced: 'It is in Xero as it is.',
    changed: 'It waits until somebody sends its latest changes.',
    problem: 'It has a problem, which has to be mended first.',
    question: 'Its question has to be answered first.',
    excluded: 'It is left out. Include it first.',
    unsupported: 'It does not travel to Xero.',
  } satisfies Record<RecordState, string>,
  cameFromXero: 'It came from Xero, so it is not sent there.',
  directionOff: 'Off: records of this kind are not sent to Xero. An admin can switch that on in Rules.',
  notForAll: 'This answer counts for one record only. Answer each of them.',
  leftOut: 'Left out by a person. Include it, or choose it by name to send it.',
  noAccount: 'is no active account of Xero that a line can use',
  noPaymentAccount: 'is no active account of Xero that takes payments',
  noTaxRate: 'is no active tax rate of Xero',
  noTracking: 'is no active tracking category of Xero',
  noChange: 'No such change',
  notNew: 'Only what is new from Xero can be accepted',
  noWebhook: 'No webhook is set. Send its url first.',
  addressInvalid: 'must be a web address without a password',
  addressFaults,
  noCursor: 'is not a cursor that this server gave',
  noMember: 'is not a member of this',
  noChoice: 'is not offered',
  otherKind: (kind: string) => `must be ${kind}`,
  rule: {
    noKind: 'does not travel',
    notSent: 'is not sent to Xero',
    notBrought: 'does not come from Xero',
    billsOnly: 'is a choice for bills only',
  },
};
