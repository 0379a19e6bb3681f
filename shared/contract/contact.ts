import { z } from 'zod';
import { knownDetailsSchema } from './open.ts';
import { addressSchema, recordKeySchema } from './record.ts';
import type { Route } from './route.ts';
import { suggestionSchema, viewErrorSchema, viewSchema } from './view.ts';
import { xeroContactSchema } from './xero-contact.ts';

export const searchContactsRoute = {
  method: 'GET',
  path: '/api/contacts',
  summary: 'Search the active contacts of the organisation; needs the right to link',
  querystring: z.object({ search: z.string().trim().min(1).max(255) }),
  status: 200,
  /** Best first. `hasMore`: there are others, which a longer term finds. */
  response: z.object({ contacts: z.array(xeroContactSchema), hasMore: z.literal(true).optional() }),
} as const satisfies Route;

/** The same as the record's own page offers, for a person or company that this session names. */
export const listSuggestionsRoute = {
  method: 'GET',
  path: '/api/suggestions',
  summary: 'Whom a record named in this session may be in Xero; needs the right to link',
  querystring: recordKeySchema,
  status: 200,
  response: z.object({
    suggestions: z.array(suggestionSchema),
    /** Why not all of Xero could be asked. */
    error: viewErrorSchema.optional(),
    /** What the CRM says of it, for Add Contact. */
    known: knownDetailsSchema,
  }),
} as const satisfies Route;

/** The lengths are Xero's (source: "Contacts" in Xero's developer documentation and Xero's OpenAPI file). */
export const newContactSchema = z.object({
  name: z.string().trim().min(1).max(255),
  firstName: z.string().trim().max(255).optional(),
  lastName: z.string().trim().max(255).optional(),
  email: z.string().trim().max(255).optional(),
  phone: z.string().trim().max(50).optional(),
  address: addressSchema.optional(),
  record: recordKeySchema.optional(),
});
export type NewContact = z.infer<typeof newContactSchema>;

export const createContactRoute = {
  method: 'POST',
  path: '/api/contacts',
  summary: 'Create a contact in Xero and link the record to it; a taken name answers contact_exists with the contact',
  body: newContactSchema,
  status: 201,
  response: z.object({ contact: xeroContactSchema, view: viewSchema }),
} as const satisfies Route;

export const linkRoute = {
  method: 'PUT',
  path: '/api/link',
  summary: 'Link a record named in this session to a Xero contact; without `record`, the session’s own record',
  body: z.object({ contactId: z.guid(), record: recordKeySchema.optional() }),
  status: 200,
  response: z.object({ view: viewSchema }),
} as const satisfies Route;

export const unlinkRoute = {
  method: 'DELETE',
  path: '/api/link',
  summary: 'Take a record’s link away; without `type` and `id`, the session’s own record',
  querystring: recordKeySchema.partial().refine((q) => (q.type === undefined) === (q.id === undefined), {
    message: 'type and id go together',
  }),
  status: 200,
  response: z.object({ view: viewSchema }),
} as const satisfies Route;
