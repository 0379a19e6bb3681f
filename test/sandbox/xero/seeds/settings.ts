import { stableId } from '../ids.ts';
import {
  type Account,
  type Item,
  type OrganisationFacts,
  type Settings,
  settledAt,
  type TaxRate,
  type TrackingCategory,
} from '../records/organisation.ts';
import type { TaxTypes } from './desk.ts';

type Country = OrganisationFacts['countryCode'];

const all: TaxRate['appliesTo'] = ['Assets', 'Equity', 'Expenses', 'Liabilities', 'Revenue'];
const spending: TaxRate['appliesTo'] = ['Assets', 'Equity', 'Expenses', 'Liabilities'];
const earning: TaxRate['appliesTo'] = ['Assets', 'Equity', 'Liabilities', 'Revenue'];

function tax(Name: string, TaxType: string, ReportTaxType: string, rate: number, appliesTo = all): TaxRate {
  return {
    Name,
    TaxType,
    ReportTaxType,
    rate,
    Status: 'ACTIVE',
    appliesTo,
  };
}

const taxRates: Record<Country, TaxRate[]> = {
  AU: [
    tax('GST on Income', 'OUTPUT', 'OUTPUT', 10, earning),
    tax('GST on Expenses', 'INPUT', 'INPUT', 10, spending),
    tax('GST Free Income', 'EXEMPTOUTPUT', 'EXEMPTOUTPUT', 0, earning),
    tax('GST Free Expenses', 'EXEMPTEXPENSES', 'EXEMPTEXPENSES', 0, spending),
    tax('GST Free Exports', 'EXEMPTEXPORT', 'EXEMPTEXPORT', 0, earning),
    tax('BAS Excluded', 'BASEXCLUDED', 'BASEXCLUDED', 0),
    tax('GST on Imports', 'GSTONIMPORTS', 'GSTONIMPORTS', 0, ['Liabilities']),
    {
      ...tax('Levy and GST on it', 'TAX001', 'OUTPUT', 15.5, earning),
      components: [
        { Name: 'Levy', Rate: 5, IsCompound: false },
        { Name: 'GST', Rate: 10, IsCompound: true },
      ],
    },
  ],
  GB: [
    tax('20% (VAT on Income)', 'OUTPUT2', 'OUTPUT', 20, earning),
    tax('20% (VAT on Expenses)', 'INPUT2', 'INPUT', 20, spending),
    tax('Zero Rated Income', 'ZERORATEDOUTPUT', 'ZERORATEDOUTPUT', 0, earning),
    tax('Zero Rated Expenses', 'ZERORATEDINPUT', 'ZERORATEDINPUT', 0, spending),
    tax('No VAT', 'NONE', 'NONE', 0),
  ],
  NZ: [
    tax('15% GST on Income', 'OUTPUT2', 'OUTPUT', 15, earning),
    tax('15% GST on Expenses', 'INPUT2', 'INPUT', 15, spending),
    tax('Zero Rated', 'ZERORATED', 'OUTPUT', 0, ['Liabilities', 'Revenue']),
    tax('No GST', 'NONE', 'NONE', 0),
  ],
  US: [
    tax('Auto Look Up', 'AVALARA', 'AVALARA', 0),
    tax('Tax on Sales', 'OUTPUT', 'OUTPUT', 8.25, earning),
    tax('Tax on Purchases', 'INPUT', 'INPUT', 8.25, spending),
    tax('Tax Exempt', 'NONE', 'NONE', 0),
  ],
};

export const taxTypes: Record<Country, TaxTypes> = {
  AU: { income: 'OUTPUT', expense: 'INPUT', export: 'EXEMPTEXPORT' },
  GB: { income: 'OUTPUT2', expense: 'INPUT2', export: 'ZERORATEDOUTPUT' },
  NZ: { income: 'OUTPUT2', expense: 'INPUT2', export: 'ZERORATED' },
  US: { income: 'NONE', expense: 'NONE', export: 'NONE' },
};

const currencyNames: Record<string, string> = {
  AUD: 'Australian Dollar',
  USD: 'United States Dollar',
  EUR: 'Euro',
  JPY: 'Japanese Yen',
  GBP: 'British Pound',
  NZD: 'New Zealand Dollar',
};

/** One organisation's chart of accounts and choices. */
export function toSettings(facts: OrganisationFacts, currencies: string[]): Settings {
  return {
    accounts: toAccounts(facts),
    taxRates: taxRates[facts.countryCode].map((rate) => ({ ...rate })),
    items: toItems(facts),
    currencies: currencies.map((Code) => ({ Code, Description: currencyNames[Code] ?? Code })),
    trackingCategories: [
      toTracking(facts, 'Region', ['North', 'South', 'East', 'West']),
      toTracking(facts, 'Salesperson', ['Priya', 'Tom', 'Wanjiru']),
    ],
    brandingThemes: ['Standard', 'Very orange invoice!', 'Special Projects'].map((Name, SortOrder) => ({
      BrandingThemeID: stableId(facts.tenantId, 'theme', Name),
      Name,
      SortOrder,
    })),
  };
}

