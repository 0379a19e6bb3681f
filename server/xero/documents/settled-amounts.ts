import type { z } from 'zod';
import { optionalDecimalSchema } from '#server/xero/answers/fields.ts';
import type { DocumentHeader } from './document-header.ts';

type SettledAmounts = Pick<DocumentHeader, 'amountPaid' | 'amountCredited'>;

/**
 * Members that say how an invoice or bill was settled. Total less amount due does not say it: that also includes credit
 * notes, prepayments, overpayments, and a British CIS deduction that nobody paid.
 */
export const settledFields = { AmountPaid: optionalDecimalSchema, AmountCredited: optionalDecimalSchema };

type Row = { [K in keyof typeof settledFields]: z.output<(typeof settledFields)[K]> };

export function toSettledAmounts({ AmountPaid, AmountCredited }: Row): SettledAmounts {
  return { amountPaid: AmountPaid, amountCredited: AmountCredited };
}

/** Quotes are never paid. */
export const nothingSettled: SettledAmounts = { amountPaid: '0', amountCredited: '0' };
