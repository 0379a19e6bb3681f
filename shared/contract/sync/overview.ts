import { z } from 'zod';
import type { Route } from '#shared/contract/route.ts';
import { connectionSchema } from '#shared/contract/settings.ts';
import { calendarDateSchema } from '#shared/contract/summary.ts';
import { recordKindSchema } from './kinds.ts';
import { fixSchema, instantSchema, recordProblemSchema, stopCodeSchema } from './record.ts';
import { kindRuleSchema } from './rules.ts';

const countsSchema = z.object({
  waiting: z.int(),
  synced: z.int(),
  changed: z.int(),
  problem: z.int(),
  question: z.int(),
  excluded: z.int(),
  unsupported: z.int(),
});

export const overviewSchema = z.object({
  enabled: z.boolean(),
  connection: connectionSchema,
  kinds: z.array(
    z.object({
      ...kindRuleSchema.shape,
      counts: countsSchema,
      lastRunAt: instantSchema.nullable(),
      /** When the next record of this kind is due. */
      nextRunAt: instantSchema.nullable(),
      /** The last 14 days in UTC, oldest first. */
      days: z.array(z.object({ day: calendarDateSchema, sent: z.int(), brought: z.int(), problems: z.int() })),
    }),
  ),
  /** One line a cause. `kind` is null for what concerns the whole organisation. */
  inbox: z.array(
    z.object({
      kind: recordKindSchema.nullable(),
      code: stopCodeSchema,
      count: z.int(),
      message: z.string(),
      fix: fixSchema,
      target: recordProblemSchema.shape.target,
    }),
  ),
  /** What reads Xero. `setAside`: rows that could not be read. */
  readers: z.array(
    z.object({
      resource: z.string(),
      at: instantSchema.nullable(),
      cursorAt: instantSchema.nullable(),
      setAside: z.int(),
    }),
  ),
});
export type SyncOverview = z.infer<typeof overviewSchema>;

export const getOverviewRoute = {
  method: 'GET',
  path: '/api/sync',
  summary: 'Counts by kind and state, what needs a person, and the last 14 days',
  status: 200,
  response: overviewSchema,
} as const satisfies Route;
