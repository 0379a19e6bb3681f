import type { LineAmountTypes } from '#shared/contract/document.ts';
import type { Decimal } from '#shared/money.ts';
import type { DocumentHeader } from './document-header.ts';

/** A line as Xero keeps it; amounts are what Xero computed. */
export type XeroLine = {
  description: string | null;
  quantity: Decimal | null;
  unitAmount: Decimal | null;
  accountCode: string | null;
  taxType: string | null;
  itemCode: string | null;
  /** Percent. */
  discount: Decimal | null;
  /** Off the whole line, in the document's currency; at most one of the two is set. */
  discountAmount: Decimal | null;
  lineAmount: Decimal | null;
  taxAmount: Decimal | null;
  tracking: XeroTracking[];
  /** Where the account has no code, or none is told. */
  accountId: string | null;
  /** What decides the sales tax of organisations in the US. */
  taxability: string | null;
  salesTaxCodeId: Decimal | null;
  /** Names of members that say something we do not know. */
  unknown: string[];
};

export type XeroTracking = {
  name: string | null;
  option: string | null;
  categoryId: string | null;
  optionId: string | null;
};

/** A whole document: its header, its lines, and what tells it from others. */
export type XeroDocument = DocumentHeader & {
  totalTax: Decimal;
  lineAmountTypes: LineAmountTypes;
  brandingThemeId: string | null;
  /** The `Url` member, which carries the id of the write it was made by; quotes have none. */
  sourceUrl: string | null;
  isSent: boolean;
  lines: XeroLine[];
};
