import type { CalendarDate } from '#shared/calendar.ts';
import type { DocumentKind } from '#shared/contract/document.ts';
import type { Decimal } from '#shared/money.ts';

/**
 * A quote, invoice or bill of Xero without its lines, as Xero's lists tell it and the ledger keeps it. Decimals are exact;
 * calendar dates are never shifted.
 */
export type DocumentHeader = {
  id: string;
  kind: DocumentKind;
  contactId: string;
  number: string | null;
  reference: string | null;
  /** Xero's own word: DRAFT, SUBMITTED, AUTHORISED, PAID, VOIDED, DELETED; quotes: SENT, ACCEPTED, DECLINED, INVOICED. */
  status: string;
  date: CalendarDate | null;
  /** The expiry date of a quote. */
  dueDate: CalendarDate | null;
  currency: string;
  /** Foreign units for one unit of the organisation's currency; null when Xero gave none. */
  rate: Decimal | null;
  subTotal: Decimal;
  total: Decimal;
  /** Zero for quotes, which nobody owes yet. */
  amountDue: Decimal;
  /** What payments have settled, and what credits have; null where Xero does not tell. Zero for quotes. */
  amountPaid: Decimal | null;
  amountCredited: Decimal | null;
  /** Instant, by Xero's clock. */
  updatedAt: string;
};

/**
 * A document that Xero has and that could not be read: no figure holds it, and what is null could not be read either.
 * `status` is one of Xero's words that we know.
 */
export type UnreadableDocument = {
  id: string | null;
  kind: DocumentKind | null;
  contactId: string | null;
  status: string | null;
  /** Instant, by Xero's clock. */
  updatedAt: string | null;
};
