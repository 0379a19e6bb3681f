import { msDay } from '../../dates.ts';
import { groupsOf } from '../../records/contact-group-book.ts';
import type { Books } from '../../records/organisation.ts';
import type { Allocation, CreditKind, Invoice } from '../../records/types.ts';
import { contactToWire } from '../contacts/contact-wire.ts';
import {
  dayPair,
  emptyContact,
  lineToWire,
  paymentToWire,
  shortContact,
  updatedPair,
} from '../documents/document-wire.ts';

/** How much of an invoice is sent. `summary` leaves out lines, payments, credits and addresses. */
export type InvoiceDetail = { level: 'summary' | 'list' | 'full'; hasLines: boolean; unitDecimals: number };

export function invoiceToWire(books: Books, invoice: Invoice, detail: InvoiceDetail) {
  return {
    Type: invoice.Type,
    InvoiceID: invoice.InvoiceID,
    InvoiceNumber: invoice.InvoiceNumber,
    Reference: invoice.Type === 'ACCREC' ? (invoice.Reference ?? '') : '',
    ...(detail.level === 'summary' ? {} : creditsToWire(invoice)),
    AmountDue: invoice.AmountDue,
    AmountPaid: invoice.AmountPaid,
    AmountCredited: invoice.AmountCredited,
    ...(invoice.CISDeduction === undefined ? {} : { CISDeduction: invoice.CISDeduction }),
    ...(invoice.Url === undefined ? {} : { Url: invoice.Url }),
    CurrencyRate: invoice.CurrencyRate,
    ...(invoice.SentToContact === undefined ? {} : { SentToContact: invoice.SentToContact }),
    IsDiscounted: (invoice.TotalDiscount ?? 0) > 0,
    ...(invoice.TotalDiscount === undefined ? {} : { TotalDiscount: invoice.TotalDiscount }),
    HasAttachments: (books.attachments.get(invoice.InvoiceID)?.length ?? 0) > 0,
    HasErrors: false,
    Contact: contactAt(books, invoice.contactId, detail.level),
    ...dayPair('Date', invoice.Date),
    ...dayPair('DueDate', invoice.DueDate),
    ...(invoice.BrandingThemeID === undefined ? {} : { BrandingThemeID: invoice.BrandingThemeID }),
    Status: invoice.Status,
    LineAmountTypes: invoice.LineAmountTypes,
    ...(detail.level === 'summary' ? {} : { LineItems: linesAt(invoice, detail) }),
    SubTotal: invoice.SubTotal,
    TotalTax: invoice.TotalTax,
    Total: invoice.Total,
    ...updatedPair(invoice.updatedAt),
    CurrencyCode: invoice.CurrencyCode,
    ...(invoice.FullyPaidOnDate === undefined ? {} : { FullyPaidOnDate: msDay(invoice.FullyPaidOnDate) }),
  };
}

/** A list without paging has no lines. */
function linesAt(invoice: Invoice, detail: InvoiceDetail) {
  return detail.hasLines ? invoice.LineItems.map((line) => lineToWire(line, detail.unitDecimals)) : [];
}

function contactAt(books: Books, contactId: string, level: InvoiceDetail['level']) {
  const contact = books.contacts.get(contactId);
  if (level === 'full' && contact) return contactToWire(contact, { level: 'full', groups: groupsOf(books, contactId) });
  return level === 'summary' ? shortContact(books, contactId) : emptyContact(books, contactId);
}

function creditsToWire(invoice: Invoice) {
  return {
    Payments: invoice.Payments.map(paymentToWire),
    CreditNotes: allocationsOf(invoice, 'CreditNote'),
    Prepayments: allocationsOf(invoice, 'Prepayment'),
    Overpayments: allocationsOf(invoice, 'Overpayment'),
  };
}

function allocationsOf(invoice: Invoice, kind: CreditKind) {
  return invoice.Allocations.filter((allocation) => allocation.kind === kind).map(allocationToWire);
}

function allocationToWire(allocation: Allocation) {
  return {
    [`${allocation.kind}ID`]: allocation.creditId,
    ID: allocation.creditId,
    ...(allocation.kind === 'CreditNote' ? { CreditNoteNumber: allocation.creditNumber } : {}),
    AppliedAmount: allocation.Amount,
    ...dayPair('Date', allocation.Date),
  };
}
