import { z } from 'zod';

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const contact = z.object({ ContactID: z.string() });

const lineSchema = z.object({
  Description: z.string().optional(),
  Quantity: z.number().optional(),
  UnitAmount: z.number().optional(),
  TaxType: z.string().optional(),
  AccountCode: z.string().optional(),
  ItemCode: z.string().optional(),
  DiscountRate: z.number().optional(),
  DiscountAmount: z.number().optional(),
  /** Replaces the tax computed from the rate. */
  TaxAmount: z.number().optional(),
  Tracking: z
    .array(
      z.object({ TrackingCategoryID: z.string(), TrackingOptionID: z.string(), Name: z.string(), Option: z.string() }),
    )
    .optional(),
  /** Shown on the line unchanged. */
  others: z.record(z.string(), z.unknown()).optional(),
});

/** Either lines, or a total for one untaxed line. */
const common = {
  Contact: contact,
  Date: day.optional(),
  Reference: z.string().optional(),
  CurrencyCode: z.string().optional(),
  CurrencyRate: z.number().optional(),
  LineAmountTypes: z.enum(['Exclusive', 'Inclusive', 'NoTax']).optional(),
  LineItems: z.array(lineSchema).optional(),
  BrandingThemeID: z.string().optional(),
  Total: z.number().optional(),
};

const documentStatus = z.enum(['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID', 'VOIDED', 'DELETED']);
const quoteStatus = z.enum(['DRAFT', 'SENT', 'DECLINED', 'ACCEPTED', 'INVOICED', 'DELETED']);

export const invoiceDraftSchema = z.object({
  ...common,
  Type: z.enum(['ACCREC', 'ACCPAY']).optional(),
  InvoiceNumber: z.string().optional(),
  Status: documentStatus.optional(),
  DueDate: day.optional(),
  SentToContact: z.boolean().optional(),
  Url: z.string().optional(),
  CISDeduction: z.number().optional(),
  /** Paid at once, dated today. */
  AmountPaid: z.number().optional(),
});

export const quoteDraftSchema = z.object({
  ...common,
  QuoteNumber: z.string().optional(),
  Status: quoteStatus.optional(),
  ExpiryDate: day.optional(),
  Title: z.string().optional(),
  Summary: z.string().optional(),
  Terms: z.string().optional(),
});

export const creditDraftSchema = z.object({
  ...common,
  kind: z.enum(['CreditNote', 'Prepayment', 'Overpayment']).optional(),
  /** By default ACCRECCREDIT, or for the other kinds RECEIVE-PREPAYMENT and RECEIVE-OVERPAYMENT. */
  Type: z.string().optional(),
  CreditNoteNumber: z.string().optional(),
  Status: documentStatus.optional(),
  /** Applies this amount to this invoice or bill at once. */
  applyTo: z.object({ InvoiceID: z.string(), Amount: z.number() }).optional(),
});

export type InvoiceDraft = z.infer<typeof invoiceDraftSchema>;
export type QuoteDraft = z.infer<typeof quoteDraftSchema>;
export type CreditDraft = z.infer<typeof creditDraftSchema>;

export const invoiceChangeSchema = invoiceDraftSchema.partial().omit({ Type: true, AmountPaid: true }).extend({
  InvoiceID: z.string(),
  /** Records a payment of this amount, dated today. */
  pay: z.number().optional(),
});

export const quoteChangeSchema = quoteDraftSchema.partial().extend({ QuoteID: z.string() });

export type InvoiceChange = z.infer<typeof invoiceChangeSchema>;
export type QuoteChange = z.infer<typeof quoteChangeSchema>;
