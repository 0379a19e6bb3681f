import type { Credit } from './credit.ts';

/**
 * Whether a type of credit is set against invoices or bills. Xero has two names for each prepayment and overpayment:
 * one from its bank transaction and one from its ledger. Source: the Type enums of Xero's OpenAPI (CreditNote,
 * Prepayment, Overpayment, Invoice).
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

/** Undefined for any other type. A guess could show what we owe a supplier as a customer's credit. */
export function findCreditSide(type: string): Credit['side'] | undefined {
  return sides.get(type);
}
