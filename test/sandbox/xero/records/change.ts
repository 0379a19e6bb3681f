import { randomUUID } from 'node:crypto';
import { minus, sum } from '../money.ts';
import type { Allocation, Credit, Invoice } from './types.ts';

/** Computes what is still due, less what is withheld, paid and credited. Closes the invoice when nothing is due. */
export function settle(invoice: Invoice, day: string): void {
  invoice.AmountPaid = sum(invoice.Payments.map(({ Amount }) => Amount));
  invoice.AmountCredited = sum(invoice.Allocations.map(({ Amount }) => Amount));
  const withheld = invoice.CISDeduction ?? 0;
  invoice.AmountDue = minus(minus(minus(invoice.Total, withheld), invoice.AmountPaid), invoice.AmountCredited);
  if (invoice.Status === 'AUTHORISED' && invoice.AmountDue <= 0) {
    invoice.Status = 'PAID';
    invoice.FullyPaidOnDate = day;
  }
  if (invoice.Status === 'VOIDED' || invoice.Status === 'DELETED') invoice.AmountDue = 0;
}

/** An invoice that owes something again is not paid any more. */
export function reopen(invoice: Invoice, day: string): void {
  if (invoice.Status === 'PAID') invoice.Status = 'AUTHORISED';
  delete invoice.FullyPaidOnDate;
  settle(invoice, day);
}

/** Computes what is left of a credit, and whether it is used up. */
export function settleCredit(credit: Credit): void {
  const used = sum([...credit.Allocations, ...credit.Payments].map(({ Amount }) => Amount));
  credit.RemainingCredit = minus(credit.Total, used);
  if (credit.Status === 'AUTHORISED' && credit.RemainingCredit <= 0) credit.Status = 'PAID';
  else if (credit.Status === 'PAID' && credit.RemainingCredit > 0) credit.Status = 'AUTHORISED';
}

/** Applies credit to an invoice, on both sides. */
export function allocate(
  credit: Credit,
  invoice: Invoice,
  applied: { Amount: number; Date: string; id?: string },
): Allocation {
  const allocation: Allocation = {
    AllocationID: applied.id ?? randomUUID(),
    kind: credit.kind,
    creditId: credit.id,
    creditNumber: credit.number,
    invoiceId: invoice.InvoiceID,
    Amount: applied.Amount,
    Date: applied.Date,
  };
  credit.Allocations.push(allocation);
  settleCredit(credit);
  invoice.Allocations.push(allocation);
  settle(invoice, applied.Date);
  return allocation;
}
