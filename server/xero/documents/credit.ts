import type { Decimal } from '#shared/money.ts';

/** A credit note, prepayment or overpayment that is not used up. */
export type Credit = {
  id: string;
  /** Whether it is set against invoices or bills. */
  side: 'invoice' | 'bill';
  contactId: string;
  currency: string;
  /** As a document's. */
  rate: Decimal | null;
  /** In `currency`. */
  remaining: Decimal;
};
