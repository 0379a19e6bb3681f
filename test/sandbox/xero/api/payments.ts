import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { msDate, msDay, todayIn } from '../dates.ts';
import { settle } from '../records/change.ts';
import { exact, rounded } from '../records/exact.ts';
import { tellHistory } from '../records/history.ts';
import type { Account } from '../records/organisation.ts';
import type { Invoice, Payment } from '../records/types.ts';
import { lockDateProblems } from '../records/writing/document-problems.ts';
import { amount, day } from '../records/writing/sent.ts';
import { invoiceToWire } from './invoice-wire.ts';
import type { ApiAnswer, ApiCall, ApiRoute } from './route.ts';
import { invalidJson, withoutNulls, writeElements } from './writes/write-elements.ts';

export const paymentRoutes: ApiRoute[] = [
  { method: 'PUT', path: '/Payments', scopes: ['accounting.payments'], run: (call) => payInvoices(call) },
];

const text = z.string().optional();

const sentPaymentSchema = z.object({
  Invoice: z.object({ InvoiceID: text, InvoiceNumber: text }).optional(),
  Account: z.object({ AccountID: text, Code: text }).optional(),
  Date: day.optional(),
  Amount: amount,
  CurrencyRate: amount,
  Reference: text,
});

type SentPayment = z.infer<typeof sentPaymentSchema>;

/** Payments of invoices and bills. Refunds of credit are not imitated. */
const payInvoices = (call: ApiCall): ApiAnswer =>
  writeElements<SentPayment>(call, {
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

const findInvoice = ({ books }: ApiCall, { Invoice: sent }: SentPayment): Invoice | undefined => {
  if (sent?.InvoiceID) return books.invoices.get(sent.InvoiceID.toLowerCase());
  return [...books.invoices.values()].find((one) => one.Type === 'ACCREC' && one.InvoiceNumber === sent?.InvoiceNumber);
};

const findAccount = ({ books }: ApiCall, { Account: sent }: SentPayment): Account | undefined =>
  books.accounts.find(({ AccountID, Code }) => AccountID === sent?.AccountID?.toLowerCase() || Code === sent?.Code);

const dateOf = ({ organisation, sandbox }: ApiCall, sent: SentPayment): string =>
  sent.Date ?? todayIn(organisation.timezone, sandbox.clock.now());

const paymentProblems = (call: ApiCall, sent: SentPayment): string[] => {
  const [invoice, account] = [findInvoice(call, sent), findAccount(call, sent)];
  const canTake = account?.Status === 'ACTIVE' && (account.Type === 'BANK' || account.EnablePaymentsToAccount);
  const due = invoice?.AmountDue ?? 0;
  const isOver = (sent.Amount ?? 0) > due;
  return [
    ...(invoice ? [] : ['Payment must be for an existing Invoice']),
    ...(invoice && invoice.Status !== 'AUTHORISED' ? ['Payments can only be made against Authorised documents'] : []),
    ...(canTake ? [] : ['Account must be a bank account or have payments enabled']),
    ...((sent.Amount ?? 0) > 0 ? [] : ['Payment amount must be greater than 0']),
    ...(invoice && isOver ? ['Payment amount exceeds the amount outstanding on this document'] : []),
    ...lockDateProblems(call.organisation, dateOf(call, sent)),
  ];
};

const save = (call: ApiCall, sent: SentPayment) => {
  const [invoice, account] = [findInvoice(call, sent), findAccount(call, sent)];
  if (!invoice || !account) throw invalidJson();
  const at = call.sandbox.clock.now();
  const payment: Payment = {
    PaymentID: randomUUID(),
    Date: dateOf(call, sent),
    Amount: rounded(exact(sent.Amount ?? 0), 2),
    CurrencyRate: sent.CurrencyRate ?? invoice.CurrencyRate,
    Reference: sent.Reference,
    AccountCode: account.Code,
  };
  invoice.Payments.push(payment);
  settle(invoice, payment.Date);
  invoice.updatedAt = at;
  const Details = `Payment of ${invoice.CurrencyCode} ${payment.Amount.toFixed(2)} through the Xero API`;
  tellHistory(call.books, invoice.InvoiceID, { Changes: 'Payment', Details, at });
  return newPaymentToWire(call, invoice, payment, account);
};

const newPaymentToWire = (call: ApiCall, invoice: Invoice, payment: Payment, account: Account) => ({
  PaymentID: payment.PaymentID,
  Date: msDay(payment.Date),
  BankAmount: payment.Amount,
  Amount: payment.Amount,
  ...(payment.Reference === undefined ? {} : { Reference: payment.Reference }),
  CurrencyRate: payment.CurrencyRate,
  PaymentType: invoice.Type === 'ACCREC' ? 'ACCRECPAYMENT' : 'ACCPAYPAYMENT',
  Status: 'AUTHORISED',
  UpdatedDateUTC: msDate(invoice.updatedAt),
  HasAccount: true,
  IsReconciled: false,
  Account: { AccountID: account.AccountID, Code: account.Code, Name: account.Name },
  Invoice: invoiceToWire(call.books, invoice, { level: 'list', hasLines: true, unitDecimals: 2 }),
  HasValidationErrors: false,
});
