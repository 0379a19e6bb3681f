/**
 * The sandbox's data. Names are Xero's own. Amounts are numbers with at most four decimals, calendar days are
 * `YYYY-MM-DD`, and `updatedAt` is milliseconds since the epoch.
 */
export type Phone = {
  PhoneType: 'DEFAULT' | 'DDI' | 'MOBILE' | 'FAX';
  PhoneNumber: string;
  PhoneAreaCode?: string;
  PhoneCountryCode?: string;
};

export type Address = {
  AddressType: 'STREET' | 'POBOX';
  AddressLine1?: string;
  AddressLine2?: string;
  City?: string;
  Region?: string;
  PostalCode?: string;
  Country?: string;
  AttentionTo?: string;
};

export type ContactPerson = { FirstName?: string; LastName?: string; EmailAddress?: string; IncludeInEmails?: boolean };

export type PaymentTermType = 'DAYSAFTERBILLDATE' | 'DAYSAFTERBILLMONTH' | 'OFCURRENTMONTH' | 'OFFOLLOWINGMONTH';

export type PaymentTerms = {
  Bills?: { Day: number; Type: PaymentTermType };
  Sales?: { Day: number; Type: PaymentTermType };
};

/** The tracking that Xero preselects on the lines of a contact's documents. */
export type TrackingDefault = { TrackingCategoryName: string; TrackingOptionName: string };

export type Contact = {
  ContactID: string;
  ContactStatus: 'ACTIVE' | 'ARCHIVED' | 'GDPRREQUEST';
  Name: string;
  FirstName?: string;
  LastName?: string;
  EmailAddress?: string;
  ContactNumber?: string;
  AccountNumber?: string;
  CompanyNumber?: string;
  TaxNumber?: string;
  BankAccountDetails?: string;
  Website?: string;
  DefaultCurrency?: string;
  SalesDefaultAccountCode?: string;
  PurchasesDefaultAccountCode?: string;
  AccountsReceivableTaxType?: string;
  AccountsPayableTaxType?: string;
  ContactPersons: ContactPerson[];
  Addresses: Address[];
  Phones: Phone[];
  PaymentTerms?: PaymentTerms;
  SalesTrackingCategories?: TrackingDefault[];
  PurchasesTrackingCategories?: TrackingDefault[];
  MergedToContactID?: string;
  IsSupplier: boolean;
  IsCustomer: boolean;
  updatedAt: number;
};

/** A deleted group is removed, so every group is active. */
export type ContactGroup = { ContactGroupID: string; Name: string; contactIds: Set<string> };

export type Tracking = { TrackingCategoryID: string; TrackingOptionID: string; Name: string; Option: string };

export type Line = {
  LineItemID: string;
  Description: string;
  Quantity: number;
  UnitAmount: number;
  LineAmount: number;
  TaxAmount: number;
  TaxType?: string;
  AccountCode?: string;
  ItemCode?: string;
  DiscountRate?: number;
  DiscountAmount?: number;
  Tracking: Tracking[];
  /** Members that the sandbox does not know, shown as they were given. */
  others?: Record<string, unknown>;
};

export type LineAmountTypes = 'Exclusive' | 'Inclusive' | 'NoTax';

export type Payment = {
  PaymentID: string;
  Date: string;
  Amount: number;
  Reference?: string | undefined;
  CurrencyRate: number;
  AccountCode: string;
  /** Whether it was matched with a bank statement. */
  isReconciled: boolean;
  updatedAt: number;
};

export type Attachment = {
  AttachmentID: string;
  FileName: string;
  MimeType: string;
  IncludeOnline: boolean;
  bytes: Buffer;
};

/** `at` is milliseconds since the epoch. */
export type HistoryEntry = { Changes: string; Details: string; User: string; at: number };

/** An e-mail of an invoice that Xero sent. */
export type Email = { documentId: string; number: string; to: string; at: number };

/** Credit (note, prepayment or overpayment) applied to an invoice, as both sides show it. */
export type Allocation = {
  AllocationID: string;
  kind: CreditKind;
  creditId: string;
  creditNumber: string;
  invoiceId: string;
  Amount: number;
  Date: string;
};

export type DocumentStatus = 'DRAFT' | 'SUBMITTED' | 'AUTHORISED' | 'PAID' | 'VOIDED' | 'DELETED';

type DocumentBase = {
  contactId: string;
  Date: string;
  LineAmountTypes: LineAmountTypes;
  LineItems: Line[];
  SubTotal: number;
  TotalTax: number;
  Total: number;
  TotalDiscount?: number;
  CurrencyCode: string;
  /** Units of CurrencyCode per unit of the organisation's currency. */
  CurrencyRate: number;
  Reference?: string;
  BrandingThemeID?: string;
  updatedAt: number;
};

export type Invoice = DocumentBase & {
  InvoiceID: string;
  Type: 'ACCREC' | 'ACCPAY';
  InvoiceNumber: string;
  Status: DocumentStatus;
  DueDate?: string;
  AmountDue: number;
  AmountPaid: number;
  AmountCredited: number;
  /** Withheld for the tax office under the UK's Construction Industry Scheme: neither due nor paid. */
  CISDeduction?: number;
  FullyPaidOnDate?: string;
  SentToContact?: boolean;
  Url?: string;
  Payments: Payment[];
  Allocations: Allocation[];
  /** The app that created it, for `createdByMyApp`. */
  clientId?: string;
};

export type QuoteStatus = 'DRAFT' | 'SENT' | 'DECLINED' | 'ACCEPTED' | 'INVOICED' | 'DELETED';

export type Quote = DocumentBase & {
  QuoteID: string;
  QuoteNumber: string;
  Status: QuoteStatus;
  ExpiryDate?: string;
  Title?: string;
  Summary?: string;
  Terms?: string;
};

export type PurchaseOrderStatus = 'DRAFT' | 'SUBMITTED' | 'AUTHORISED' | 'BILLED' | 'DELETED';

export type PurchaseOrder = DocumentBase & {
  PurchaseOrderID: string;
  PurchaseOrderNumber: string;
  Status: PurchaseOrderStatus;
  DeliveryDate?: string;
  ExpectedArrivalDate?: string;
  SentToContact: boolean;
  DeliveryAddress?: string;
  AttentionTo?: string;
  Telephone?: string;
  DeliveryInstructions?: string;
};

export type CreditKind = 'CreditNote' | 'Prepayment' | 'Overpayment';

/** A credit note, a prepayment or an overpayment. */
export type Credit = DocumentBase & {
  id: string;
  kind: CreditKind;
  /** For example ACCRECCREDIT, RECEIVE-PREPAYMENT, SPEND-OVERPAYMENT. */
  Type: string;
  number: string;
  Status: DocumentStatus;
  RemainingCredit: number;
  Allocations: Allocation[];
  /** Refunds of it. */
  Payments: Payment[];
};

/** A payment that was deleted, and the id of the document that it was on. */
export type DeletedPayment = { payment: Payment; documentId: string };
