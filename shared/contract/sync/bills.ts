import { z } from 'zod';
import { calendarDateSchema } from '#shared/contract/summary.ts';
import { linkSchema } from '#shared/contract/text.ts';
import { amountSchema, currencySchema } from './values.ts';

const lineSchema = z.object({
  description: z.string().nullable(),
  quantity: amountSchema,
  /** Up to four decimals. */
  unitAmount: amountSchema,
  amount: amountSchema,
  taxAmount: amountSchema.nullable(),
  accountCode: z.string().nullable(),
  /** The CRM's own word for the account, by the mapping; null where none stands for it. */
  category: z.string().nullable(),
  taxType: z.string().nullable(),
  itemCode: z.string().nullable(),
  tracking: z.array(z.object({ category: z.string(), option: z.string() })),
});

/** A bill of Xero, as the feed gives it. Amounts are decimal text. */
export const billSchema = z.object({
  number: z.string().nullable(),
  /** `crmId`: the CRM's own supplier, if its twin is this contact. */
  supplier: z.object({ xeroId: z.string(), crmId: z.string().nullable(), name: z.string().nullable() }),
  date: calendarDateSchema.nullable(),
  dueDate: calendarDateSchema.nullable(),
  currency: currencySchema,
  lineAmountTypes: z.enum(['exclusive', 'inclusive', 'none']),
  lines: z.array(lineSchema),
  subTotal: amountSchema,
  totalTax: amountSchema,
  total: amountSchema,
  amountDue: amountSchema,
  /** Xero's own word: DRAFT, SUBMITTED, AUTHORISED, PAID, VOIDED or DELETED. */
  status: z.string(),
  hasAttachments: z.boolean(),
  url: linkSchema.nullable(),
});
export type Bill = z.infer<typeof billSchema>;
