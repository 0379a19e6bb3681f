import { z } from 'zod';
import { addressSchema, recordRefSchema, rightSchema } from './record.ts';
import type { Route } from './route.ts';
import { connectionSchema, organisationSchema } from './settings.ts';
import { viewSchema } from './view.ts';

const details = {
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  address: addressSchema.optional(),
};
/** What the CRM says of a person or company: what a new Xero contact begins with. */
export const knownDetailsSchema = z.object({ name: z.string(), ...details });
export type KnownDetails = z.infer<typeof knownDetailsSchema>;

/** What the widget needs to know of the CRM's record, from the token's claims. */
export const openedRecordSchema = z.object({
  type: z.enum(['contact', 'company', 'deal', 'settings']),
  id: z.string().nullable(),
  name: z.string().nullable(),
  ...details,
  company: recordRefSchema.optional(),
  contacts: z.array(recordRefSchema).optional(),
});
export type OpenedRecord = z.infer<typeof openedRecordSchema>;

export const openRoute = {
  method: 'POST',
  path: '/api/open',
  summary: 'The one request of a first paint: verify the record token, start a session, answer the view',
  body: z.object({ token: z.string().min(1).max(262_144), workspace: z.string().min(1).max(200) }),
  status: 200,
  response: z.object({
    session: z.object({ token: z.string(), expiresAt: z.iso.datetime() }),
    user: z.object({ id: z.string(), name: z.string(), email: z.string(), admin: z.boolean() }),
    /** What this user may do; an admin may do everything. */
    permissions: z.array(rightSchema),
    organisation: organisationSchema.nullable(),
    connection: connectionSchema,
    record: openedRecordSchema,
    /** null in settings. */
    view: viewSchema.nullable(),
  }),
} as const satisfies Route;

/**
 * The `reason` of `token_invalid`. `key`: no key of the workspace signed it. `claims`: one did, and something that the
 * token says cannot be used; `errors` and `detail` name the claims where the token's user is an admin.
 */
export type TokenFault = 'key' | 'claims';

export type Opened = z.infer<(typeof openRoute)['response']>;
