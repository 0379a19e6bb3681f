import { z } from 'zod';
import { contactDraftSchema } from '../contact-draft.ts';

const text = z.string().optional();

/** A number, or a number as text, which Xero also accepts. */
export const amount = z
  .union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)])
  .transform(Number)
  .optional();

/**
 * A calendar day: `YYYY-MM-DD`, with a time that is ignored, or `/Date(ms)/`. With an offset, it becomes the day in
 * UTC, which may be different.
 */
export const day = z.string().transform((given, context) => {
  const ms = /^\/Date\((-?\d+)([+-]\d{4})?\)\/$/.exec(given)?.[1];
  const read = ms === undefined ? readDay(given) : new Date(Number(ms)).toISOString().slice(0, 10);
  if (read !== undefined) return read;
  context.addIssue({ code: 'custom', message: 'not a date' });
  return z.NEVER;
});

function readDay(given: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d)?)?$/.test(given)) return undefined;
  const hasZone = /T.*(Z|[+-]\d\d:?\d\d)$/.test(given);
  const date = new Date(hasZone ? given : `${given.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return undefined;
  const read = date.toISOString().slice(0, 10);
  return hasZone || read === given.slice(0, 10) ? read : undefined;
}

const lineFields = {
  LineItemID: text,
  Description: text,
  Quantity: amount,
  UnitAmount: amount,
  LineAmount: amount,
  ItemCode: text,
  AccountCode: text,
  AccountID: text,
  TaxType: text,
  TaxAmount: amount,
  DiscountRate: amount,
  DiscountAmount: amount,
  Tracking: z
    .array(z.object({ TrackingCategoryID: text, TrackingOptionID: text, Name: text, Option: text }))
    .optional(),
};

/** Unknown members are kept as sent, because Xero does not document what it does with them. */
const sentLineSchema = z.looseObject(lineFields).transform((line) => {
  const others = Object.entries(line).filter(([name]) => !(name in lineFields));
  return { ...z.object(lineFields).parse(line), others: others.length > 0 ? Object.fromEntries(others) : undefined };
});

const common = {
  Contact: contactDraftSchema.optional(),
  LineItems: z.array(sentLineSchema).optional(),
  Date: day.optional(),
  Reference: text,
  BrandingThemeID: text,
  CurrencyCode: text,
  CurrencyRate: amount,
};

export const sentInvoiceSchema = z.object({
  ...common,
  InvoiceID: text,
  InvoiceNumber: text,
  Type: z.enum(['ACCREC', 'ACCPAY']).optional(),
  Status: z.enum(['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID', 'VOIDED', 'DELETED']).optional(),
  DueDate: day.optional(),
  LineAmountTypes: z.enum(['Exclusive', 'Inclusive', 'NoTax']).optional(),
  Url: text,
  SentToContact: z.boolean().optional(),
});

export const sentQuoteSchema = z.object({
  ...common,
  QuoteID: text,
  QuoteNumber: text,
  Status: z.enum(['DRAFT', 'SENT', 'DECLINED', 'ACCEPTED', 'INVOICED', 'DELETED']).optional(),
  ExpiryDate: day.optional(),
  /** In upper case, unlike an invoice's. */
  LineAmountTypes: z.enum(['EXCLUSIVE', 'INCLUSIVE', 'NOTAX']).optional(),
  Title: text,
  Summary: text,
  Terms: text,
});

export const sentPurchaseOrderSchema = z.object({
  ...common,
  PurchaseOrderID: text,
  PurchaseOrderNumber: text,
  Status: z.enum(['DRAFT', 'SUBMITTED', 'AUTHORISED', 'BILLED', 'DELETED']).optional(),
  DeliveryDate: day.optional(),
  ExpectedArrivalDate: day.optional(),
  LineAmountTypes: z.enum(['Exclusive', 'Inclusive', 'NoTax']).optional(),
  SentToContact: z.boolean().optional(),
  DeliveryAddress: text,
  AttentionTo: text,
  Telephone: text,
  DeliveryInstructions: text,
});

export const sentCreditNoteSchema = z.object({
  ...common,
  CreditNoteID: text,
  CreditNoteNumber: text,
  Type: z.enum(['ACCRECCREDIT', 'ACCPAYCREDIT']).optional(),
  Status: z.enum(['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID', 'VOIDED', 'DELETED']).optional(),
  LineAmountTypes: z.enum(['Exclusive', 'Inclusive', 'NoTax']).optional(),
});

export type SentLine = z.infer<typeof sentLineSchema>;
export type SentInvoice = z.infer<typeof sentInvoiceSchema>;
export type SentQuote = z.infer<typeof sentQuoteSchema>;
/** The members that invoices and quotes share. */
export type SentDocument = Pick<SentInvoice, keyof typeof common>;
