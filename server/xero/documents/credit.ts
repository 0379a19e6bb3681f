import type { Decimal } from '#shared/money.ts';

/** A credit note, prepayment or overpayment with an unused amount. */
export type Credit = {
  id: string;
  /** Whether it is set against invoices or bills. */
  side: 'invoice' | 'bill';
  contactId: string;
  currency: string;
  /** As in a document. */
  rate: Decimal | null;
  /** In `currency`. */
  remaining: Decimal;
};
