import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { msDay, todayIn } from '../../dates.ts';
import { settle, settleCredit } from '../../records/change.ts';
import { exact, rounded } from '../../records/exact.ts';
import { tellHistory } from '../../records/history.ts';
import type { Account, Books } from '../../records/organisation.ts';
import { isCredit, type Payable, payableId } from '../../records/payment-book.ts';
import type { Credit, Invoice, Payment } from '../../records/types.ts';
import { lockDateProblems } from '../../records/writing/document-problems.ts';
import { amount, day } from '../../records/writing/sent.ts';
import type { ApiAnswer, ApiCall } from '../route.ts';
import { invalidJson, withoutNulls, writeElements } from '../writes/write-elements.ts';
import { paymentRowToWire } from './payment-wire.ts';

const text = z.string().optional();

/** One of the four documents; numbers are possible for invoices and credit notes. */
const sentPaymentSchema = z.object({
  Invoice: z.object({ InvoiceID: text, InvoiceNumber: text }).optional(),
  InvoiceNumber: text,
  CreditNote: z.object({ CreditNoteID: text, CreditNoteNumber: text }).optional(),
  CreditNoteNumber: text,
  Prepayment: z.object({ PrepaymentID: text }).optional(),
  Overpayment: z.object({ OverpaymentID: text }).optional(),
  Account: z.object({ AccountID: text, Code: text }).optional(),
  Code: text,
  Date: day.optional(),
  Amount: amount,
  CurrencyRate: amount,
  Reference: text,
  IsReconciled: z.boolean().optional(),
});

type SentPayment = z.infer<typeof sentPaymentSchema>;

/** Payments of invoices and bills, and refunds of credit. */
export function payInvoices(call: ApiCall): ApiAnswer {
  return writeElements<SentPayment>(call, {
    plural: 'Payments',
    read: (element) => {
      const parsed = sentPaymentSchema.safeParse(withoutNulls(element));
      if (!parsed.success) throw invalidJson();
      return parsed.data;
    },
    problemsOf: (sent) => ({ document: paymentProblems(call, sent), contact: [], lines: [] }),
    toRefused: ({ Date: date, ...sent }) => ({
      ...sent,
      ...(date === undefined ? {} : { Date: msDay(date) }),
      HasValidationErrors: true,
    }),
    save: (sent) => save(call, sent),
  });
}

function findPayable({ books }: ApiCall, sent: SentPayment): Payable | undefined {
  if (sent.CreditNote ?? sent.CreditNoteNumber ?? sent.Prepayment ?? sent.Overpayment) return findCredit(books, sent);
  return findInvoice(books, sent);
}

function findInvoice(books: Books, { Invoice: sent, InvoiceNumber }: SentPayment): Invoice | undefined {
  if (sent?.InvoiceID) return books.invoices.get(sent.InvoiceID.toLowerCase());
  const number = sent?.InvoiceNumber ?? InvoiceNumber;
  return [...books.invoices.values()].find((one) => one.Type === 'ACCREC' && one.InvoiceNumber === number);
}

function findCredit(books: Books, sent: SentPayment): Credit | undefined {
  const id = sent.CreditNote?.CreditNoteID ?? sent.Prepayment?.PrepaymentID ?? sent.Overpayment?.OverpaymentID;
  if (id !== undefined) return books.credits.get(id.toLowerCase());
  const number = sent.CreditNote?.CreditNoteNumber ?? sent.CreditNoteNumber;
  return [...books.credits.values()].find((one) => one.Type === 'ACCRECCREDIT' && one.number === number);
}

function findAccount({ books }: ApiCall, { Account: sent, Code: code }: SentPayment): Account | undefined {
  const id = sent?.AccountID?.toLowerCase();
  const wanted = sent?.Code ?? code;
  return books.accounts.find(({ AccountID, Code }) => AccountID === id || (wanted !== undefined && Code === wanted));
}

function dateOf({ organisation, sandbox }: ApiCall, sent: SentPayment): string {
  return sent.Date ?? todayIn(organisation.timezone, sandbox.clock.now());
}

function openAmount(on: Payable): number {
  return isCredit(on) ? on.RemainingCredit : on.AmountDue;
}

function paymentProblems(call: ApiCall, sent: SentPayment): string[] {
  const [on, account] = [findPayable(call, sent), findAccount(call, sent)];
  const canTake = account?.Status === 'ACTIVE' && (account.Type === 'BANK' || account.EnablePaymentsToAccount);
  const isOver = on !== undefined && (sent.Amount ?? 0) > openAmount(on);
  return [
    ...(on ? [] : ['Payment must be for an existing Invoice']),
    ...(on && on.Status !== 'AUTHORISED' ? ['Payments can only be made against Authorised documents'] : []),
    ...(canTake ? [] : ['Account must be a bank account or have payments enabled']),
    ...((sent.Amount ?? 0) > 0 ? [] : ['Payment amount must be greater than 0']),
    ...(isOver ? ['Payment amount exceeds the amount outstanding on this document'] : []),
    ...lockDateProblems(call.organisation, dateOf(call, sent)),
  ];
}

function save(call: ApiCall, sent: SentPayment) {
  const [on, account] = [findPayable(call, sent), findAccount(call, sent)];
  if (!on || !account) throw invalidJson();
  const at = call.sandbox.clock.now();
  const payment: Payment = {
    PaymentID: randomUUID(),
    Date: dateOf(call, sent),
    Amount: rounded(exact(sent.Amount ?? 0), 2),
    CurrencyRate: sent.CurrencyRate ?? on.CurrencyRate,
    Reference: sent.Reference,
    AccountCode: account.Code,
    isReconciled: sent.IsReconciled ?? false,
    updatedAt: at,
  };
  on.Payments.push(payment);
  if (isCredit(on)) settleCredit(on);
  else settle(on, payment.Date);
  on.updatedAt = at;
  const Details = `Payment of ${on.CurrencyCode} ${payment.Amount.toFixed(2)} through the Xero API`;
  tellHistory(call.books, payableId(on), { Changes: 'Payment', Details, at });
  return paymentRowToWire(call, { payment, on, isDeleted: false }, 'full');
}
