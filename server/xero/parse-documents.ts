import Big from 'big.js';
import { z } from 'zod';
import type { LedgerDocument } from '#server/ledger/document.ts';
import {
  currencySchema,
  decimalSchema,
  idSchema,
  instantSchema,
  optionalDateSchema,
  optionalTextSchema,
  rateSchema,
} from './fields.ts';
import { parseRow, readAnswer } from './read-answer.ts';
import { nothingSettled, settledFields, toSettled } from './settled-amounts.ts';
import type { XeroAnswer } from './xero-answer.ts';

export const openInvoiceStatuses = ['DRAFT', 'SUBMITTED', 'AUTHORISED'] as const;
export const openQuoteStatuses = ['DRAFT', 'SENT', 'ACCEPTED'] as const;
/** What View Details shows on request; deleted ones are gone. */
export const closedInvoiceStatuses = ['PAID', 'VOIDED'] as const;
export const closedQuoteStatuses = ['DECLINED', 'INVOICED'] as const;
export const allInvoiceStatuses = [...openInvoiceStatuses, ...closedInvoiceStatuses, 'DELETED'] as const;

const invoiceTypes = ['ACCREC', 'ACCPAY'] as const;
const invoiceHeadSchema = z.object({ Type: z.string() });
const invoiceStatusSchema = z.object({ Status: z.enum(allInvoiceStatuses) });
const quoteStatusSchema = z.object({ Status: z.enum([...openQuoteStatuses, ...closedQuoteStatuses, 'DELETED']) });

const money = {
  Contact: z.object({ ContactID: idSchema }),
  Reference: optionalTextSchema,
  CurrencyCode: currencySchema,
  CurrencyRate: rateSchema,
  SubTotal: decimalSchema.optional(),
  TotalTax: decimalSchema.optional(),
  Total: decimalSchema,
  UpdatedDateUTC: instantSchema,
};

const invoiceSchema = invoiceStatusSchema.extend({
  ...money,
  InvoiceID: idSchema,
  Type: z.enum(invoiceTypes),
  InvoiceNumber: optionalTextSchema,
  Date: optionalDateSchema,
  DueDate: optionalDateSchema,
  AmountDue: decimalSchema,
  ...settledFields,
});

const quoteSchema = quoteStatusSchema.extend({
  ...money,
  QuoteID: idSchema,
  QuoteNumber: optionalTextSchema,
  Date: optionalDateSchema,
  ExpiryDate: optionalDateSchema,
});

const invoicesSchema = z.object({
  Invoices: z.array(z.unknown()),
  pagination: z.object({ pageCount: z.coerce.number(), itemCount: z.coerce.number() }).nullish(),
});
const quotesSchema = z.object({ Quotes: z.array(z.unknown()) });

/** `rowCount` counts what Xero sent, before anything was left out: a full page means that there may be more. */
export type DocumentPage = {
  documents: LedgerDocument[];
  rowCount: number;
  pagination: { pageCount: number; itemCount: number } | null;
};

/**
 * Invoices and bills of a page, open ones unless told; one bad row fails the page, for a sum without it would be wrong.
 * Xero's OpenAPI lists types of credit for invoices too (ACCRECCREDIT, APPREPAYMENT …): they are neither.
 */
export function parseInvoices(answer: XeroAnswer, statuses: readonly string[] = openInvoiceStatuses): DocumentPage {
  const { Invoices: rows, pagination } = readAnswer(answer, invoicesSchema);
  const wanted = rows
    .filter((row) => isOneOf(invoiceTypes, parseRow(row, invoiceHeadSchema).Type))
    .filter((row) => isOneOf(statuses, parseRow(row, invoiceStatusSchema).Status));
  return { documents: wanted.map(toInvoice), rowCount: rows.length, pagination: pagination ?? null };
}

/** Quotes of a page, open ones unless told; Xero has no pagination object for them. */
export function parseQuotes(answer: XeroAnswer, statuses: readonly string[] = openQuoteStatuses): DocumentPage {
  const { Quotes: rows } = readAnswer(answer, quotesSchema);
  const wanted = rows.filter((row) => isOneOf(statuses, parseRow(row, quoteStatusSchema).Status));
  return { documents: wanted.map(toQuote), rowCount: rows.length, pagination: null };
}

function toInvoice(row: unknown): LedgerDocument {
  const invoice = parseRow(row, invoiceSchema);
  return {
    id: invoice.InvoiceID,
    kind: invoice.Type === 'ACCREC' ? 'invoice' : 'bill',
    number: invoice.InvoiceNumber,
    dueDate: invoice.DueDate,
    amountDue: invoice.AmountDue,
    ...toSettled(invoice),
    ...toCommon(invoice),
  };
}

function toQuote(row: unknown): LedgerDocument {
  const quote = parseRow(row, quoteSchema);
  return {
    id: quote.QuoteID,
    kind: 'quote',
    number: quote.QuoteNumber,
    dueDate: quote.ExpiryDate,
    amountDue: '0',
    ...nothingSettled,
    ...toCommon(quote),
  };
}

function toCommon(row: z.output<typeof invoiceSchema> | z.output<typeof quoteSchema>) {
  return {
    contactId: row.Contact.ContactID,
    reference: row.Reference,
    status: row.Status,
    date: row.Date,
    currency: row.CurrencyCode,
    rate: row.CurrencyRate,
    // Which fields a summary leaves out is not written down anywhere (xero.md); without tax the two are the same.
    subTotal: row.SubTotal ?? new Big(row.Total).minus(row.TotalTax ?? 0).toFixed(),
    total: row.Total,
    updatedAt: row.UpdatedDateUTC,
  };
}

function isOneOf(statuses: readonly string[], status: string): boolean {
  return statuses.includes(status);
}
