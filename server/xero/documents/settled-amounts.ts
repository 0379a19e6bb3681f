import type { z } from 'zod';
import { optionalDecimalSchema } from '#server/xero/answers/fields.ts';
import type { DocumentHeader } from './document-header.ts';

type Settled = Pick<DocumentHeader, 'amountPaid' | 'amountCredited'>;

/**
 * Members of an invoice or bill that say how it was settled. The total less the amount due says neither: it counts
 * credit notes, prepayments and overpayments too, and a British CIS deduction that nobody has paid.
 */
export const settledFields = { AmountPaid: optionalDecimalSchema, AmountCredited: optionalDecimalSchema };

type Row = { [K in keyof typeof settledFields]: z.output<(typeof settledFields)[K]> };

export function toSettled({ AmountPaid, AmountCredited }: Row): Settled {
  return { amountPaid: AmountPaid, amountCredited: AmountCredited };
}

/** Nobody pays a quote. */
export const nothingSettled: Settled = { amountPaid: '0', amountCredited: '0' };
