import { z } from 'zod';
import {
  currencySchema,
  decimalSchema,
  idSchema,
  optional,
  optionalDecimalSchema,
  optionalFlagSchema,
  optionalList,
  optionalTextSchema,
} from '#server/xero/answers/fields.ts';
import { readAnswer } from '#server/xero/answers/read-answer.ts';
import { type ReadRows, readRows, type XeroList } from '#server/xero/answers/read-rows.ts';
import type { XeroAnswer } from '#server/xero/answers/xero-answer.ts';
import type {
  AccountChoice,
  ItemChoice,
  PaymentTerm,
  TaxRateChoice,
  TrackingChoice,
} from '#shared/contract/choices.ts';

/** Parses Xero's lists for the forms: active entries only. */
function isActive({ Status }: { Status: string }): boolean {
  return Status === 'ACTIVE';
}
export const statusSchema = optionalTextSchema.transform((status) => status ?? 'ACTIVE');
export const flagSchema = optionalFlagSchema.transform((flag) => flag ?? false);
export const nameSchema = z.string().min(1);

/** One of the lists that forms offer. An entry that cannot be parsed does not affect the others. */
export type ChoiceList<Choice> = { list: XeroList; read(answer: XeroAnswer): ReadRows<Choice> };

type ListOf<Row extends z.ZodType, Choice> = {
  list: XeroList;
  /** The member of the answer that contains the rows. */
  member: string;
  row: Row;
  /** False: an organisation may have none, and then the list itself may be missing. */
  isRequired?: boolean;
  toChoices(rows: z.output<Row>[]): Choice[];
};

export function buildList<Row extends z.ZodType, Choice>(of: ListOf<Row, Choice>): ChoiceList<Choice> {
  const { list, member, row, isRequired = true, toChoices } = of;
  const answerSchema = z
    .record(z.string(), z.unknown())
    .transform((answer) => answer[member])
    .pipe(isRequired ? z.array(z.unknown()) : optionalList(z.unknown()));
  return {
    list,
    read(answer) {
      const { rows, faults } = readRows(readAnswer(answer, answerSchema), row);
      return { rows: toChoices(rows), faults };
    },
  };
}

/** Xero's account classes, and our words for what a tax rate applies to. */
export const accountClasses: Readonly<Record<string, AccountChoice['class']>> = {
  REVENUE: 'revenue',
  EXPENSE: 'expenses',
  ASSET: 'assets',
  LIABILITY: 'liabilities',
  EQUITY: 'equity',
};
const salesClasses = ['REVENUE'];
/** A bill may buy a fixed asset or repay a loan. */
const purchaseClasses = ['EXPENSE', 'ASSET', 'LIABILITY', 'EQUITY'];

export const accountsList = buildList({
  list: 'accounts',
  member: 'Accounts',
  row: z.object({
    Code: optionalTextSchema,
    Name: nameSchema,
    Type: z.string(),
    Class: optionalTextSchema,
    Status: statusSchema,
    TaxType: optionalTextSchema,
    SystemAccount: optionalTextSchema,
  }),
  // An account without a code, a system account or a bank account cannot be used on a line.
  toChoices: (rows): AccountChoice[] =>
    rows
      .filter((row) => isActive(row) && row.SystemAccount === null && row.Type !== 'BANK')
      .flatMap((row) =>
        row.Code === null
          ? []
          : [
              {
                code: row.Code,
                name: row.Name,
                class: accountClasses[row.Class ?? ''] ?? null,
                taxType: row.TaxType,
                isSales: salesClasses.includes(row.Class ?? ''),
                isPurchases: purchaseClasses.includes(row.Class ?? ''),
              },
            ],
      ),
});

const taxRatesOf = {
  list: 'tax_rates',
  member: 'TaxRates',
  row: z.object({
    Name: nameSchema,
    TaxType: z.string().min(1),
    ReportTaxType: optionalTextSchema,
    Status: statusSchema,
    EffectiveRate: optionalDecimalSchema,
    DisplayTaxRate: optionalDecimalSchema,
    TaxComponents: optionalList(z.object({ Rate: decimalSchema, IsCompound: flagSchema })),
    CanApplyToAssets: flagSchema,
    CanApplyToEquity: flagSchema,
    CanApplyToExpenses: flagSchema,
    CanApplyToLiabilities: flagSchema,
    CanApplyToRevenue: flagSchema,
  }),
} as const;

function toTaxRate(row: z.output<(typeof taxRatesOf)['row']>): TaxRateChoice {
  return {
    taxType: row.TaxType,
    name: row.Name,
    rate: isAutomatic(row) ? null : (row.EffectiveRate ?? row.DisplayTaxRate),
    components: row.TaxComponents.map(({ Rate, IsCompound }) => ({ rate: Rate, isCompound: IsCompound })),
    appliesTo: {
      revenue: row.CanApplyToRevenue,
      expenses: row.CanApplyToExpenses,
      assets: row.CanApplyToAssets,
      liabilities: row.CanApplyToLiabilities,
      equity: row.CanApplyToEquity,
    },
  };
}

