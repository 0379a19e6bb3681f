import type { z } from 'zod';
import type { stopCodeSchema } from '#shared/contract/sync/record.ts';

type StopCode = z.infer<typeof stopCodeSchema>;

/** One sentence for all records that are held up for the same reason. */
export const inboxWords: Partial<Record<StopCode, string>> = {
  field_missing: 'Something is missing in these records.',
  field_invalid: 'Something in these records is not valid in Xero.',
  total_differs: 'The total differs from the sum of the lines.',
  record_missing: 'They need records that were never sent.',
  tracking_unknown: 'They name tracking options that Xero does not have.',
  receipt_unreadable: 'Their receipts could not be read.',
  currency_not_subscribed: 'Xero is not subscribed to their currency.',
  category_unmapped: 'Choose an account for their category.',
  account_unusable: 'The account for their category cannot be used in Xero.',
  tax_unmapped: 'Choose a tax rate for their tax.',
  tax_unsuitable: 'The tax rate cannot be used with the account.',
  method_unmapped: 'Choose an account for their payment method.',
  method_unusable: 'The account for their payment method cannot take payments.',
  contact_archived: 'Their contact is archived in Xero.',
  period_locked: 'Their date is in a locked period.',
  scope_missing: 'The connection to Xero does not allow this. Connect again.',
  plan_limit: 'The Xero plan allows no more of these this month.',
  accept_missing: 'The CRM has not accepted these.',
  unreadable: 'Xero sent these in a form that cannot be read.',
  is_reconciled: 'These payments are reconciled in Xero.',
  xero_rejected: 'Xero refused these.',
  near_name: 'Xero has contacts with similar names.',
  number_taken: 'Xero has documents with the same numbers.',
  edited_both: 'They were changed in the CRM and in Xero.',
  has_payments: 'They have payments in Xero.',
  gone_in_xero: 'They were deleted, voided or archived in Xero.',
  exceeds_due: 'The payment is more than the amount due.',
  several_found: 'Several documents in Xero could be these.',
  payment_fits: 'Payments in Xero seem to belong to invoices of the CRM.',
  not_connected: 'Xero is not connected.',
  reconnect_needed: 'Xero needs to be connected again.',
  day_spent: 'Today’s calls to Xero are used up. They are sent tomorrow.',
};
