import { z } from 'zod';
import type { Route } from '#shared/contract/route.ts';
import { calendarDateSchema } from '#shared/contract/summary.ts';
import { recordKindSchema } from './kinds.ts';
import { daySchema } from './values.ts';

/** `scheduled`: with the round every 30 minutes. */
export const modeSchema = z.enum(['automatic', 'scheduled', 'by_hand']);
export type Mode = z.infer<typeof modeSchema>;

/** `draft` and `submitted` bills take no payments. */
export const billStatusSchema = z.enum(['draft', 'submitted', 'approved']);
export type BillStatus = z.infer<typeof billStatusSchema>;

/** From the CRM to Xero: `new` records, and `changes` of those that were sent. */
export const outRuleSchema = z.object({ on: z.boolean(), new: modeSchema, changes: modeSchema });
export type OutRule = z.infer<typeof outRuleSchema>;

/** From Xero to the CRM. Only bills have `onlyApproved` and `onlyUnpaid`. */
export const backRuleSchema = z.object({
  on: z.boolean(),
  when: modeSchema,
  onlyApproved: z.boolean().optional(),
  onlyUnpaid: z.boolean().optional(),
});
export type BackRule = z.infer<typeof backRuleSchema>;

/** `out` or `back` is null where records of the kind are not synced in that direction. */
export const kindRuleSchema = z.object({
  kind: recordKindSchema,
  out: outRuleSchema.nullable(),
  back: backRuleSchema.nullable(),
});
export type KindRule = z.infer<typeof kindRuleSchema>;

export const rulesSchema = z.object({
  enabled: z.boolean(),
  /** Older records wait until a person sends them. Null until sync is enabled for the first time. */
  since: calendarDateSchema.nullable(),
  /** Whether a difference of up to 0.05 becomes a line of its own. */
  roundingLine: z.boolean(),
  /** Whether all contacts come from Xero, not only those with a document. */
  importAllContacts: z.boolean(),
  billStatus: billStatusSchema,
  kinds: z.array(kindRuleSchema),
});
export type Rules = z.infer<typeof rulesSchema>;

/** Null for a direction that the kind does not have, so that an answer can be sent back. */
const kindRuleChangeSchema = z.strictObject({
  kind: recordKindSchema,
  out: z
    .strictObject({ on: z.boolean().optional(), new: modeSchema.optional(), changes: modeSchema.optional() })
    .nullable()
    .optional(),
  back: z
    .strictObject({
      on: z.boolean().optional(),
      when: modeSchema.optional(),
      onlyApproved: z.boolean().optional(),
      onlyUnpaid: z.boolean().optional(),
    })
    .nullable()
    .optional(),
});

export const rulesChangeSchema = z.strictObject({
  enabled: z.boolean().optional(),
  /** Null keeps the day. */
  since: daySchema.nullable().optional(),
  roundingLine: z.boolean().optional(),
  importAllContacts: z.boolean().optional(),
  billStatus: billStatusSchema.optional(),
  kinds: z.array(kindRuleChangeSchema).max(50).optional(),
});
export type RulesChange = z.output<typeof rulesChangeSchema>;

export const getRulesRoute = {
  method: 'GET',
  path: '/api/sync/rules',
  summary: 'What is synced with the connected organisation, and when',
  status: 200,
  response: rulesSchema,
} as const satisfies Route;

export const putRulesRoute = {
  method: 'PUT',
  path: '/api/sync/rules',
  summary: 'Changes the members and kinds that are named; enabling sync turns every direction on',
  body: rulesChangeSchema,
  status: 200,
  response: rulesSchema,
} as const satisfies Route;
