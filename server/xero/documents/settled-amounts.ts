import type { z } from 'zod';
import { optionalDecimalSchema } from '#server/xero/answers/fields.ts';
import type { DocumentHeader } from './document-header.ts';

type Settled = Pick<DocumentHeader, 'amountPaid' | 'amountCredited'>;

/**
 * Members that say how an invoice or bill was settled. Total less amount due does not say it: that also includes credit
 * notes, prepayments, overpayments, and a British CIS deduction that nobody paid.
 */
export const settledFields = { AmountPaid: optionalDecimalSchema, AmountCredited: optionalDecimalSchema };

type Row = { [K in keyof typeof settledFields]: z.output<(typeof settledFields)[K]> };

export function toSettled({ AmountPaid, AmountCredited }: Row): Settled {
  return { amountPaid: AmountPaid, amountCredited: AmountCredited };
}

/** Quotes are never paid. */
export const nothingSettled: Settled = { amountPaid: '0', amountCredited: '0' };
