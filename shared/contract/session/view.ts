import { z } from 'zod';
import type { Route } from '#shared/contract/route.ts';
import { recordHistorySchema, recordSchema } from '#shared/contract/sync/record.ts';
import { viewSchema } from '#shared/contract/view.ts';

/** A synced record, and its history. `data` is without the bytes of a receipt. */
const recordViewSchema = z.object({ status: z.literal('record'), record: recordSchema, history: recordHistorySchema });
export type RecordView = z.infer<typeof recordViewSchema>;

/** What a session shows of its record. */
export const sessionViewSchema = z.discriminatedUnion('status', [...viewSchema.options, recordViewSchema]);
export type SessionView = z.infer<typeof sessionViewSchema>;

export const getViewRoute = {
  method: 'GET',
  path: '/api/view',
  summary: 'The figures of this session’s record; fresh=true asks Xero now',
  querystring: z.object({ fresh: z.enum(['true', 'false']).optional() }),
  status: 200,
  response: sessionViewSchema,
} as const satisfies Route;
