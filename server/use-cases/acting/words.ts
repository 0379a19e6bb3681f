import type { Right } from '#shared/contract/record.ts';

/** Details of refusals. The widget shows them beside the words of the error's code. */
export const actingRefusals = {
  rightNeeded: (right: Right) => `This needs the right “${right}”`,
  adminsOnly: 'Only admins of the CRM can do this',
  noRecord: 'No such record in this session',
  noContact: 'No such Xero contact in this session',
  noDocument: 'No such document in this session',
};
