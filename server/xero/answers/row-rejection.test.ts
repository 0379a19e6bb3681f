import { expect, test } from 'vitest';
import { findCause, toRecordRejection } from './row-rejection.ts';

/** Texts of Xero, from its documentation and as others observed them. */
test.each([
  ['The contact name Ada is already assigned to another contact. The contact name must be unique.', 'name_taken'],
  ['Please enter a unique Name.', 'name_taken'],
  ['A tax rate with this name already exists', 'name_taken'],
  ['The Name Perth is already in use', 'name_taken'],
  ['Invoice # must be unique.', 'number_taken'],
  ['Order number must be unique', 'number_taken'],
  ['Please enter a unique Code.', 'number_taken'],
  ["Price List Item with Code 'ROPE' already exists", 'number_taken'],
  ['The contact number c:1 is already assigned to another contact.', 'number_taken'],
  ['Unable to assign an Archived contact.', 'contact_archived'],
  [
    'The specified contact details matched an archived contact. Archived contacts cannot currently be edited via the API.',
    'contact_archived',
  ],
  ['The document date cannot be before the end of year lock date, currently set at 31 Jul 2013', 'period_locked'],
  ["Account code '999' is not a valid code for this document.", 'account_invalid'],
  ["Account code '477' has been archived, or has been deleted.", 'account_invalid'],
  ['Account must be valid.', 'account_invalid'],
  ["The TaxType code 'x' cannot be used with account code 'y'.", 'tax_invalid'],
  ['Tax rate must be valid.', 'tax_invalid'],
  ['Organisation is not subscribed to currency NZD', 'currency'],
  ['You have reached the limit of invoices you can approve.', 'plan_limit'],
  ['You have reached the limit of bills you can approve.', 'plan_limit'],
  ['A payment that has been reconciled cannot be deleted', 'reconciled'],
  ['This document cannot be edited as it has a payment or credit note allocated to it.', 'has_payments'],
  ['Payment amount exceeds the amount outstanding on this document', 'not_enough_due'],
  ['The invoice you are trying to allocate to has already been paid off', 'not_enough_due'],
  ['One or more line items must be specified', undefined],
])('“%s” means %s', (message, cause) => {
  expect(findCause([message])).toBe(cause);
});

test('the record’s own fault counts more than the limit of the plan', () => {
  const limit = 'You have reached the limit of bills you can approve.';
  expect(findCause([limit, 'Account must be valid.'])).toBe('account_invalid');
  expect(findCause(['No words of Xero', limit])).toBe('plan_limit');
});

test('an unknown text is told without a cause', () => {
  const { code, details } = toRecordRejection(['Something new'], 'refused');
  expect([code, details]).toEqual([
    'xero_rejected',
    { errors: [{ path: '', message: 'Something new' }], proof: 'refused' },
  ]);
});
