import type { OutgoingFault } from '#server/outgoing/outgoing.ts';

const addressFaults: Partial<Record<OutgoingFault, string>> = {
  not_https: 'must begin with https:// (the operator can allow this host with OUTGOING_HOSTS)',
  private_address: 'leads to a private address (the operator can allow this host with OUTGOING_HOSTS)',
};

/** Why a request about the settings of sync is refused. */
export const settingsWords = {
  noAccount: 'is no active account of Xero that a line can use',
  noPaymentAccount: 'is no active account of Xero that takes payments',
  noTaxRate: 'is no active tax rate of Xero',
  noTracking: 'is no active tracking category of Xero',
  noChange: 'No such change',
  notNew: 'Only what is new from Xero can be accepted',
  accepted: 'Accepted by the CRM',
  noWebhook: 'No webhook is set. Send its url first.',
  addressInvalid: 'must be a web address without a password',
  addressFaults,
};
