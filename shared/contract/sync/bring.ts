import { z } from 'zod';
import type { Route } from '#shared/contract/route.ts';
import { recordKindSchema } from './kinds.ts';
import { daySchema } from './values.ts';

export const bringRoute = {
  method: 'POST',
  path: '/api/sync/bring',
  summary: 'Reads Xero now; with dryRun nothing is given to the CRM, and the rows of the run are the plan',
  body: z.strictObject({
    /** All kinds that come from Xero when absent. */
    kinds: z.array(recordKindSchema).min(1).max(50).optional(),
    /** From this day on, also what was read before. Absent: what changed since it was read last. */
    since: daySchema.optional(),
    dryRun: z.boolean().optional(),
  }),
  status: 202,
  response: z.object({ runId: z.string() }),
} as const satisfies Route;
