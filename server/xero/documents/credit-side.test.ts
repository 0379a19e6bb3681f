import { expect, test } from 'vitest';
import { findCreditSide } from './credit-side.ts';

test.each([
  ['ACCRECCREDIT', 'invoice'],
  ['RECEIVE-PREPAYMENT', 'invoice'],
  ['RECEIVE-OVERPAYMENT', 'invoice'],
  ['ARPREPAYMENT', 'invoice'],
  ['AROVERPAYMENT', 'invoice'],
  ['ACCPAYCREDIT', 'bill'],
  ['SPEND-PREPAYMENT', 'bill'],
  ['SPEND-OVERPAYMENT', 'bill'],
  ['APPREPAYMENT', 'bill'],
  ['APOVERPAYMENT', 'bill'],
] as const)('when Xero calls a credit %s, then it is set against the %s side', (type, side) => {
  expect(findCreditSide(type)).toBe(side);
});

test.each(['ACCPAY', 'ACCREC', 'ARSOMETHING', 'ACCPAYSOMETHING', 'SPEND', '', 'constructor'])(
  'when the type is %j, which is no credit we know, then it has no side',
  (type) => {
    expect(findCreditSide(type)).toBeUndefined();
  },
);
