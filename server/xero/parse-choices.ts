import { z } from 'zod';
import type {
  AccountChoice,
  ItemChoice,
  PaymentTerm,
  TaxRateChoice,
  TrackingChoice,
} from '#shared/contract/choices.ts';
import { currencySchema, decimalSchema, idSchema, optionalTextSchema } from './fields.ts';

/** Xero's lists as the forms pick from them: active entries only. */
const isActive = ({ Status }: { Status: string }): boolean => Status === 'ACTIVE';
const statusSchema = z.string().default('ACTIVE');
const flagSchema = z
  .boolean()
  .nullish()
  .transform((flag) => flag ?? false);

/** Xero's words for an account's class, and ours for what a tax rate applies to. */
const classes: Readonly<Record<string, AccountChoice['class']>> = {
  REVENUE: 'revenue',
  EXPENSE: 'expenses',
  ASSET: 'assets',
  LIABILITY: 'liabilities',
  EQUITY: 'equity',
};
const salesClasses = ['REVENUE'];
/** A bill may buy a fixed asset or pay off a loan. */
const purchaseClasses = ['EXPENSE', 'ASSET', 'LIABILITY', 'EQUITY'];

export const accountsSchema = z
  .object({
    Accounts: z.array(
      z.object({
        Code: optionalTextSchema,
        Name: z.string(),
        Type: z.string(),
        Class: optionalTextSchema,
        Status: statusSchema,
        TaxType: optionalTextSchema,
        SystemAccount: optionalTextSchema,
      }),
    ),
  })
  // Without a code, or kept by Xero itself, an account cannot stand on a line; neither can a bank account.
  .transform(({ Accounts }): AccountChoice[] =>
    Accounts.filter((row) => isActive(row) && row.SystemAccount === null && row.Type !== 'BANK').flatMap((row) =>
      row.Code === null
        ? []
        : [
            {
              code: row.Code,
              name: row.Name,
              class: classes[row.Class ?? ''] ?? null,
              taxType: row.TaxType,
              isSales: salesClasses.includes(row.Class ?? ''),
              isPurchases: purchaseClasses.includes(row.Class ?? ''),
            },
          ],
    ),
  );

export const taxRatesSchema = z
  .object({
    TaxRates: z.array(
      z.object({
        Name: z.string(),
        TaxType: z.string(),
        ReportTaxType: optionalTextSchema,
        Status: statusSchema,
        EffectiveRate: decimalSchema.nullish(),
        DisplayTaxRate: decimalSchema.nullish(),
        TaxComponents: z.array(z.object({ Rate: decimalSchema, IsCompound: flagSchema })).default([]),
        CanApplyToAssets: flagSchema,
        CanApplyToEquity: flagSchema,
        CanApplyToExpenses: flagSchema,
        CanApplyToLiabilities: flagSchema,
        CanApplyToRevenue: flagSchema,
      }),
    ),
  })
  .transform(({ TaxRates }): TaxRateChoice[] =>
    TaxRates.filter(isActive).map((row) => ({
      taxType: row.TaxType,
      name: row.Name,
      rate: isAutomatic(row) ? null : (row.EffectiveRate ?? row.DisplayTaxRate ?? null),
      components: row.TaxComponents.map(({ Rate, IsCompound }) => ({ rate: Rate, isCompound: IsCompound })),
      appliesTo: {
        revenue: row.CanApplyToRevenue,
        expenses: row.CanApplyToExpenses,
        assets: row.CanApplyToAssets,
        liabilities: row.CanApplyToLiabilities,
        equity: row.CanApplyToEquity,
      },
    })),
  );

/**
 * "Auto Look Up" of American organisations: Xero has Avalara work out the tax from the addresses and lists it with 0 %.
 * Source: AVALARA in the ReportTaxType enum of Xero's OpenAPI.
 */
function isAutomatic({ TaxType, ReportTaxType }: { TaxType: string; ReportTaxType: string | null }): boolean {
  return TaxType === 'AVALARA' || ReportTaxType === 'AVALARA';
}

