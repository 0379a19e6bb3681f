import type {
  Attachment,
  Contact,
  ContactGroup,
  Credit,
  DeletedPayment,
  Email,
  HistoryEntry,
  Invoice,
  PaymentTerms,
  PurchaseOrder,
  Quote,
} from './types.ts';

/** When the settings of a seed were last changed. */
export const settledAt = Date.UTC(2024, 1, 5, 2, 30);

export type Account = {
  AccountID: string;
  Code: string;
  Name: string;
  Type: string;
  Class: string;
  Status: 'ACTIVE' | 'ARCHIVED';
  TaxType: string;
  Description?: string;
  EnablePaymentsToAccount: boolean;
  BankAccountNumber?: string;
  CurrencyCode?: string;
  SystemAccount?: string;
  updatedAt: number;
};

export type TaxRate = {
  Name: string;
  TaxType: string;
  ReportTaxType: string;
  /** The effective rate in percent, including what a compound component adds. */
  rate: number;
  /** By default, one component with the same name and rate. */
  components?: { Name: string; Rate: number; IsCompound: boolean }[];
  Status: 'ACTIVE' | 'DELETED';
  appliesTo: ('Assets' | 'Equity' | 'Expenses' | 'Liabilities' | 'Revenue')[];
};

type ItemDetails = {
  UnitPrice?: number | undefined;
  AccountCode?: string | undefined;
  TaxType?: string | undefined;
};

export type Item = {
  ItemID: string;
  Code: string;
  Name: string;
  Description?: string;
  PurchaseDescription?: string;
  /** Absent: not sold. */
  sales?: ItemDetails;
  /** Absent: not purchased. Purchases of a tracked item go to its inventory account. */
  purchase?: ItemDetails & { COGSAccountCode?: string | undefined };
  tracked?: { InventoryAssetAccountCode: string; QuantityOnHand: number; TotalCostPool: number };
  updatedAt: number;
};

export type TrackingOption = { TrackingOptionID: string; Name: string; Status: 'ACTIVE' | 'ARCHIVED' };

export type TrackingCategory = {
  TrackingCategoryID: string;
  Name: string;
  Status: 'ACTIVE' | 'ARCHIVED';
  Options: TrackingOption[];
};

export type BrandingTheme = { BrandingThemeID: string; Name: string; SortOrder: number };

/** An organisation's name, place and limits. Only its lock dates and its plan change while the sandbox runs. */
export type OrganisationFacts = {
  tenantId: string;
  name: string;
  legalName: string;
  /** Starts with "!". */
  shortCode: string;
  baseCurrency: string;
  countryCode: 'AU' | 'GB' | 'US' | 'NZ';
  version: 'AU' | 'UK' | 'US' | 'NZ';
  timezone: string;
  taxNumber: string;
  isDemoCompany: boolean;
  financialYearEnd: { day: number; month: number };
  periodLockDate?: string | undefined;
  endOfYearLockDate?: string | undefined;
  /** How many invoices and bills a month the plan approves; by default any number. */
  planLimit?: { invoices?: number | undefined; bills?: number | undefined };
  /** For contacts without their own terms. */
  paymentTerms?: PaymentTerms;
};

export type Settings = {
  accounts: Account[];
  taxRates: TaxRate[];
  items: Item[];
  currencies: { Code: string; Description: string }[];
  trackingCategories: TrackingCategory[];
  brandingThemes: BrandingTheme[];
};

/** The part that changes. */
export type Books = Settings & {
  contacts: Map<string, Contact>;
  contactGroups: Map<string, ContactGroup>;
  invoices: Map<string, Invoice>;
  quotes: Map<string, Quote>;
  purchaseOrders: Map<string, PurchaseOrder>;
  credits: Map<string, Credit>;
  deletedPayments: DeletedPayment[];
  /** By the id of their document, oldest first. */
  attachments: Map<string, Attachment[]>;
  /** By the id of its record, oldest first. */
  history: Map<string, HistoryEntry[]>;
  emails: Email[];
};

export type Organisation = OrganisationFacts & {
  /** Built on first use, so that a reset does not build 5,000 invoices that nobody reads. */
  books(): Books;
};
