import { z } from 'zod';
import type { Route } from '#shared/contract/route.ts';
import { recordKindSchema } from './kinds.ts';
import { noneChosen, oneOrMoreOf } from './queries.ts';
import { recordSchema, recordStateSchema, stopCodeSchema } from './record.ts';
import { anyRecordParams } from './records.ts';
import { crmIdSchema, daySchema, heldBySchema, trimmedText } from './values.ts';

export const recordActionSchema = z.enum(['sync', 'retry', 'exclude', 'include', 'answer']);
export type RecordAction = z.infer<typeof recordActionSchema>;

const choiceSchema = trimmedText(200).min(1);

export const actOnRecordRoute = {
  method: 'POST',
  path: '/api/records/:kind/:crmId/actions',
  summary: 'Sends the record, tries it again, leaves it out, includes it, or answers its question',
  params: anyRecordParams,
  body: z
    .strictObject({
      action: recordActionSchema,
      choice: choiceSchema.optional(),
      questionId: trimmedText(200).min(1).optional(),
    })
    .refine(({ action, choice }) => action !== 'answer' || choice !== undefined, {
      path: ['choice'],
      error: 'is missing',
    })
    .refine(({ action, questionId }) => action !== 'answer' || questionId !== undefined, {
      path: ['questionId'],
      error: 'is missing',
    }),
  status: 200,
  response: z.object({ record: recordSchema }),
} as const satisfies Route;

/**
 * `from` and `to` are days of the record's `date`. A filter without members is all of the kind; a member that is empty is
 * refused.
 */
export const recordsFilterSchema = z.strictObject({
  state: oneOrMoreOf(recordStateSchema),
  code: oneOrMoreOf(stopCodeSchema),
  from: daySchema.optional(),
  to: daySchema.optional(),
  search: trimmedText(200).min(1, 'must not be empty; leave it out to leave this open').optional(),
  heldBy: heldBySchema.optional(),
});
export type RecordsFilter = z.output<typeof recordsFilterSchema>;

const chosen = {
  crmIds: z.array(crmIdSchema).min(1, noneChosen).max(500).optional(),
  filter: recordsFilterSchema.optional(),
};

function areNamedOnce({ crmIds, filter }: { crmIds?: unknown; filter?: unknown }): boolean {
  return crmIds === undefined || filter === undefined;
}
const namedTwice = { path: ['filter'], error: 'cannot be used with crmIds' };

/** `retry` and `answer` go on with what was begun. The others start or stop sending, so all records must be asked for. */
function saysWhich({ action, kind, crmIds, filter }: { action: RecordAction } & Record<string, unknown>): boolean {
  const isNamed = kind !== undefined || crmIds !== undefined || filter !== undefined;
  return isNamed || action === 'retry' || action === 'answer';
}

export const actOnRecordsRoute = {
  method: 'POST',
  path: '/api/records/actions',
  summary: 'The same action on many records; only choices with forAll',
  body: z
    .strictObject({
      action: recordActionSchema,
      choice: choiceSchema.optional(),
      kind: recordKindSchema.optional(),
      ...chosen,
    })
    .refine(areNamedOnce, namedTwice)
    .refine(saysWhich, { path: ['filter'], error: 'is missing; {} is for all records' })
    .refine(({ kind, crmIds }) => crmIds === undefined || kind !== undefined, { path: ['kind'], error: 'is missing' })
    .refine(({ action, choice }) => action !== 'answer' || choice !== undefined, {
      path: ['choice'],
      error: 'is missing',
    }),
  status: 202,
  response: z.object({ runId: z.string() }),
} as const satisfies Route;

export const syncRecordsRoute = {
  method: 'POST',
  path: '/api/records/sync',
  summary: 'Sends many records; with dryRun nothing is sent, and the rows of the run are the plan',
  body: z
    .strictObject({ kind: recordKindSchema, ...chosen, dryRun: z.boolean().optional() })
    .refine(areNamedOnce, namedTwice),
  status: 202,
  response: z.object({ runId: z.string() }),
} as const satisfies Route;
