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
/** What the CRM knows about a person or company; fills in a new Xero contact. */
export const knownDetailsSchema = z.object({ name: z.string(), ...details });
export type KnownDetails = z.infer<typeof knownDetailsSchema>;

/** What the widget needs of the CRM's record, from the token's claims. */
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
    /** Null in settings. */
    view: viewSchema.nullable(),
  }),
} as const satisfies Route;

/**
 * The `reason` of `token_invalid`. `key`: no key of the workspace signed it. `claims`: a key signed it, but a claim
 * cannot be used; `errors` and `detail` name the claims if the token's user is an admin.
 */
export type TokenFault = 'key' | 'claims';

export type Opened = z.infer<(typeof openRoute)['response']>;