function toAccounts(facts: OrganisationFacts): Account[] {
  const { income, expense } = taxTypes[facts.countryCode];
  const none = facts.countryCode === 'AU' ? 'BASEXCLUDED' : 'NONE';
  const account = (Code: string, Name: string, Type: string, Class: string, more: Partial<Account> = {}): Account => ({
    AccountID: stableId(facts.tenantId, 'account', Code),
    Code,
    Name,
    Type,
    Class,
    Status: 'ACTIVE',
    TaxType: Class === 'REVENUE' ? income : Class === 'EXPENSE' ? expense : none,
    EnablePaymentsToAccount: false,
    updatedAt: settledAt,
    ...more,
  });
  const bank = { BankAccountNumber: '0830119876543', CurrencyCode: facts.baseCurrency };
  return [
    account('090', 'Business Bank Account', 'BANK', 'ASSET', bank),
    account('200', 'Sales', 'REVENUE', 'REVENUE', { Description: 'Income from any normal business activity' }),
    account('260', 'Other Revenue', 'REVENUE', 'REVENUE', { Description: 'Income outside normal business' }),
    account('310', 'Cost of Goods Sold', 'DIRECTCOSTS', 'EXPENSE', { Description: 'Cost of what was sold' }),
    account('400', 'Advertising', 'EXPENSE', 'EXPENSE'),
    account('404', 'Bank Fees', 'EXPENSE', 'EXPENSE', { TaxType: none }),
    account('425', 'Freight & Courier', 'EXPENSE', 'EXPENSE'),
    account('429', 'General Expenses', 'EXPENSE', 'EXPENSE', { Description: 'Expenses not fitting elsewhere' }),
    account('453', 'Office Expenses', 'EXPENSE', 'EXPENSE'),
    account('477', 'Old Telephone', 'EXPENSE', 'EXPENSE', { Status: 'ARCHIVED' }),
    account('630', 'Inventory', 'INVENTORY', 'ASSET', { Description: 'Value of tracked items in stock' }),
    account('610', 'Accounts Receivable', 'CURRENT', 'ASSET', { SystemAccount: 'DEBTORS' }),
    account('800', 'Accounts Payable', 'CURRLIAB', 'LIABILITY', { SystemAccount: 'CREDITORS' }),
    account('820', 'GST', 'CURRLIAB', 'LIABILITY', { SystemAccount: 'GST' }),
    account('880', 'Owner Funds Introduced', 'EQUITY', 'EQUITY', { EnablePaymentsToAccount: true }),
  ];
}

function toItems(facts: OrganisationFacts): Item[] {
  const { income, expense } = taxTypes[facts.countryCode];
  const item = (Code: string, Name: string, sells: number, buys?: number): Item => ({
    ItemID: stableId(facts.tenantId, 'item', Code),
    Code,
    Name,
    Description: Name,
    updatedAt: settledAt,
    sales: { UnitPrice: sells, AccountCode: '200', TaxType: income },
    ...(buys === undefined ? {} : { purchase: { UnitPrice: buys, AccountCode: '310', TaxType: expense } }),
  });
  return [
    item('LAMP-S', 'Harbour lamp, small', 189.5, 96.2),
    item('LAMP-L', 'Harbour lamp, large', 349, 180),
    item('INSTALL', 'Installation, per hour', 120),
    item('SUPPORT', 'Support plan, per month', 85),
    item('FREIGHT', 'Freight and handling', 42.75, 31.1),
    item('PLAN-12', 'Annual service plan, 12 months', 2500),
    item('SITE-DAY', 'On-site support day', 1200),
    item('RIG-WEEK', 'Lighting rig hire, week', 6200, 2900),
    item('TRACK-M', 'Track lighting, metre', 144, 71.25),
    item('DESIGN', 'Design consultation', 1360.5),
    {
      ...item('BULB-E27', 'Filament bulb, E27', 14.95, 6.4),
      PurchaseDescription: 'Filament bulbs, E27, boxed',
      purchase: { UnitPrice: 6.4, COGSAccountCode: '310', TaxType: expense },
      tracked: { InventoryAssetAccountCode: '630', QuantityOnHand: 240, TotalCostPool: 1536 },
    },
    { ...bought(item('PACKING', 'Packing material', 0, 18.2)), PurchaseDescription: 'Packing material, roll' },
    retired(item('LAMP-OLD', 'Harbour lamp, first series', 159)),
  ];
}

/** Purchased but not sold. */
function bought({ sales, ...item }: Item): Item {
  return item;
}

/** Neither sold nor purchased any more: how Xero's API shows an inactive item. */
function retired({ sales, purchase, ...item }: Item): Item {
  return item;
}

function toTracking(facts: OrganisationFacts, Name: string, options: string[]): TrackingCategory {
  return {
    TrackingCategoryID: stableId(facts.tenantId, 'tracking', Name),
    Name,
    Status: 'ACTIVE',
    Options: options.map((option) => ({
      TrackingOptionID: stableId(facts.tenantId, 'tracking', Name, option),
      Name: option,
      Status: 'ACTIVE',
    })),
  };
}
