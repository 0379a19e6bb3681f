import { z } from 'zod';
import type { Route } from '#shared/contract/route.ts';
import { recordKindSchema } from './kinds.ts';
import { pageQuery, severalOf } from './queries.ts';
import {
  instantSchema,
  personSchema,
  recordProblemSchema,
  recordQuestionSchema,
  recordSummarySchema,
} from './record.ts';
import { trimmedText } from './values.ts';

export const runTypeSchema = z.enum(['sync', 'actions', 'bring', 'undo', 'reset', 'proof', 'automatic']);
export type RunType = z.infer<typeof runTypeSchema>;
export const runStatusSchema = z.enum(['queued', 'running', 'done', 'cancelled', 'failed']);
export type RunStatus = z.infer<typeof runStatusSchema>;
export const runOutcomeSchema = z.enum(['make', 'change', 'adopt', 'ask', 'refuse', 'same', 'remove']);
export type RunOutcome = z.infer<typeof runOutcomeSchema>;

/** `done`: rows that are finished. `left`: rows that are not. */
export const runCountsSchema = z.object({
  total: z.int(),
  make: z.int(),
  change: z.int(),
  adopt: z.int(),
  ask: z.int(),
  refuse: z.int(),
  same: z.int(),
  remove: z.int(),
  done: z.int(),
  left: z.int(),
});
export type RunCounts = z.infer<typeof runCountsSchema>;

export const runErrorSchema = z.object({ code: z.string(), message: z.string() });

export const runSchema = z.object({
  id: z.string(),
  type: runTypeSchema,
  /** Nothing was sent: the rows say what would be. */
  dryRun: z.boolean(),
  kind: recordKindSchema.nullable(),
  status: runStatusSchema,
  startedAt: instantSchema,
  endedAt: instantSchema.nullable(),
  by: personSchema,
  counts: runCountsSchema,
  /** Calls to Xero. */
  calls: z.int(),
  /** How many rows can be undone, and how many cannot. */
  undo: z.object({ possible: z.int(), impossible: z.int() }),
  error: runErrorSchema.nullable(),
});
export type Run = z.infer<typeof runSchema>;

export const runRowSchema = z.object({
  kind: recordKindSchema,
  crmId: z.string().nullable(),
  xeroId: z.string().nullable(),
  outcome: runOutcomeSchema,
  done: z.boolean(),
  problem: recordProblemSchema.nullable(),
  question: recordQuestionSchema.nullable(),
  message: z.string().nullable(),
  record: recordSummarySchema.nullable(),
});
export type RunRow = z.infer<typeof runRowSchema>;

const runParams = z.object({ id: trimmedText(100).min(1) });

export const listRunsRoute = {
  method: 'GET',
  path: '/api/runs',
  summary: 'Who sent what and when, the newest first',
  querystring: z.strictObject(pageQuery),
  status: 200,
  response: z.object({ runs: z.array(runSchema), cursor: z.string().nullable(), hasMore: z.boolean() }),
} as const satisfies Route;

export const getRunRoute = {
  method: 'GET',
  path: '/api/runs/:id',
  summary: 'A run and how far it is',
  params: runParams,
  status: 200,
  response: z.object({ run: runSchema }),
} as const satisfies Route;

export const listRunRowsRoute = {
  method: 'GET',
  path: '/api/runs/:id/rows',
  summary: 'What the run did with each record, or would do',
  params: runParams,
  querystring: z.strictObject({ ...pageQuery, outcome: severalOf(runOutcomeSchema) }),
  status: 200,
  response: z.object({ rows: z.array(runRowSchema), cursor: z.string().nullable(), hasMore: z.boolean() }),
} as const satisfies Route;

export const cancelRunRoute = {
  method: 'POST',
  path: '/api/runs/:id/cancel',
  summary: 'Stops a run; what it sent stays in Xero',
  params: runParams,
  status: 202,
  response: z.object({ run: runSchema }),
} as const satisfies Route;

export const resetRoute = {
  method: 'POST',
  path: '/api/sync/reset',
  summary: 'Forgets which record is which in the organisation that is connected',
  body: z.union([z.strictObject({ dryRun: z.literal(true) }), z.strictObject({ confirm: trimmedText(400) })]),
  status: 202,
  response: z.object({ runId: z.string() }),
} as const satisfies Route;

export const undoRunRoute = {
  method: 'POST',
  path: '/api/runs/:id/undo',
  summary: 'Undoes what the run made, where Xero allows it',
  params: runParams,
  body: z.strictObject({ dryRun: z.boolean().optional() }),
  status: 202,
  response: z.object({ runId: z.string() }),
} as const satisfies Route;
