import { reopen, settleCredit } from './change.ts';
import type { Books } from './organisation.ts';
import type { Credit, Invoice, Payment } from './types.ts';

/** What a payment is on: an invoice or bill that it pays, or a credit that it refunds. */
export type Payable = Invoice | Credit;

export type PaymentRow = { payment: Payment; on: Payable; isDeleted: boolean };

export function isCredit(on: Payable): on is Credit {
  return 'kind' in on;
}

export function payableId(on: Payable): string {
  return isCredit(on) ? on.id : on.InvoiceID;
}

/** Every payment of the organisation, deleted ones too. */
export function listPayments(books: Books): PaymentRow[] {
  const payables: Payable[] = [...books.invoices.values(), ...books.credits.values()];
  const kept = payables.flatMap((on) => on.Payments.map((payment) => ({ payment, on, isDeleted: false })));
  const deleted = books.deletedPayments.flatMap(({ payment, documentId }) => {
    const on = books.invoices.get(documentId) ?? books.credits.get(documentId);
    return on ? [{ payment, on, isDeleted: true }] : [];
  });
  return [...kept, ...deleted];
}

export function findPayment(books: Books, id: string): PaymentRow | undefined {
  return listPayments(books).find(({ payment }) => payment.PaymentID === id.toLowerCase());
}

/** The document owes the amount again, or the credit has it again. */
export function deletePayment(books: Books, { payment, on }: PaymentRow, day: string, now: number): void {
  on.Payments = on.Payments.filter((one) => one !== payment);
  if (isCredit(on)) settleCredit(on);
  else reopen(on, day);
  payment.updatedAt = now;
  on.updatedAt = now;
  books.deletedPayments.push({ payment, documentId: payableId(on) });
}

const types: Record<string, string> = {
  ACCREC: 'ACCRECPAYMENT',
  ACCPAY: 'ACCPAYPAYMENT',
  ACCRECCREDIT: 'ARCREDITPAYMENT',
  ACCPAYCREDIT: 'APCREDITPAYMENT',
  'RECEIVE-PREPAYMENT': 'ARPREPAYMENTPAYMENT',
  'SPEND-PREPAYMENT': 'APPREPAYMENTPAYMENT',
  'RECEIVE-OVERPAYMENT': 'AROVERPAYMENTPAYMENT',
  'SPEND-OVERPAYMENT': 'APOVERPAYMENTPAYMENT',
};

/** Xero's payment type. Only ACCRECPAYMENT and ACCPAYPAYMENT pay a document; the others refund a credit. */
export function paymentTypeOf(on: Payable): string {
  return types[on.Type] ?? 'ACCRECPAYMENT';
}
