import { z } from 'zod';
import { knownDetailsSchema } from './known-details.ts';
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
  /** Best match first. `hasMore`: a longer term finds more. */
  response: z.object({ contacts: z.array(xeroContactSchema), hasMore: z.literal(true).optional() }),
} as const satisfies Route;

/** The suggestions that the record's own page shows, for a person or company named in this session. */
export const listSuggestionsRoute = {
  method: 'GET',
  path: '/api/suggestions',
  summary: 'Suggested Xero contacts for a record named in this session; needs the right to link',
  querystring: recordKeySchema,
  status: 200,
  response: z.object({
    suggestions: z.array(suggestionSchema),
    /** Why Xero could not be searched completely. */
    error: viewErrorSchema.optional(),
    /** What the CRM knows about it, to fill in Add Contact. */
    known: knownDetailsSchema,
  }),
} as const satisfies Route;

/** The lengths are Xero's limits (source: "Contacts" in Xero's developer documentation and Xero's OpenAPI file). */
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
  summary:
    'Create a contact in Xero and link the record to it; if the name is taken, 409 contact_exists returns that contact',
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
  summary: 'Remove a record’s link; without `type` and `id`, the session’s own record',
  querystring: recordKeySchema.partial().refine((q) => (q.type === undefined) === (q.id === undefined), {
    message: 'type and id go together',
  }),
  status: 200,
  response: z.object({ view: viewSchema }),
} as const satisfies Route;
