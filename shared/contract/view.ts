import { z } from 'zod';
import { errorCodes } from '#shared/error-catalogue.ts';
import { recordRefSchema } from './record.ts';
import { reconnectReasonSchema } from './settings.ts';
import { calendarDateSchema, decimalSchema, moneySchema, summarySchema } from './summary.ts';
import { linkSchema } from './text.ts';
import { unfinishedWriteSchema } from './write.ts';
import { contactRefSchema, xeroContactSchema } from './xero-contact.ts';

/** Why something could not be read from Xero. Known figures are returned beside it. */
export const viewErrorSchema = z.object({
  code: z.enum(errorCodes),
  requestId: z.string(),
  retryAfterSeconds: z.number().optional(),
  /** Xero's own message, if it is worth showing. */
  detail: z.string().optional(),
  /** With `reconnect_needed`: the reason, as shown in the settings. */
  reason: reconnectReasonSchema.optional(),
  /**
   * With `xero_invalid_answer`: how many documents could not be parsed. They are in no figure; all others are. Nothing
   * has failed then, and the figures are `stale` only while newer ones are being loaded.
   */
  unreadable: z.int().positive().optional(),
});
export type ViewError = z.infer<typeof viewErrorSchema>;

/** In the order in which suggestions are offered. */
export const suggestionReasonSchema = z.enum(['company_link', 'same_email', 'same_name', 'same_company_name']);

export const suggestionSchema = z.object({
  contact: xeroContactSchema,
  reason: suggestionReasonSchema,
  /**
   * True when a person should check the match: by e-mail alone, by a name that is equal only without legal forms (Ltd,
   * Pty Ltd …), or by a name with a different e-mail address.
   */
  check: z.boolean(),
  /** The names are equal or similar, but the two known e-mail addresses differ. */
  otherEmail: z.literal(true).optional(),
});
export type Suggestion = z.infer<typeof suggestionSchema>;

/** Saved documents of this record that may or may not be in Xero; absent when there are none. */
const unfinished = z.array(unfinishedWriteSchema).optional();

const figures = {
  /** Null when nothing is known yet. */
  summary: summarySchema.nullable(),
  /** When the oldest of these figures was read, by Xero's clock; null when nothing is known. */
  asOf: z.iso.datetime().nullable(),
  /** True when these figures are outdated: newer ones are being loaded, or loading failed. */
  stale: z.boolean(),
  error: viewErrorSchema.optional(),
  unfinished,
};

const unlinkedSchema = z.object({
  status: z.literal('unlinked'),
  suggestions: z.array(suggestionSchema),
  error: viewErrorSchema.optional(),
  /** Saved before the record was unlinked. */
  unfinished,
});
/** `isArchived`: archived in Xero after the record was linked. */
const shownContactSchema = contactRefSchema.extend({ isArchived: z.boolean().optional() });
const linkedSchema = z.object({ status: z.literal('linked'), contact: shownContactSchema, ...figures });

/** One Xero contact, the records linked to it, and its share of the figures. */
const memberSchema = z.object({
  contact: shownContactSchema,
  records: z.array(recordRefSchema),
  summary: summarySchema.nullable(),
});
export type Member = z.infer<typeof memberSchema>;

const companySchema = z.object({
  status: z.literal('company'),
  members: z.array(memberSchema),
  /** Associated records without a Xero contact. */
  unlinked: z.array(recordRefSchema),
  ...figures,
});

/** A stage of the deal's bar, net unless the CRM says otherwise. Other currencies are listed separately. */
const stageSchema = z.object({ amount: moneySchema, others: z.array(moneySchema) });
const chosenSchema = z.object({
  id: z.guid(),
  kind: z.enum(['quote', 'invoice', 'bill']),
  number: z.string().nullable(),
  status: z.string(),
  date: calendarDateSchema.nullable(),
  currency: z.string(),
  total: decimalSchema,
  amountDue: decimalSchema,
  reference: z.string().nullable().optional(),
  /** For a quote, its expiry date. */
  dueDate: calendarDateSchema.nullable().optional(),
  /** Opens the document in Xero. */
  url: linkSchema.nullable().optional(),
  /** Whole days since the due date of an overdue document; null for every other. */
  daysLate: z.int().nullable(),
  /** True for an open quote past its expiry date. */
  isExpired: z.boolean(),
  /**
   * False when it was since declined, voided or deleted in Xero. It is then shown as such and left out of every sum.
   */
  isCounted: z.boolean().optional(),
});
const barSchema = z.object({
  /** Absent when the deal has none. */
  value: moneySchema.optional(),
  /** Whether the value and all stages include tax. */
  includesTax: z.boolean(),
  quoted: stageSchema,
  invoiced: stageSchema,
  /** Payments only. */
  paid: stageSchema,
  /** Credit notes, prepayments and overpayments; absent when there are none. */
  credited: stageSchema.optional(),
  /** Absent without a value. */
  notYetInvoiced: moneySchema.optional(),
});
const dealSchema = z.object({
  status: z.literal('deal'),
  /** Null while the deal has no currency and the organisation's is unknown. */
  bar: barSchema.nullable(),
  chosen: z.array(chosenSchema),
  /** The contact for new documents of the deal; null when that is not clear. */
  contact: contactRefSchema.nullable(),
  ...figures,
});

export const viewSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('not_connected'), reason: z.enum(['never', 'disconnected']) }),
  z.object({ status: z.literal('forbidden') }),
  unlinkedSchema,
  linkedSchema,
  companySchema,
  dealSchema,
]);
export type View = z.infer<typeof viewSchema>;
export type LinkedView = z.infer<typeof linkedSchema>;
export type CompanyView = z.infer<typeof companySchema>;
export type DealView = z.infer<typeof dealSchema>;
export type UnlinkedView = z.infer<typeof unlinkedSchema>;