const sideSchema = z.object({
  UnitPrice: decimalSchema.nullish().transform((value) => value ?? null),
  AccountCode: optionalTextSchema,
  COGSAccountCode: optionalTextSchema,
  TaxType: optionalTextSchema,
});

export const itemsSchema = z
  .object({
    Items: z.array(
      z.object({
        Code: z.string(),
        Name: optionalTextSchema,
        Description: optionalTextSchema,
        PurchaseDescription: optionalTextSchema,
        IsSold: z.boolean().default(true),
        IsPurchased: z.boolean().default(true),
        SalesDetails: sideSchema.nullish(),
        PurchaseDetails: sideSchema.nullish(),
      }),
    ),
  })
  .transform(({ Items }): ItemChoice[] =>
    Items.map((row) => ({
      code: row.Code,
      name: row.Name ?? row.Code,
      sales: row.IsSold ? toSide(row.SalesDetails, row.Description) : null,
      purchases: row.IsPurchased ? toSide(row.PurchaseDetails, row.PurchaseDescription ?? row.Description) : null,
    })),
  );

function toSide(side: z.output<typeof sideSchema> | null | undefined, description: string | null) {
  return {
    description,
    unitAmount: side?.UnitPrice ?? null,
    accountCode: side?.AccountCode ?? side?.COGSAccountCode ?? null,
    taxType: side?.TaxType ?? null,
  };
}

export const trackingSchema = z
  .object({
    TrackingCategories: z.array(
      z.object({
        TrackingCategoryID: idSchema,
        Name: z.string(),
        Status: statusSchema,
        Options: z.array(z.object({ TrackingOptionID: idSchema, Name: z.string(), Status: statusSchema })).default([]),
      }),
    ),
  })
  // Xero has two at most.
  .transform(({ TrackingCategories }): TrackingChoice[] =>
    TrackingCategories.filter(isActive)
      .slice(0, 2)
      .map((row) => ({
        id: row.TrackingCategoryID,
        name: row.Name,
        options: row.Options.filter(isActive).map(({ TrackingOptionID, Name }) => ({
          id: TrackingOptionID,
          name: Name,
        })),
      })),
  );

export const currenciesSchema = z
  .object({ Currencies: z.array(z.object({ Code: currencySchema, Description: optionalTextSchema })).default([]) })
  .transform(({ Currencies }) =>
    Currencies.map(({ Code, Description }) => ({ code: Code, name: Description ?? Code })),
  );

export const brandingThemesSchema = z
  .object({ BrandingThemes: z.array(z.object({ BrandingThemeID: idSchema, Name: z.string() })).default([]) })
  .transform(({ BrandingThemes }) =>
    BrandingThemes.map(({ BrandingThemeID, Name }) => ({ id: BrandingThemeID, name: Name })),
  );

const termSchema = z
  .object({
    Day: z.coerce.number().int(),
    Type: z.enum(['DAYSAFTERBILLDATE', 'DAYSAFTERBILLMONTH', 'OFCURRENTMONTH', 'OFFOLLOWINGMONTH']),
  })
  .transform(({ Day, Type }): PaymentTerm => ({ day: Day, type: Type }));

/** An empty or unknown term is none. */
const optionalTermSchema = termSchema
  .nullish()
  .catch(null)
  .transform((term) => term ?? null);

export const termsSchema = z
  .object({ Sales: optionalTermSchema, Bills: optionalTermSchema })
  .nullish()
  .transform((terms) => ({ sales: terms?.Sales ?? null, bills: terms?.Bills ?? null }));

export const contactDefaultsSchema = z.object({
  Contacts: z.tuple([
    z.object({
      DefaultCurrency: optionalTextSchema,
      SalesDefaultAccountCode: optionalTextSchema,
      PurchasesDefaultAccountCode: optionalTextSchema,
      AccountsReceivableTaxType: optionalTextSchema,
      AccountsPayableTaxType: optionalTextSchema,
      PaymentTerms: termsSchema,
    }),
  ]),
});
