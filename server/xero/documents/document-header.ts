import type { CalendarDate } from '#shared/calendar.ts';
import type { DocumentKind } from '#shared/contract/document.ts';
import type { Decimal } from '#shared/money.ts';

/**
 * A quote, invoice or bill in Xero without its lines, as Xero's lists return it and the ledger stores it. Decimals are
 * exact, and calendar dates are never shifted.
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
  /** For a quote, its expiry date. */
  dueDate: CalendarDate | null;
  currency: string;
  /** Foreign units per unit of the organisation's currency; null when Xero gave none. */
  rate: Decimal | null;
  subTotal: Decimal;
  total: Decimal;
  /** Zero for quotes, which are not owed. */
  amountDue: Decimal;
  /** The parts settled by payments and by credits; null when Xero does not say. Zero for quotes. */
  amountPaid: Decimal | null;
  amountCredited: Decimal | null;
  /** An instant by Xero's clock. */
  updatedAt: string;
};

/**
 * A document in Xero that could not be parsed. No figure includes it. Members that could not be parsed either are null.
 * `status` is one of Xero's words that we know.
 */
export type UnreadableDocument = {
  id: string | null;
  kind: DocumentKind | null;
  contactId: string | null;
  status: string | null;
  /** An instant by Xero's clock. */
  updatedAt: string | null;
};
