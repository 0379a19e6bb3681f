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

/** Members that several answers of Xero have in common: each is described here once. */

/** Whom a quote, invoice, bill or credit is for. */
export const contactMember = { Contact: z.object({ ContactID: idSchema }) };

export const currencyMembers = { CurrencyCode: currencySchema, CurrencyRate: rateSchema };

/** What stands on every document. `Status` is not among them: lists know its words, a document opened alone takes any. */
const documentMembers = {
  ...contactMember,
  ...currencyMembers,
  Reference: optionalTextSchema,
  Date: optionalDateSchema,
  Total: decimalSchema,
  UpdatedDateUTC: instantSchema,
};

export const typeSchema = z.enum(['ACCREC', 'ACCPAY']);

/** What Xero calls sales invoices and bills. */
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

/** As the others that begin with `glimpsed`. */
export const glimpsedContactMember = {
  Contact: z.object({ ContactID: glimpsedIdSchema }).catch({ ContactID: null }),
};

type Members<Schemas extends Record<string, z.ZodType>> = { [Name in keyof Schemas]: z.output<Schemas[Name]> };
type CommonRow = Members<typeof documentMembers & typeof summaryMembers> & { Status: string };

/** The part of a header that quotes, invoices and bills have in common. */
export const toCommonHeader = (row: CommonRow) =>
  ({
    contactId: row.Contact.ContactID,
    reference: row.Reference,
    status: row.Status,
    date: row.Date,
    currency: row.CurrencyCode,
    rate: row.CurrencyRate,
    // Without tax the two are the same.
    subTotal: row.SubTotal ?? new Big(row.Total).minus(row.TotalTax ?? 0).toFixed(),
    total: row.Total,
    updatedAt: row.UpdatedDateUTC,
  }) satisfies Partial<DocumentHeader>;
