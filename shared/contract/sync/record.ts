import { z } from 'zod';
import { calendarDateSchema, decimalSchema, moneySchema } from '#shared/contract/summary.ts';
import { linkSchema } from '#shared/contract/text.ts';
import { recordKindSchema, xeroKindSchema } from './kinds.ts';

export const recordStateSchema = z.enum([
  ...(['waiting', 'synced', 'changed', 'problem', 'question', 'excluded', 'unsupported'] as const),
]);
export type RecordState = z.infer<typeof recordStateSchema>;

export const instantSchema = z.iso.datetime({ offset: true });
export const personSchema = z.object({ id: z.string(), name: z.string() });

/** What holds a waiting record. */
export const waitReasonSchema = z.enum([
  ...(['queued', 'edited', 'needs_record', 'not_connected', 'reconnect_needed', 'xero_paused', 'day_spent'] as const),
  ...(['xero_failing', 'outcome_unknown', 'not_accepted'] as const),
]);

export const problemCodeSchema = z.enum([
  ...(['field_missing', 'field_invalid', 'total_differs', 'record_missing', 'tracking_unknown'] as const),
  ...(['receipt_unreadable', 'currency_not_subscribed', 'category_unmapped', 'account_unusable'] as const),
  ...(['tax_unmapped', 'tax_unsuitable', 'method_unmapped', 'method_unusable', 'contact_archived'] as const),
  ...(['period_locked', 'scope_missing', 'plan_limit', 'accept_missing', 'unreadable', 'is_reconciled'] as const),
  ...(['xero_rejected', 'zero_total', 'negative_total', 'credit_not_sent'] as const),
]);
export type ProblemCode = z.infer<typeof problemCodeSchema>;

export const fixSchema = z.enum([
  ...(['edit_record', 'map_account', 'map_tax', 'map_payment_method', 'restore_contact'] as const),
  ...(['unlock_period', 'reconnect', 'choose', 'wait'] as const),
]);

/** Why a record is not in Xero, and what ends it. `field` is a path into `data`, such as `lines.2.taxRate`. */
export const recordProblemSchema = z.object({
  code: problemCodeSchema,
  field: z.string().nullable(),
  message: z.string(),
  /** Xero's own words, where there are some. */
  detail: z.string().nullable(),
  fix: fixSchema,
  target: z
    .union([
      z.object({ mapping: z.string(), key: z.string() }),
      z.object({ contactId: z.guid(), url: linkSchema.nullable() }),
      z.object({ url: linkSchema }),
    ])
    .nullable(),
  waitsFor: z.enum(['user', 'admin', 'xero']),
});
export type RecordProblem = z.infer<typeof recordProblemSchema>;

const choiceSchema = z.object({
  id: z.string(),
  label: z.string(),
  effect: z.string(),
  best: z.boolean(),
  forAll: z.boolean(),
  parts: z
    .object({
      invoices: z.array(
        z.object({
          kind: recordKindSchema,
          crmId: z.string().nullable(),
          xeroId: z.guid(),
          number: z.string().nullable(),
          amount: decimalSchema,
        }),
      ),
      fee: decimalSchema,
      exchangeDifference: decimalSchema,
      rest: decimalSchema,
    })
    .nullable(),
});

export const questionCodeSchema = z.enum([
  ...(['near_name', 'number_taken', 'edited_both', 'has_payments', 'gone_in_xero', 'exceeds_due'] as const),
  ...(['several_found', 'payment_fits'] as const),
]);

/** Why a record is held up: the code of a problem, a question or a reason for waiting. */
export const stopCodeSchema = z.union([problemCodeSchema, questionCodeSchema, waitReasonSchema]);

export const recordQuestionSchema = z.object({
  id: z.string(),
  code: questionCodeSchema,
  message: z.string(),
  waitsFor: z.enum(['user', 'admin']),
  differences: z.array(z.object({ field: z.string(), crm: z.string().nullable(), xero: z.string().nullable() })),
  choices: z.array(choiceSchema),
});
export type RecordQuestion = z.infer<typeof recordQuestionSchema>;

export const exclusionRuleSchema = z.enum([
  ...(['direction_off', 'since', 'only_approved', 'only_unpaid', 'not_ours', 'reset'] as const),
]);
export const exclusionSchema = z.object({
  by: z.enum(['person', 'rule']),
  rule: exclusionRuleSchema.nullable(),
  user: personSchema.nullable(),
  at: instantSchema,
});

/** Every member is always there; null where there is nothing. Lists and results have it without `data`. */
const members = {
  kind: recordKindSchema,
  crmId: z.string().nullable(),
  origin: z.enum(['crm', 'xero']),
  organisation: z.object({ id: z.guid(), name: z.string() }).nullable(),
  title: z.string().nullable(),
  date: calendarDateSchema.nullable(),
  amount: moneySchema.nullable(),
  wanted: z.enum(['present', 'absent']),
  wantedVersion: z.int().nullable(),
  sentVersion: z.int().nullable(),
  state: recordStateSchema,
  stateSince: instantSchema,
  reason: z
    .object({
      code: waitReasonSchema,
      message: z.string(),
      record: z.object({ kind: recordKindSchema, crmId: z.string(), state: recordStateSchema.nullable() }).nullable(),
    })
    .nullable(),
  problem: recordProblemSchema.nullable(),
  question: recordQuestionSchema.nullable(),
  excluded: exclusionSchema.nullable(),
  nextTryAt: instantSchema.nullable(),
  tries: z.int(),
  xeroKind: xeroKindSchema.nullable(),
  xeroId: z.string().nullable(),
  xeroNumber: z.string().nullable(),
  xeroStatus: z.string().nullable(),
  xeroUrl: linkSchema.nullable(),
  syncedAt: instantSchema.nullable(),
  syncedBy: personSchema.nullable(),
  also: z.array(
    z.object({
      what: z.enum(['bill', 'attachment', 'allocation', 'group']),
      state: z.enum(['done', 'waiting', 'problem']),
      xeroId: z.string().nullable(),
      xeroUrl: linkSchema.nullable(),
      name: z.string().nullable(),
      problem: recordProblemSchema.nullable(),
    }),
  ),
  notes: z.array(
    z.object({
      code: z.enum([
        ...(['archived_in_xero', 'deleted_in_xero', 'renamed_in_xero', 'restored_in_xero', 'rounding_line'] as const),
        ...(['credit_not_sent', 'kept_in_xero'] as const),
      ]),
      message: z.string(),
      at: instantSchema,
    }),
  ),
};
export const recordSummarySchema = z.object(members);
export type RecordSummary = z.infer<typeof recordSummarySchema>;
export type RecordNote = RecordSummary['notes'][number];

export const recordSchema = z.object({ ...members, data: z.record(z.string(), z.unknown()).nullable() });
export type SyncRecord = z.infer<typeof recordSchema>;

/** Newest first, at most 200. */
export const recordHistorySchema = z.array(
  z.object({
    at: instantSchema,
    by: personSchema,
    action: z.string(),
    state: recordStateSchema,
    message: z.string(),
    version: z.int().nullable(),
    runId: z.string().nullable(),
  }),
);
