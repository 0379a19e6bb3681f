import type { Credit } from './credit.ts';

/**
 * Which documents a credit is set against. Xero has two names for each prepayment and overpayment: the one of its bank
 * transaction and the one of its ledger. Source: the Type enums of Xero's OpenAPI (CreditNote, Prepayment, Overpayment,
 * Invoice).
 */
const sides = new Map<string, Credit['side']>([
  ['ACCRECCREDIT', 'invoice'],
  ['RECEIVE-PREPAYMENT', 'invoice'],
  ['ARPREPAYMENT', 'invoice'],
  ['RECEIVE-OVERPAYMENT', 'invoice'],
  ['AROVERPAYMENT', 'invoice'],
  ['ACCPAYCREDIT', 'bill'],
  ['SPEND-PREPAYMENT', 'bill'],
  ['APPREPAYMENT', 'bill'],
  ['SPEND-OVERPAYMENT', 'bill'],
  ['APOVERPAYMENT', 'bill'],
]);

/** Undefined for any other type: a guess could show what we owe a supplier as a customer's credit. */
export function findCreditSide(type: string): Credit['side'] | undefined {
  return sides.get(type);
}
