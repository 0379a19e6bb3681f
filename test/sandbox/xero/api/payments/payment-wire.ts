import { msDate, msDay } from '../../dates.ts';
import { dividedBy, exact, rounded } from '../../records/exact.ts';
import type { Account } from '../../records/organisation.ts';
import { isCredit, type Payable, type PaymentRow, payableId, paymentTypeOf } from '../../records/payment-book.ts';
import { dayPair, emptyContact, lineToWire, updatedPair } from '../documents/document-wire.ts';
import { invoiceToWire } from '../invoices/invoice-wire.ts';
import type { ApiCall } from '../route.ts';

/** `list` names the paid document only; `full` shows its amounts and lines. */
export type PaymentDetail = 'list' | 'full';

export function paymentRowToWire(call: ApiCall, row: PaymentRow, detail: PaymentDetail) {
  const { payment, on, isDeleted } = row;
  const account = call.books.accounts.find(({ Code }) => Code === payment.AccountCode);
  return {
    PaymentID: payment.PaymentID,
    Date: msDay(payment.Date),
    BankAmount: bankAmount(call, row, account),
    Amount: payment.Amount,
    Reference: payment.Reference ?? '',
    CurrencyRate: payment.CurrencyRate,
    PaymentType: paymentTypeOf(on),
    Status: isDeleted ? 'DELETED' : 'AUTHORISED',
    UpdatedDateUTC: msDate(payment.updatedAt),
    HasAccount: account !== undefined,
    IsReconciled: payment.isReconciled,
    ...(account === undefined ? {} : { Account: accountToWire(account, detail) }),
    Invoice: payableToWire(call, on, detail),
    HasValidationErrors: false,
  };
}

/** The amount in the currency of the account. */
function bankAmount({ organisation }: ApiCall, { payment, on }: PaymentRow, account: Account | undefined): number {
  const currency = account?.CurrencyCode ?? organisation.baseCurrency;
  if (currency === on.CurrencyCode) return payment.Amount;
  return rounded(dividedBy(exact(payment.Amount), exact(payment.CurrencyRate)), 2);
}

function accountToWire({ AccountID, Code, Name }: Account, detail: PaymentDetail) {
  return detail === 'list' ? { AccountID, Code } : { AccountID, Code, Name };
}

/** Xero calls the refunded credit `Invoice` too, with a type of its own. */
function payableToWire(call: ApiCall, on: Payable, detail: PaymentDetail) {
  if (detail === 'list') return shortPayable(call, on);
  if (!isCredit(on)) return invoiceToWire(call.books, on, { level: 'list', hasLines: true, unitDecimals: 2 });
  return {
    ...shortPayable(call, on),
    AmountDue: on.RemainingCredit,
    ...dayPair('Date', on.Date),
    Status: on.Status,
    LineAmountTypes: on.LineAmountTypes,
    LineItems: on.LineItems.map((line) => lineToWire(line, 2)),
    SubTotal: on.SubTotal,
    TotalTax: on.TotalTax,
    Total: on.Total,
    ...updatedPair(on.updatedAt),
  };
}

const creditTypes: Record<string, string> = {
  'RECEIVE-PREPAYMENT': 'ARPREPAYMENT',
  'SPEND-PREPAYMENT': 'APPREPAYMENT',
  'RECEIVE-OVERPAYMENT': 'AROVERPAYMENT',
  'SPEND-OVERPAYMENT': 'APOVERPAYMENT',
};

function shortPayable(call: ApiCall, on: Payable) {
  return {
    Type: creditTypes[on.Type] ?? on.Type,
    InvoiceID: payableId(on),
    InvoiceNumber: isCredit(on) ? on.number : on.InvoiceNumber,
    Payments: [],
    CreditNotes: [],
    Prepayments: [],
    Overpayments: [],
    HasErrors: false,
    IsDiscounted: false,
    Contact: emptyContact(call.books, on.contactId),
    LineItems: [],
    CurrencyCode: on.CurrencyCode,
  };
}
