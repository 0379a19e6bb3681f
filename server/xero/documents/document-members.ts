import Big from 'big.js';
import { z } from 'zod';
import {
  currencySchema,
  decimalSchema,
  glimpsedIdSchema,
  idSchema,
  instantSchema,
  optionalDateSchema,
  optionalDecimalSchema,
  optionalTextSchema,
  rateSchema,
} from '#server/xero/answers/fields.ts';
import type { DocumentHeader } from './document-header.ts';
import { settledFields } from './settled-amounts.ts';

/** Members that several of Xero's answers share. Each is described here once. */

/** The contact of a quote, invoice, bill or credit. */
export const contactMember = { Contact: z.object({ ContactID: idSchema }) };

export const currencyMembers = { CurrencyCode: currencySchema, CurrencyRate: rateSchema };

/** Members of every document. `Status` is not among them: lists know its words, a single document accepts any. */
const documentMembers = {
  ...contactMember,
  ...currencyMembers,
  Reference: optionalTextSchema,
  Date: optionalDateSchema,
  Total: decimalSchema,
  UpdatedDateUTC: instantSchema,
};

export const typeSchema = z.enum(['ACCREC', 'ACCPAY']);

/** Xero's types for sales invoices and bills. */
export const kindsByType = { ACCREC: 'invoice', ACCPAY: 'bill' } as const;

export const invoiceMembers = {
  ...documentMembers,
  InvoiceID: idSchema,
  Type: typeSchema,
  InvoiceNumber: optionalTextSchema,
  DueDate: optionalDateSchema,
  AmountDue: decimalSchema,
  ...settledFields,
};

export const quoteMembers = {
  ...documentMembers,
  QuoteID: idSchema,
  QuoteNumber: optionalTextSchema,
  ExpiryDate: optionalDateSchema,
};

/** Xero documents no list of the members that a summary leaves out. */
export const summaryMembers = { SubTotal: optionalDecimalSchema, TotalTax: optionalDecimalSchema };

/** Like the other schemas whose names begin with `glimpsed`. */
export const glimpsedContactMember = {
  Contact: z.object({ ContactID: glimpsedIdSchema }).catch({ ContactID: null }),
};

type Members<Schemas extends Record<string, z.ZodType>> = { [Name in keyof Schemas]: z.output<Schemas[Name]> };
type CommonRow = Members<typeof documentMembers & typeof summaryMembers> & { Status: string };

/** The part of a header that quotes, invoices and bills share. */
export function toCommonHeader(row: CommonRow) {
  return {
    contactId: row.Contact.ContactID,
    reference: row.Reference,
    status: row.Status,
    date: row.Date,
    currency: row.CurrencyCode,
    rate: row.CurrencyRate,
    // Without tax, subtotal and total are the same.
    subTotal: row.SubTotal ?? new Big(row.Total).minus(row.TotalTax ?? 0).toFixed(),
    total: row.Total,
    updatedAt: row.UpdatedDateUTC,
  } satisfies Partial<DocumentHeader>;
}
