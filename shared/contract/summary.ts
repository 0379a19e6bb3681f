import { z } from 'zod';

export const decimalSchema = z.string().regex(/^-?\d+(\.\d+)?$/);
export const moneySchema = z.object({ currency: z.string().regex(/^[A-Z]{3}$/), amount: decimalSchema });
export const calendarDateSchema = z.iso.date();

/**
 * A count of documents and their amounts. `totals` has one amount per currency, the organisation's currency first, and
 * is empty at count 0. `base` is present when a document is in another currency: all amounts in the organisation's
 * currency, each converted at its own rate, added up unrounded and rounded once.
 */
export const figureSchema = z.object({ count: z.int(), totals: z.array(moneySchema), base: moneySchema.optional() });
export type Figure = z.infer<typeof figureSchema>;

export const ageingBucketSchema = z.enum(['not_due', '1_30', '31_60', '61_90', 'over_90']);
export type AgeingBucket = z.infer<typeof ageingBucketSchema>;

/** Outstanding documents by days overdue: always all five buckets, in this order. */
const ageingSchema = z.array(figureSchema.extend({ bucket: ageingBucketSchema }));
export type Ageing = z.infer<typeof ageingSchema>;

/** Bills are absent for a user who may not view them. */
export const summarySchema = z.object({
  openQuotes: figureSchema,
  /** Open quotes past their expiry date; part of `openQuotes`. */
  expiredQuotes: figureSchema,
  /** Accepted by the customer and not yet invoiced. */
  acceptedQuotes: figureSchema,
  outstandingInvoices: figureSchema,
  overdueInvoices: figureSchema,
  outstandingBills: figureSchema.optional(),
  overdueBills: figureSchema.optional(),
  drafts: z.object({ invoices: figureSchema, bills: figureSchema.optional() }),
  /** Unused credit; null until it is loaded. */
  credit: z.object({ invoices: figureSchema, bills: figureSchema.optional() }).nullable(),
  ageing: z.object({ invoices: ageingSchema, bills: ageingSchema.optional() }),
  /** Days since the due date of the most overdue invoice; null when none is overdue. */
  mostDaysLate: z.int().nullable(),
  /** The nearest due date of an outstanding invoice that is not overdue. */
  nextDueDate: calendarDateSchema.nullable(),
});
export type Summary = z.infer<typeof summarySchema>;
