import type { LineAmountTypes } from '#shared/contract/document.ts';
import type { Decimal } from '#shared/money.ts';
import type { DocumentHeader } from './document-header.ts';

/** A line as stored in Xero. Xero computed its amounts. */
export type XeroLine = {
  description: string | null;
  quantity: Decimal | null;
  unitAmount: Decimal | null;
  accountCode: string | null;
  taxType: string | null;
  itemCode: string | null;
  /** A percentage. */
  discount: Decimal | null;
  /** Off the whole line, in the document's currency. At most one of the two discounts is set. */
  discountAmount: Decimal | null;
  lineAmount: Decimal | null;
  taxAmount: Decimal | null;
  tracking: XeroTracking[];
  /** Used when the account has no code or Xero returns none. */
  accountId: string | null;
  /** Decides the sales tax of organisations in the US. */
  taxability: string | null;
  salesTaxCodeId: Decimal | null;
  /** Names of non-empty members that we do not know. */
  unknown: string[];
};

export type XeroTracking = {
  name: string | null;
  option: string | null;
  categoryId: string | null;
  optionId: string | null;
};

/** A whole document: its header, its lines and its other details. */
export type XeroDocument = DocumentHeader & {
  totalTax: Decimal;
  lineAmountTypes: LineAmountTypes;
  brandingThemeId: string | null;
  /** The `Url` member, which contains the id of the write that made the document. Quotes have none. */
  sourceUrl: string | null;
  isSent: boolean;
  lines: XeroLine[];
};
