import { expect, test } from 'vitest';
import { listDocumentActions } from './document-actions.ts';

const standing = { kind: 'invoice' as const, status: 'AUTHORISED', total: '1200.00' };
function mayVoid(amounts: { amountDue: string; amountPaid: string | null; amountCredited: string | null }) {
  return listDocumentActions({ ...standing, ...amounts }, { canApprove: true }).includes('void');
}

test.each([
  ['nothing settled it', '1200.00', '0.00', '0', true],
  ['a CIS deduction of 200 is not due', '1000.00', '0.00', '0.00', true],
  ['its total is not due, all of it withheld', '0.00', '0', '0', true],
  ['a payment settled part of it', '700.00', '500.00', '0.00', false],
  ['a credit note settled part of it', '700.00', '0.00', '500.00', false],
  ['a payment and a deduction came together', '500.00', '500.00', '0.00', false],
  ['Xero does not tell payments, and all is due', '1200', null, '0', true],
  ['Xero does not tell credits, and less is due', '1000.00', '0', null, false],
] as const)(
  'with %s, voiding is offered correctly: %s due, %s paid, %s credited',
  (_, due, paid, credited, isOffered) => {
    expect(mayVoid({ amountDue: due, amountPaid: paid, amountCredited: credited })).toBe(isOffered);
  },
);

test('only admins of the CRM may void or approve', () => {
  const amounts = { amountDue: '1200.00', amountPaid: '0', amountCredited: '0' };
  const listOf = (status: string) => listDocumentActions({ ...standing, ...amounts, status }, { canApprove: false });
  expect([listOf('AUTHORISED'), listOf('SUBMITTED')]).toEqual([['email'], ['delete']]);
});
