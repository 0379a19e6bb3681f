import { addDays } from '../dates.ts';
import { stableId } from '../ids.ts';
import { allocate, settle } from '../records/change.ts';
import type { Contact, Credit, CreditKind, DocumentStatus, Invoice, Quote, QuoteStatus } from '../records/types.ts';
import { type Desk, type DocumentPlan, toBase, updatedOn } from './desk.ts';

export type InvoicePlan = DocumentPlan & { due?: number; status?: DocumentStatus; paid?: number };
export type QuotePlan = DocumentPlan & { expires?: number; status?: QuoteStatus; title?: string };
export type CreditPlan = DocumentPlan & {
  kind?: CreditKind;
  type?: string;
  applied?: { to: Invoice; amount: number };
};

export function writeContact(desk: Desk, name: string, given: Partial<Contact> = {}): Contact {
  const record: Contact = {
    ContactID: stableId(desk.facts.tenantId, 'contact', name),
    ContactStatus: 'ACTIVE',
    Name: name,
    ContactPersons: [],
    Addresses: [],
    Phones: [],
    IsSupplier: false,
    IsCustomer: false,
    updatedAt: updatedOn(desk, addDays(desk.today, -200), 3),
    ...given,
  };
  desk.books.contacts.set(record.ContactID, record);
  return record;
}

export function writeInvoice(desk: Desk, contact: Contact, plan: InvoicePlan): Invoice {
  return writeEither(desk, 'ACCREC', contact, plan);
}

export function writeBill(desk: Desk, contact: Contact, plan: InvoicePlan): Invoice {
  return writeEither(desk, 'ACCPAY', contact, plan);
}

function writeEither(desk: Desk, type: Invoice['Type'], contact: Contact, plan: InvoicePlan): Invoice {
  const due = plan.due ?? 14;
  const common = toBase(desk, contact, plan, type === 'ACCREC' ? 'income' : 'expense', Math.min(due - 30, 0));
  const record: Invoice = {
    ...common,
    InvoiceID: stableId(desk.facts.tenantId, type, contact.ContactID, plan.number),
    Type: type,
    InvoiceNumber: plan.number,
    Status: plan.status === 'PAID' ? 'AUTHORISED' : (plan.status ?? 'AUTHORISED'),
    DueDate: addDays(desk.today, due),
    AmountDue: common.Total,
    AmountPaid: 0,
    AmountCredited: 0,
    ...(type === 'ACCREC' ? { SentToContact: plan.status !== 'DRAFT' } : {}),
    Payments: [],
    Allocations: [],
  };
  pay(desk, record, plan.status === 'PAID' ? common.Total : (plan.paid ?? 0), Math.min(due, -2));
  contact[type === 'ACCREC' ? 'IsCustomer' : 'IsSupplier'] = true;
  desk.books.invoices.set(record.InvoiceID, record);
  return record;
}

function pay(desk: Desk, invoice: Invoice, amount: number, onDay: number): void {
  const day = addDays(desk.today, onDay);
  if (amount > 0) {
    const PaymentID = stableId(invoice.InvoiceID, 'payment');
    const updatedAt = updatedOn(desk, day, 11);
    const money = { Amount: amount, CurrencyRate: invoice.CurrencyRate, AccountCode: '090' };
    invoice.Payments.push({ PaymentID, Date: day, ...money, isReconciled: false, updatedAt });
    invoice.updatedAt = Math.max(invoice.updatedAt, updatedAt);
  }
  settle(invoice, day);
}

export function writeQuote(desk: Desk, contact: Contact, plan: QuotePlan): Quote {
  const record: Quote = {
    ...toBase(desk, contact, plan, 'income', -7),
    QuoteID: stableId(desk.facts.tenantId, 'quote', plan.number),
    QuoteNumber: plan.number,
    Status: plan.status ?? 'SENT',
    ExpiryDate: addDays(desk.today, plan.expires ?? 23),
    Terms: 'Prices hold until the expiry date.',
    ...(plan.title === undefined ? {} : { Title: plan.title }),
  };
  desk.books.quotes.set(record.QuoteID, record);
  return record;
}

const creditTypes: Record<CreditKind, string> = {
  CreditNote: 'ACCRECCREDIT',
  Prepayment: 'RECEIVE-PREPAYMENT',
  Overpayment: 'RECEIVE-OVERPAYMENT',
};

export function writeCredit(desk: Desk, contact: Contact, plan: CreditPlan): Credit {
  const kind = plan.kind ?? 'CreditNote';
  const taxed = toBase(desk, contact, plan, 'income', -10);
  const common = kind === 'Overpayment' ? withoutTax(taxed) : taxed;
  const record: Credit = {
    ...common,
    id: stableId(desk.facts.tenantId, kind, plan.number),
    kind,
    Type: plan.type ?? creditTypes[kind],
    number: plan.number,
    Status: 'AUTHORISED',
    RemainingCredit: common.Total,
    Allocations: [],
    Payments: [],
  };
  if (plan.applied) {
    const { to, amount } = plan.applied;
    allocate(record, to, { Amount: amount, Date: record.Date, id: stableId(record.id, to.InvoiceID) });
  }
  desk.books.credits.set(record.id, record);
  return record;
}

/** An overpayment is received money, not a sale, so it has no tax. */
function withoutTax<Base extends Pick<Credit, 'LineItems' | 'Total'>>(base: Base) {
  return {
    ...base,
    LineAmountTypes: 'NoTax' as const,
    LineItems: base.LineItems.map((line) => ({ ...line, TaxAmount: 0 })),
    SubTotal: base.Total,
    TotalTax: 0,
  };
}
