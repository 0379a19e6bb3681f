import { z } from 'zod';
import { errorCodes } from '#shared/error-catalogue.ts';
import { recordRefSchema } from './record.ts';
import type { Route } from './route.ts';
import { reconnectReasonSchema } from './settings.ts';
import { calendarDateSchema, decimalSchema, moneySchema, summarySchema } from './summary.ts';
import { linkSchema } from './text.ts';
import { unfinishedWriteSchema } from './write.ts';
import { contactRefSchema, xeroContactSchema } from './xero-contact.ts';

/** Why something could not be had from Xero; `known` figures stand beside it. */
export const viewErrorSchema = z.object({
  code: z.enum(errorCodes),
  requestId: z.string(),
  retryAfterSeconds: z.number().optional(),
  /** Xero's own words, where it gave any worth showing. */
  detail: z.string().optional(),
  /** With `reconnect_needed`: why, as the settings say it. */
  reason: reconnectReasonSchema.optional(),
  /**
   * With `xero_invalid_answer`: so many documents could not be read and are in no figure; all others are. Then nothing
   * has failed, and the figures are only `stale` where newer ones are being loaded.
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
   * A person should look twice: matched by e-mail alone, by a name that is the same only after legal forms (Ltd, Pty
   * Ltd …) are dropped, or by a name while the e-mail address is another one.
   */
  check: z.boolean(),
  /** The name is the same or nearly so, and the two e-mail addresses that are known differ. */
  otherEmail: z.literal(true).optional(),
});
export type Suggestion = z.infer<typeof suggestionSchema>;

/** Saved documents of this record of which it is not known whether they stand in Xero; absent when there are none. */
const unfinished = z.array(unfinishedWriteSchema).optional();

const figures = {
  /** null when nothing is known yet. */
  summary: summarySchema.nullable(),
  /** When the oldest of these figures left Xero, an instant; null when nothing is known. */
  asOf: z.iso.datetime().nullable(),
  /** True when these figures are older than they should be: a newer load runs or has failed. */
  stale: z.boolean(),
  error: viewErrorSchema.optional(),
  unfinished,
};

const unlinkedSchema = z.object({
  status: z.literal('unlinked'),
  suggestions: z.array(suggestionSchema),
  error: viewErrorSchema.optional(),
  /** Saved before the link was taken away. */
  unfinished,
});
/** `isArchived`: in Xero, since the record was linked to it. */
const shownContactSchema = contactRefSchema.extend({ isArchived: z.boolean().optional() });
const linkedSchema = z.object({ status: z.literal('linked'), contact: shownContactSchema, ...figures });

/** One Xero contact, the records that lead to it, and what it contributes. */
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

/** A stage of the deal's bar, net unless the CRM says otherwise; other currencies stand beside it. */
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
  /** The expiry date of a quote. */
  dueDate: calendarDateSchema.nullable().optional(),
  /** Opens it in Xero. */
  url: linkSchema.nullable().optional(),
  /** Whole days since the due date of what is overdue; null for everything else. */
  daysLate: z.int().nullable(),
  /** An open quote past its expiry date. */
  isExpired: z.boolean(),
  /** False: declined, voided or deleted in Xero since, shown so and left out of every sum. */
  isCounted: z.boolean().optional(),
});
const barSchema = z.object({
  /** Absent where the deal has none. */
  value: moneySchema.optional(),
  /** Whether the value and all stages are with tax; net otherwise. */
  includesTax: z.boolean(),
  quoted: stageSchema,
  invoiced: stageSchema,
  /** By payments alone. */
  paid: stageSchema,
  /** By credit notes, prepayments and overpayments; absent where nothing was. */
  credited: stageSchema.optional(),
  /** Absent without a value. */
  notYetInvoiced: moneySchema.optional(),
});
const dealSchema = z.object({
  status: z.literal('deal'),
  /** null while the deal names no currency and the organisation's is not known. */
  bar: barSchema.nullable(),
  chosen: z.array(chosenSchema),
  /** Whom documents of the deal are for; null where that is not clear. */
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

export const getViewRoute = {
  method: 'GET',
  path: '/api/view',
  summary: 'What this session’s record has in Xero; fresh=true asks Xero now',
  querystring: z.object({ fresh: z.enum(['true', 'false']).optional() }),
  status: 200,
  response: viewSchema,
} as const satisfies Route;
