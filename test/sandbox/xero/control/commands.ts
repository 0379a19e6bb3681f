import { z } from 'zod';
import { alterationSchema } from '../api/altered-answer.ts';
import { refusalSigns } from '../api/writes/errors-inside.ts';
import { seedNames } from '../seeds/seed.ts';
import { webhookCategories } from '../webhooks/events.ts';

const faultSchema = z.object({
  kind: z.enum([
    'status',
    'slow',
    'hang',
    'hold',
    'drop',
    'html',
    'truncate',
    'lose-answer',
    'late-status',
    'errors-inside',
    'alter',
    'flood',
  ]),
  status: z.number().optional(),
  body: z.unknown().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  retryAfterSeconds: z.number().optional(),
  problem: z.enum(['minute', 'day', 'concurrent', 'appminute']).optional(),
  delayMs: z.number().optional(),
  sign: z.enum(refusalSigns).optional(),
  message: z.string().optional(),
  alteration: alterationSchema.optional(),
  bytes: z.number().optional(),
  times: z.number().nullable().optional(),
  method: z.string().optional(),
  path: z.string().optional(),
});

/** The commands of the control plane and their bodies: `POST /sandbox/<command>`. */
export const commandSchemas = {
  reset: z.object({
    seed: z.enum(seedNames).optional(),
    /** The ISO instant that the clock starts from. The seed counts its days from it. */
    now: z.iso.datetime({ offset: true }).optional(),
    /** Keeps tokens and connections. */
    keepConnections: z.boolean().optional(),
  }),
  fault: faultSchema,
  clock: z.object({ now: z.iso.datetime({ offset: true }).optional(), advanceSeconds: z.number().optional() }),
  tokens: z.object({
    /** Expires every access token. */
    expireAccess: z.boolean().optional(),
    /** Revokes every refresh token: invalid_grant. */
    revokeRefresh: z.boolean().optional(),
    /** Every refresh token was just used elsewhere, so it works for 30 more minutes. */
    rotate: z.boolean().optional(),
    /** Used refresh tokens stop working now. */
    endGrace: z.boolean().optional(),
  }),
  /** Like a bulk edit in Xero: marks these documents as changed now. */
  touch: z.object({
    tenantId: z.string(),
    contactId: z.string().optional(),
    /** Only documents that no app created. */
    isByPeople: z.boolean().optional(),
  }),
  disconnect: z.object({ organisation: z.string().optional() }),
  limits: z.object({
    minute: z.number().optional(),
    day: z.number().optional(),
    appMinute: z.number().optional(),
    inFlight: z.number().optional(),
    dayRemaining: z.number().optional(),
  }),
  consent: z.object({ bulk: z.boolean() }),
  attachments: z.object({ documentId: z.string() }),
  history: z.object({ documentId: z.string() }),
  webhooks: z.object({
    /** The address for events; null ends the subscription. */
    url: z.url().nullable(),
    key: z.string().optional(),
    categories: z.array(z.enum(webhookCategories)).optional(),
  }),
  webhookFault: z.object({
    kind: z.enum(['duplicate', 'delay', 'wrong-signature', 'unknown-category']),
    times: z.number().optional(),
    delayMs: z.number().optional(),
  }),
  releaseWebhooks: z.object({ order: z.enum(['together', 'newest first']).optional() }),
  sendWebhook: z.object({ body: z.string(), signedAs: z.enum(['right', 'wrong', 'missing']).optional() }),
  documents: z.object({ tenantId: z.string(), contactId: z.string().optional() }),
  directory: z.object({ tenantId: z.string() }),
};
