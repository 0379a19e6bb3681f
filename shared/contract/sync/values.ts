import { z } from 'zod';
import { linkSchema } from '#shared/contract/text.ts';

/** A text as people type it: trimmed, and one that every database keeps as it is. Its length is checked before sending. */
export function trimmedText(maxLength = 4_000) {
  return z
    .string()
    .trim()
    .max(maxLength)
    .refine((text) => !text.includes('\0') && text.isWellFormed(), 'must be well-formed text');
}

/** A record's id in the CRM. `.` and `..` would leave their place in an address, and `xero:` names rows by Xero's id. */
export const crmIdSchema = trimmedText(200)
  .min(1)
  .refine((id) => id !== '.' && id !== '..', 'must not be . or ..')
  .refine((id) => !id.startsWith('xero:'), 'must not begin with xero:');

/**
 * What holds records up, in a filter: `categories:Client gifts`, `paymentMethods:bank`, `taxRates:GST`,
 * `contact:{contactId}`, or `record:customers/c-1` for those that wait for this record.
 */
export const heldBySchema = trimmedText(500).min(1);

const amountWords = 'must be a decimal string such as "86.40", with at most 13 digits before the point and 4 after it';
/** A decimal as text, never a float. How many decimals the currency allows is checked before sending. */
export const amountSchema = z.string(amountWords).regex(/^-?\d{1,13}(\.\d{1,4})?$/, amountWords);
const rateWords = 'must be a rate as text, such as "0.658734"';
/** An exchange rate. It has more decimals than an amount; how many Xero takes is checked before sending. */
export const rateSchema = z.string(rateWords).regex(/^-?\d{1,13}(\.\d{1,20})?$/, rateWords);
const percentWords = 'must be a percentage as text, such as "12.5"';
export const percentSchema = z.string(percentWords).regex(/^\d{1,3}(\.\d{1,4})?$/, percentWords);
export const currencySchema = z.string().regex(/^[A-Z]{3}$/, 'must be a currency code of three capital letters');
export const daySchema = z.iso.date();
export const pageSchema = linkSchema.max(2_000);

/** The id of another record. An empty one is missing, which is the record's problem and does not make it unreadable. */
const namedIdSchema = z.union([crmIdSchema, z.string().trim().length(0)]);

/** A customer or supplier: a record of the CRM, or a name. With neither or both, the record has a problem. */
export const partySchema = z.strictObject({
  crmId: namedIdSchema.optional(),
  name: trimmedText(500).optional(),
});

/**
 * At most two, as Xero has two tracking categories: an option by its record, or by its names. What is incomplete, or says
 * both, is a problem of the record.
 */
export const trackingRefsSchema = z
  .array(
    z.strictObject({
      crmId: namedIdSchema.optional(),
      category: trimmedText(200).optional(),
      option: trimmedText(200).optional(),
    }),
  )
  .max(2);

export const linesSchema = z
  .array(
    z.strictObject({
      description: trimmedText().optional(),
      quantity: amountSchema.optional(),
      unitAmount: amountSchema.optional(),
      discount: percentSchema.optional(),
      item: z.strictObject({ crmId: namedIdSchema.optional() }).optional(),
      category: trimmedText(500).optional(),
      taxRate: trimmedText(500).optional(),
      tracking: trackingRefsSchema.optional(),
    }),
  )
  .max(200);

/** Members of every kind that is a document with lines. */
export const documentMembers = {
  number: trimmedText(255).optional(),
  date: daySchema.optional(),
  currency: currencySchema.optional(),
  lineAmountTypes: z.enum(['exclusive', 'inclusive', 'none']).optional(),
  lines: linesSchema.optional(),
  /** The CRM's own total, compared to the cent. */
  total: amountSchema.optional(),
  reference: trimmedText(255).optional(),
  url: pageSchema.optional(),
};

/** Another record that this one pays or is set against. An incomplete one is a problem of this record. */
export function recordRefOf<const Kind extends string>(...kinds: readonly Kind[]) {
  return z.strictObject({ kind: z.enum(kinds).optional(), crmId: namedIdSchema.optional() });
}
