import { compareDecimals } from '#shared/money.ts';
import { askPaid } from '../../words/questions.ts';
import type { KindFacts, KindTwin, Removal, XeroElement } from '../kind.ts';
import { readDay, readList, readText } from '../read-row.ts';
import { checkLock } from './build-document.ts';
import { isRemoved } from './statuses.ts';

/** Drafts are deleted, approved documents without payments are voided. */
export function removeDocument(idName: string, twin: KindTwin, facts: KindFacts): Removal {
  if (isRemoved(twin)) return { how: 'none' };
  if (hasPayments(twin)) return { question: askPaid('removal', twin) };
  if (twin.status !== 'AUTHORISED') return { how: 'update', element: toStatus(idName, twin, 'DELETED') };
  const date = readDay(twin, 'Date');
  const problem = date === undefined ? undefined : checkLock(date, facts);
  return problem ? { problem } : { how: 'update', element: toStatus(idName, twin, 'VOIDED') };
}

export function toStatus(idName: string, { id }: KindTwin, status: string): XeroElement {
  return { [idName]: id, Status: status };
}

/** Paid, part-paid or credited; for a credit note: set against a bill, or refunded. Xero takes no change of such a one. */
export function findPayments(twin: KindTwin): 'has_payments' | null {
  return hasPayments(twin) ? 'has_payments' : null;
}

function hasPayments(twin: KindTwin): boolean {
  const isSettled = ['AmountPaid', 'AmountCredited'].some((name) => isAboveZero(readText(twin, name)));
  const hasRows = ['Payments', 'Allocations', 'CreditNotes', 'Prepayments', 'Overpayments'].some(
    (name) => readList(twin, name).length > 0,
  );
  return twin.status === 'PAID' || isSettled || hasRows;
}

function isAboveZero(amount: string | undefined): boolean {
  return amount !== undefined && /^\d+(\.\d+)?$/.test(amount) && compareDecimals(amount, '0') > 0;
}
