import type { DocumentKind } from '#shared/contract/document.ts';
import { kindWords } from './kind-words.ts';

export const noNumber = 'No number';

/** `Invoice INV-0087`, or the kind alone if there is no number. */
export function documentTitle({ kind, number }: { kind: DocumentKind; number: string | null }): string {
  return number ? `${kindWords[kind].title} ${number}` : kindWords[kind].title;
}

/** Xero's status in plain words. An unknown status is shown as Xero writes it. */
export function statusWords(status: string): string {
  return statuses[status] ?? status.charAt(0) + status.slice(1).toLowerCase();
}

const statuses: Readonly<Record<string, string>> = {
  DRAFT: 'Draft',
  SENT: 'Sent',
  ACCEPTED: 'Accepted',
  DECLINED: 'Declined',
  INVOICED: 'Invoiced',
  SUBMITTED: 'Awaiting approval',
  AUTHORISED: 'Awaiting payment',
  PAID: 'Paid',
  VOIDED: 'Voided',
  DELETED: 'Deleted',
};

/** `Sent, expired`. */
export function expiredWords(status: string): string {
  return `${statusWords(status)}, expired`;
}

/** Xero does not count it. */
export function isGone(status: string): boolean {
  return status === 'VOIDED' || status === 'DELETED';
}

/** `18 days late`. */
export function lateWords(daysLate: number): string {
  return `${daysLate} ${daysLate === 1 ? 'day' : 'days'} late`;
}
