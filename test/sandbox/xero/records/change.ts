import { minus, sum } from '../money.ts';
import type { Credit, Invoice } from './types.ts';

/** Computes what is still due, less what is withheld, paid and credited. Closes the invoice when nothing is due. */
export const settle = (invoice: Invoice, day: string): void => {
  invoice.AmountPaid = sum(invoice.Payments.map(({ Amount }) => Amount));
  invoice.AmountCredited = sum(invoice.Allocations.map(({ Amount }) => Amount));
  const withheld = invoice.CISDeduction ?? 0;
  invoice.AmountDue = minus(minus(minus(invoice.Total, withheld), invoice.AmountPaid), invoice.AmountCredited);
  if (invoice.Status === 'AUTHORISED' && invoice.AmountDue <= 0) {
    invoice.Status = 'PAID';
    invoice.FullyPaidOnDate = day;
  }
  if (invoice.Status === 'VOIDED' || invoice.Status === 'DELETED') invoice.AmountDue = 0;
};

/** Applies credit to an invoice, on both sides. */
export const allocate = (credit: Credit, invoice: Invoice, amount: number, day: string): void => {
  const allocation = {
    kind: credit.kind,
    creditId: credit.id,
    creditNumber: credit.number,
    invoiceId: invoice.InvoiceID,
    Amount: amount,
    Date: day,
  };
  credit.Allocations.push(allocation);
  credit.RemainingCredit = minus(credit.RemainingCredit, amount);
  if (credit.RemainingCredit <= 0) credit.Status = 'PAID';
  invoice.Allocations.push(allocation);
  settle(invoice, day);
};
