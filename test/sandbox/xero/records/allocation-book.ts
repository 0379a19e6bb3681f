import { z } from 'zod';
import { allocate, reopen, settleCredit } from './change.ts';
import type { Organisation } from './organisation.ts';
import type { Allocation, Credit, CreditKind, Invoice } from './types.ts';
import { lockDateProblems } from './writing/document-problems.ts';
import { amount, day } from './writing/sent.ts';

export const sentAllocationSchema = z.object({
  Invoice: z.object({ InvoiceID: z.string().optional(), InvoiceNumber: z.string().optional() }).optional(),
  Amount: amount,
  Date: day.optional(),
});

export type SentAllocation = z.infer<typeof sentAllocationSchema>;

export type AllocationWrite = {
  organisation: Organisation;
  credit: Credit;
  sent: SentAllocation;
  /** The organisation's today. */
  today: string;
};

const names: Record<CreditKind, string> = {
  CreditNote: 'Credit Note',
  Prepayment: 'Prepayment',
  Overpayment: 'Overpayment',
};

/** By id, or by number for a sales invoice. Numbers of bills are not unique. */
function findInvoice({ organisation, sent }: AllocationWrite): Invoice | undefined {
  const { invoices } = organisation.books();
  const { InvoiceID, InvoiceNumber } = sent.Invoice ?? {};
  if (InvoiceID) return invoices.get(InvoiceID.toLowerCase());
  if (!InvoiceNumber) return undefined;
  return [...invoices.values()].find((one) => one.Type === 'ACCREC' && one.InvoiceNumber === InvoiceNumber);
}

/** Three of the texts were observed by others for credit notes: paid off, the amount, and the type. */
export function allocationProblems(write: AllocationWrite): string[] {
  const { organisation, credit, sent, today } = write;
  const invoice = findInvoice(write);
  const value = sent.Amount ?? 0;
  return [
    ...(credit.Status === 'AUTHORISED' || credit.Status === 'PAID' ? [] : ['Only approved credit can be allocated']),
    ...(invoice
      ? invoiceProblems(credit, invoice)
      : ['An existing Invoice with the specified InvoiceID could not be found']),
    ...(value > 0 ? [] : ['The allocated amount must be greater than 0']),
    ...(value > credit.RemainingCredit || value > (invoice?.AmountDue ?? value)
      ? [`${names[credit.kind]} cannot be allocated as amount is greater than amount outstanding`]
      : []),
    ...lockDateProblems(organisation, sent.Date ?? today),
  ];
}

function invoiceProblems(credit: Credit, invoice: Invoice): string[] {
  const isPayable = /^(ACCPAY|SPEND)/.test(credit.Type);
  const isOpen = invoice.Status === 'AUTHORISED' || invoice.Status === 'PAID';
  return [
    ...(invoice.Status === 'PAID' ? ['The invoice you are trying to allocate to has already been paid off'] : []),
    ...(isOpen ? [] : ['Credit can only be allocated to approved invoices']),
    ...((invoice.Type === 'ACCPAY') === isPayable
      ? []
      : [`${names[credit.kind]} cannot be allocated to an incorrect invoice type`]),
    ...(invoice.contactId === credit.contactId ? [] : ['The invoice must have the same contact as the credit']),
    ...(invoice.CurrencyCode === credit.CurrencyCode ? [] : ['The invoice must have the same currency as the credit']),
  ];
}

/** Saves a valid allocation. */
export function saveAllocation(write: AllocationWrite, now: number): Allocation {
  const { credit, sent, today } = write;
  const invoice = findInvoice(write);
  if (!invoice) throw new Error('a valid allocation has an invoice');
  Object.assign(invoice, { updatedAt: now });
  Object.assign(credit, { updatedAt: now });
  return allocate(credit, invoice, { Amount: sent.Amount ?? 0, Date: sent.Date ?? today });
}

/** The credit is whole again, and the invoice owes the amount again. */
export function deleteAllocation(
  { organisation, credit, today }: Omit<AllocationWrite, 'sent'>,
  id: string,
  now: number,
) {
  const allocation = credit.Allocations.find(({ AllocationID }) => AllocationID === id);
  const invoice = allocation && organisation.books().invoices.get(allocation.invoiceId);
  if (!allocation || !invoice) return undefined;
  credit.Allocations = credit.Allocations.filter((one) => one !== allocation);
  invoice.Allocations = invoice.Allocations.filter((one) => one !== allocation);
  settleCredit(credit);
  reopen(invoice, today);
  credit.updatedAt = now;
  invoice.updatedAt = now;
  return allocation;
}
