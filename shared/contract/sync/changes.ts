import { z } from 'zod';
import type { Route } from '#shared/contract/route.ts';
import { billSchema } from './bills.ts';
import { recordKindSchema } from './kinds.ts';
import { pageQuery } from './queries.ts';
import { instantSchema, recordSchema, recordSummarySchema } from './record.ts';
import { crmIdSchema } from './values.ts';

/** Grows with every change of a workspace. */
const changeIdSchema = z.string().regex(/^\d{1,15}$/);

const named = {
  id: changeIdSchema,
  kind: recordKindSchema,
  crmId: z.string().nullable(),
  xeroId: z.string().nullable(),
  at: instantSchema,
};

/**
 * `new`, `changed` and `removed`: of what came from Xero; `data` also has what Xero says, under the kind's singular.
 * `state`: of a record that the CRM sent. `reset`: an organisation was reset, parked or came back.
 */
export const changeSchema = z.discriminatedUnion('type', [
  z.object({ ...named, type: z.literal('state'), data: z.object({ record: recordSummarySchema }) }),
  z.object({
    ...named,
    type: z.enum(['new', 'changed', 'removed']),
    data: z.looseObject({
      record: recordSummarySchema,
      /** Of a bill; null where it is gone in Xero. */
      bill: billSchema.nullable().optional(),
    }),
  }),
  z.object({
    ...named,
    type: z.literal('reset'),
    kind: z.null(),
    data: z.object({
      organisation: z.object({ id: z.guid(), name: z.string() }),
      what: z.enum(['reset', 'parked', 'back']),
    }),
  }),
]);
export type Change = z.infer<typeof changeSchema>;

export const listChangesRoute = {
  method: 'GET',
  path: '/api/changes',
  summary: 'What happened since the cursor, the oldest first; kept for 90 days',
  querystring: z.strictObject(pageQuery),
  status: 200,
  response: z.object({ changes: z.array(changeSchema), cursor: z.string(), hasMore: z.boolean() }),
} as const satisfies Route;
export type ChangeList = z.output<typeof listChangesRoute.response>;

export const acceptChangeRoute = {
  method: 'POST',
  path: '/api/changes/:id/accepted',
  summary: 'Ties what came from Xero to the record that the CRM made of it',
  params: z.object({ id: changeIdSchema }),
  body: z.strictObject({ crmId: crmIdSchema, kind: recordKindSchema.optional() }),
  status: 200,
  response: z.object({ record: recordSchema }),
} as const satisfies Route;
