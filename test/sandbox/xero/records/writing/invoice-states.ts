import type { DocumentStatus, Invoice } from '../types.ts';
import { isSilent } from './contact-of-document.ts';
import type { SentInvoice } from './sent.ts';

/** The statuses that a write may set. Only payments set PAID. */
const next: Record<DocumentStatus, DocumentStatus[]> = {
  DRAFT: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED'],
  SUBMITTED: ['SUBMITTED', 'DRAFT', 'AUTHORISED', 'DELETED'],
  AUTHORISED: ['AUTHORISED', 'VOIDED'],
  PAID: ['PAID'],
  VOIDED: [],
  DELETED: [],
};

const beginnings: DocumentStatus[] = ['DRAFT', 'SUBMITTED', 'AUTHORISED'];

const notModifiable = 'Invoice not of valid status for modification';

/** Why an invoice cannot change from its status to the sent one. */
export function stateProblems(sent: SentInvoice, known: Invoice | undefined): string[] {
  if (!known) {
    return sent.Status === undefined || beginnings.includes(sent.Status)
      ? []
      : ['Invoice not of valid status for creation'];
  }
  const wanted = sent.Status ?? known.Status;
  const isSettled = known.Payments.length > 0 || known.Allocations.length > 0;
  if (isSettled && wanted !== known.Status) {
    return [
      `The status ${wanted} cannot be applied to the invoice because it has payments or credit notes allocated to it.`,
    ];
  }
  if (!next[known.Status].includes(wanted)) return [notModifiable];
  const isFrozen = isSettled || known.Status === 'PAID';
  if (!isFrozen || !changesMoney(sent, known)) return [];
  return ['This document cannot be edited as it has a payment or credit note allocated to it.'];
}

/** On a paid document, reference, number, due date, theme and Url may change, but neither the total nor the contact. */
function changesMoney(sent: SentInvoice, known: Invoice): boolean {
  const contactId = sent.Contact?.ContactID?.toLowerCase();
  return (
    (sent.LineItems?.length ?? 0) > 0 ||
    differs(sent.Type, known.Type) ||
    differs(sent.Date, known.Date) ||
    differs(sent.LineAmountTypes, known.LineAmountTypes) ||
    differs(sent.CurrencyCode, known.CurrencyCode) ||
    differs(sent.CurrencyRate, known.CurrencyRate) ||
    (!isSilent(sent.Contact) && contactId !== known.contactId)
  );
}

function differs<Value>(sent: Value | undefined, known: Value): boolean {
  return sent !== undefined && sent !== known;
}
