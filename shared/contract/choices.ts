import { z } from 'zod';
import type { Route } from './route.ts';
import { defaultsSchema } from './settings.ts';
import { calendarDateSchema, decimalSchema } from './summary.ts';

export const accountChoiceSchema = z.object({
  code: z.string(),
  name: z.string(),
  /** Null when Xero does not say. */
  class: z.enum(['revenue', 'expenses', 'assets', 'liabilities', 'equity']).nullable(),
  /** The tax type of a line on this account that names no tax itself. */
  taxType: z.string().nullable(),
  isSales: z.boolean(),
  isPurchases: z.boolean(),
});
export type AccountChoice = z.infer<typeof accountChoiceSchema>;

export const taxRateChoiceSchema = z.object({
  taxType: z.string(),
  name: z.string(),
  /** The effective percentage; null when only Xero can compute the tax. */
  rate: decimalSchema.nullable(),
  components: z.array(z.object({ rate: decimalSchema, isCompound: z.boolean() })),
  /** The accounts that Xero allows it with. */
  appliesTo: z.object({
    revenue: z.boolean(),
    expenses: z.boolean(),
    assets: z.boolean(),
    liabilities: z.boolean(),
    equity: z.boolean(),
  }),
});
export type TaxRateChoice = z.infer<typeof taxRateChoiceSchema>;

const itemSideSchema = z.object({
  description: z.string().nullable(),
  unitAmount: decimalSchema.nullable(),
  accountCode: z.string().nullable(),
  taxType: z.string().nullable(),
});

/** Null for a side: the item is not sold, or not bought. */
export const itemChoiceSchema = z.object({
  code: z.string(),
  name: z.string(),
  sales: itemSideSchema.nullable(),
  purchases: itemSideSchema.nullable(),
});
export type ItemChoice = z.infer<typeof itemChoiceSchema>;

export const trackingChoiceSchema = z.object({
  id: z.guid(),
  name: z.string(),
  options: z.array(z.object({ id: z.guid(), name: z.string() })),
});
export type TrackingChoice = z.infer<typeof trackingChoiceSchema>;

export const paymentTermSchema = z.object({
  type: z.enum(['DAYSAFTERBILLDATE', 'DAYSAFTERBILLMONTH', 'OFCURRENTMONTH', 'OFFOLLOWINGMONTH']),
  day: z.int(),
});
export type PaymentTerm = z.infer<typeof paymentTermSchema>;

export const paymentTermsSchema = z.object({
  sales: paymentTermSchema.nullable(),
  bills: paymentTermSchema.nullable(),
});
export type PaymentTerms = z.infer<typeof paymentTermsSchema>;

/** The contact's defaults in Xero for new documents. */
export const choicesContactSchema = z.object({
  id: z.guid(),
  name: z.string(),
  email: z.string().nullable(),
  currency: z.string().nullable(),
  salesAccountCode: z.string().nullable(),
  purchasesAccountCode: z.string().nullable(),
  salesTaxType: z.string().nullable(),
  purchasesTaxType: z.string().nullable(),
  paymentTerms: paymentTermsSchema,
  isArchived: z.boolean(),
});
export type ChoicesContact = z.infer<typeof choicesContactSchema>;

/** The lines that the CRM gives for the deal. `invoiced` holds the indexes (from 0) of those already invoiced. */
export const choicesDealSchema = z.object({
  /** Null when the deal has no amounts. */
  currency: z.string().nullable(),
  lines: z.array(
    z.object({
      description: z.string(),
      quantity: decimalSchema,
      unitAmount: decimalSchema,
      itemCode: z.string().nullable(),
    }),
  ),
  invoiced: z.array(z.object({ index: z.int(), number: z.string().nullable() })),
});
export type ChoicesDeal = z.infer<typeof choicesDealSchema>;

/** Everything that a form offers: active entries only, from Xero's current lists. */
export const choicesSchema = z.object({
  accounts: z.array(accountChoiceSchema),
  taxRates: z.array(taxRateChoiceSchema),
  items: z.array(itemChoiceSchema),
  tracking: z.array(trackingChoiceSchema).max(2),
  currencies: z.array(z.object({ code: z.string(), name: z.string() })),
  brandingThemes: z.array(z.object({ id: z.guid(), name: z.string() })),
  organisation: z.object({
    baseCurrency: z.string(),
    /** Today in the organisation's time zone. */
    today: calendarDateSchema,
    /** No document may be dated on or before this day; the later of Xero's two lock dates. */
    lockDate: calendarDateSchema.nullable(),
    /** For contacts without their own terms. */
    paymentTerms: paymentTermsSchema,
  }),
  /** The defaults set in the settings view. */
  defaults: defaultsSchema,
  contact: choicesContactSchema.nullable(),
  deal: choicesDealSchema.nullable(),
});
export type Choices = z.infer<typeof choicesSchema>;

export const getChoicesRoute = {
  method: 'GET',
  path: '/api/choices',
  summary: 'Active accounts, tax rates, items, tracking, currencies, branding themes, and the contact’s own defaults',
  querystring: z.object({ contactId: z.guid().optional() }),
  status: 200,
  response: choicesSchema,
} as const satisfies Route;
