import { z } from 'zod';
import { knownDetailsSchema } from '#shared/contract/known-details.ts';
import { recordRefSchema, recordTypeSchema, rightSchema } from '#shared/contract/record.ts';
import type { Route } from '#shared/contract/route.ts';
import { connectionSchema, organisationSchema } from '#shared/contract/settings.ts';
import { shownTypeSchema } from '#shared/contract/sync/kinds.ts';
import { sessionViewSchema } from './view.ts';

/** What the widget needs of the CRM's record, from the token's claims. */
export const openedRecordSchema = z.object({
  type: z.enum([...recordTypeSchema.options, 'settings', ...shownTypeSchema.options, 'sync']),
  id: z.string().nullable(),
  name: z.string().nullable(),
  ...knownDetailsSchema.omit({ name: true }).shape,
  company: recordRefSchema.optional(),
  contacts: z.array(recordRefSchema).optional(),
});
export type OpenedRecord = z.infer<typeof openedRecordSchema>;

export const openRoute = {
  method: 'POST',
  path: '/api/open',
  summary: 'The widget’s first request: verify the record token, start a session, return the view',
  body: z.object({ token: z.string().min(1).max(262_144), workspace: z.string().min(1).max(200) }),
  status: 200,
  response: z.object({
    session: z.object({ token: z.string(), expiresAt: z.iso.datetime() }),
    user: z.object({ id: z.string(), name: z.string(), email: z.string(), admin: z.boolean() }),
    /** The rights of this user. An admin has all of them. */
    permissions: z.array(rightSchema),
    organisation: organisationSchema.nullable(),
    connection: connectionSchema,
    record: openedRecordSchema,
    /** Null in settings and in the overview of sync. */
    view: sessionViewSchema.nullable(),
  }),
} as const satisfies Route;

/**
 * The `reason` of `token_invalid`. `key`: no key of the workspace signed it. `claims`: a key signed it, but a claim
 * cannot be used; `errors` and `detail` name the claims if the token's user is an admin.
 */
export type TokenFault = 'key' | 'claims';

export type Opened = z.infer<(typeof openRoute)['response']>;