export const taxRatesList = buildList({ ...taxRatesOf, toChoices: (rows) => rows.filter(isActive).map(toTaxRate) });

/** In any status. */
export const allTaxRatesList = buildList({
  ...taxRatesOf,
  toChoices: (rows) => rows.map((row) => ({ ...toTaxRate(row), status: row.Status })),
});

/**
 * "Auto Look Up" of American organisations: Avalara computes the tax from the addresses, and Xero lists the rate as 0
 * %. Source: AVALARA in the ReportTaxType enum of Xero's OpenAPI.
 */
function isAutomatic({ TaxType, ReportTaxType }: { TaxType: string; ReportTaxType: string | null }): boolean {
  return TaxType === 'AVALARA' || ReportTaxType === 'AVALARA';
}

const sideSchema = z.object({
  UnitPrice: optionalDecimalSchema,
  AccountCode: optionalTextSchema,
  COGSAccountCode: optionalTextSchema,
  TaxType: optionalTextSchema,
});

const isUsedSchema = optionalFlagSchema.transform((flag) => flag ?? true);

export const itemsList = buildList({
  list: 'items',
  member: 'Items',
  row: z.object({
    Code: z.string().min(1),
    Name: optionalTextSchema,
    Description: optionalTextSchema,
    PurchaseDescription: optionalTextSchema,
    IsSold: isUsedSchema,
    IsPurchased: isUsedSchema,
    SalesDetails: optional(sideSchema),
    PurchaseDetails: optional(sideSchema),
  }),
  toChoices: (rows): ItemChoice[] =>
    rows.map((row) => ({
      code: row.Code,
      name: row.Name ?? row.Code,
      sales: row.IsSold ? toSide(row.SalesDetails, row.Description) : null,
      purchases: row.IsPurchased ? toSide(row.PurchaseDetails, row.PurchaseDescription ?? row.Description) : null,
    })),
});

function toSide(side: z.output<typeof sideSchema> | null, description: string | null) {
  return {
    description,
    unitAmount: side?.UnitPrice ?? null,
    accountCode: side?.AccountCode ?? side?.COGSAccountCode ?? null,
    taxType: side?.TaxType ?? null,
  };
}

export const trackingOptionSchema = z.object({ TrackingOptionID: idSchema, Name: nameSchema, Status: statusSchema });

export const trackingList = buildList({
  list: 'tracking_categories',
  member: 'TrackingCategories',
  row: z.object({
    TrackingCategoryID: idSchema,
    Name: nameSchema,
    Status: statusSchema,
    // An option that cannot be parsed does not affect the others.
    Options: optionalList(z.unknown()).transform((options) => readRows(options, trackingOptionSchema).rows),
  }),
  // Xero allows at most two.
  toChoices: (rows): TrackingChoice[] =>
    rows
      .filter(isActive)
      .slice(0, 2)
      .map((row) => ({
        id: row.TrackingCategoryID,
        name: row.Name,
        options: row.Options.filter(isActive).map(({ TrackingOptionID, Name }) => ({
          id: TrackingOptionID,
          name: Name,
        })),
      })),
});

export const currenciesList = buildList({
  list: 'currencies',
  member: 'Currencies',
  isRequired: false,
  row: z.object({ Code: currencySchema, Description: optionalTextSchema }),
  toChoices: (rows) => rows.map(({ Code, Description }) => ({ code: Code, name: Description ?? Code })),
});

export const brandingThemesList = buildList({
  list: 'branding_themes',
  member: 'BrandingThemes',
  isRequired: false,
  row: z.object({ BrandingThemeID: idSchema, Name: nameSchema }),
  toChoices: (rows) => rows.map(({ BrandingThemeID, Name }) => ({ id: BrandingThemeID, name: Name })),
});

const termSchema = z
  .object({
    // Not coerced: a missing day would become 0, and a document would be due on its own date.
    Day: z
      .string()
      .regex(/^\d{1,3}$/)
      .transform(Number),
    Type: z.enum(['DAYSAFTERBILLDATE', 'DAYSAFTERBILLMONTH', 'OFCURRENTMONTH', 'OFFOLLOWINGMONTH']),
  })
  .transform(({ Day, Type }): PaymentTerm => ({ day: Day, type: Type }));

/** An empty or unknown term counts as none. */
const optionalTermSchema = optional(termSchema).catch(null);

export const termsSchema = optional(z.object({ Sales: optionalTermSchema, Bills: optionalTermSchema })).transform(
  (terms) => ({ sales: terms?.Sales ?? null, bills: terms?.Bills ?? null }),
);

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
