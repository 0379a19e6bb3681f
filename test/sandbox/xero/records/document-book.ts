import { randomUUID } from 'node:crypto';
import { addDays, todayIn } from '../dates.ts';
import { allocate, settle } from './change.ts';
import type { CreditDraft, InvoiceDraft, QuoteDraft } from './document-draft.ts';
import type { Organisation } from './organisation.ts';
import { toTotals } from './totals.ts';
import type { Credit, CreditKind, Invoice, Payment, Quote } from './types.ts';

export function addInvoice(organisation: Organisation, draft: InvoiceDraft, now: number): Invoice {
  const { invoices } = organisation.books();
  const { AmountPaid, LineItems, Total, Contact, CurrencyRate, ...given } = draft;
  const base = toBase(organisation, draft, now);
  const invoice: Invoice = {
    InvoiceID: randomUUID(),
    Type: 'ACCREC',
    InvoiceNumber: nextNumber(
      'INV',
      [...invoices.values()].map((one) => one.InvoiceNumber),
    ),
    Status: 'AUTHORISED',
    DueDate: addDays(base.Date, 14),
    ...given,
    ...base,
    AmountDue: base.Total,
    AmountPaid: 0,
    AmountCredited: 0,
    Payments: AmountPaid === undefined ? [] : [toPayment(AmountPaid, base)],
    Allocations: [],
  };
  settle(invoice, base.Date);
  invoices.set(invoice.InvoiceID, invoice);
  return invoice;
}

export function addQuote(organisation: Organisation, draft: QuoteDraft, now: number): Quote {
  const { quotes } = organisation.books();
  const { LineItems, Total, Contact, CurrencyRate, ...given } = draft;
  const base = toBase(organisation, draft, now);
  const quote: Quote = {
    QuoteID: randomUUID(),
    QuoteNumber: nextNumber(
      'QU',
      [...quotes.values()].map((one) => one.QuoteNumber),
    ),
    Status: 'DRAFT',
    ...given,
    ...base,
  };
  quotes.set(quote.QuoteID, quote);
  return quote;
}

const creditTypes: Record<CreditKind, string> = {
  CreditNote: 'ACCRECCREDIT',
  Prepayment: 'RECEIVE-PREPAYMENT',
  Overpayment: 'RECEIVE-OVERPAYMENT',
};

export function addCredit(organisation: Organisation, draft: CreditDraft, now: number): Credit {
  const { credits, invoices } = organisation.books();
  const kind = draft.kind ?? 'CreditNote';
  const base = toBase(organisation, draft, now);
  const credit: Credit = {
    ...base,
    id: randomUUID(),
    kind,
    Type: draft.Type ?? creditTypes[kind],
    number:
      draft.CreditNoteNumber ??
      nextNumber(
        'CN',
        [...credits.values()].map((one) => one.number),
      ),
    Status: draft.Status ?? 'AUTHORISED',
    RemainingCredit: base.Total,
    Allocations: [],
    Payments: [],
  };
  credits.set(credit.id, credit);
  const invoice = invoices.get(draft.applyTo?.InvoiceID ?? '');
  if (draft.applyTo && invoice) {
    allocate(credit, invoice, { Amount: draft.applyTo.Amount, Date: credit.Date });
    invoice.updatedAt = now;
  }
  return credit;
}

/** A payment that a person enters, from the bank account that every seed has. */
export function toPayment(amount: number, on: { Date: string; CurrencyRate: number; updatedAt: number }): Payment {
  return {
    PaymentID: randomUUID(),
    Date: on.Date,
    Amount: amount,
    CurrencyRate: on.CurrencyRate,
    AccountCode: '090',
    isReconciled: false,
    updatedAt: on.updatedAt,
  };
}

type CommonDraft = Pick<
  InvoiceDraft,
  'Contact' | 'Date' | 'Reference' | 'CurrencyCode' | 'CurrencyRate' | 'LineAmountTypes' | 'LineItems' | 'Total'
>;

function toBase(organisation: Organisation, draft: CommonDraft, now: number) {
  const code = draft.CurrencyCode ?? organisation.baseCurrency;
  return {
    contactId: draft.Contact.ContactID,
    Date: draft.Date ?? todayIn(organisation.timezone, now),
    CurrencyCode: code,
    CurrencyRate: code === organisation.baseCurrency ? 1 : (draft.CurrencyRate ?? 1),
    ...amountsOf(organisation, draft),
    ...(draft.Reference === undefined ? {} : { Reference: draft.Reference }),
    updatedAt: now,
  };
}

/** The given lines, or one untaxed line with the total. */
export function amountsOf(
  organisation: Organisation,
  draft: Pick<CommonDraft, 'LineAmountTypes' | 'LineItems' | 'Total'>,
) {
  const types = draft.LineItems === undefined ? 'NoTax' : (draft.LineAmountTypes ?? 'Exclusive');
  const lines = draft.LineItems ?? [{ Description: 'As agreed', UnitAmount: draft.Total ?? 0, AccountCode: '200' }];
  const { taxRates } = organisation.books();
  return { LineAmountTypes: types, ...toTotals({ lines, types, taxRates, lineId: () => randomUUID() }) };
}

/** The highest number of its kind plus one, like Xero's counter. */
export function nextNumber(prefix: string, taken: string[]): string {
  const numbers = taken
    .map((number) => new RegExp(`^${prefix}-(\\d+)$`).exec(number)?.[1])
    .map((digits) => Number(digits ?? 0));
  const highest = numbers.reduce((high, number) => Math.max(high, number), 0);
  return `${prefix}-${String(highest + 1).padStart(4, '0')}`;
}
