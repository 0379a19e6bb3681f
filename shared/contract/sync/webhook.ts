import { z } from 'zod';
import type { Route } from '#shared/contract/route.ts';
import { linkSchema } from '#shared/contract/text.ts';
import { instantSchema } from './record.ts';
import { pageSchema } from './values.ts';

export const syncWebhookSchema = z.object({
  url: linkSchema.nullable(),
  enabled: z.boolean(),
  /** `whsec_` and base64. Only in the answer that made it, else null. */
  secret: z.string().nullable(),
  /** `status` is null when no answer came. */
  lastDelivery: z.object({ at: instantSchema, status: z.int().nullable() }).nullable(),
  failingSince: instantSchema.nullable(),
  /** How many changes the receiver was not told of yet. */
  pending: z.int(),
});
export type SyncWebhook = z.infer<typeof syncWebhookSchema>;

export const syncWebhookChangeSchema = z.strictObject({
  /** Null removes the webhook. */
  url: pageSchema.nullable().optional(),
  enabled: z.boolean().optional(),
  /** The old secret signs too for 24 hours. */
  newSecret: z.boolean().optional(),
});
export type SyncWebhookChange = z.output<typeof syncWebhookChangeSchema>;

export const getSyncWebhookRoute = {
  method: 'GET',
  path: '/api/sync/webhook',
  summary: 'Where changes are announced, and how the last delivery went',
  status: 200,
  response: syncWebhookSchema,
} as const satisfies Route;

export const putSyncWebhookRoute = {
  method: 'PUT',
  path: '/api/sync/webhook',
  summary: 'Sets where changes are announced; setting the url makes a secret, which is shown once',
  body: syncWebhookChangeSchema,
  status: 200,
  response: syncWebhookSchema,
} as const satisfies Route;

export const pingSyncWebhookRoute = {
  method: 'POST',
  path: '/api/sync/webhook/ping',
  summary: 'Sends a message of type ping now, and says how it went',
  status: 200,
  response: syncWebhookSchema,
} as const satisfies Route;
