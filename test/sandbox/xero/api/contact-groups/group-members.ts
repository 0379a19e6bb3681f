import { z } from 'zod';
import { notFound } from '../../errors.ts';
import { memberProblems } from '../../records/contact-group-book.ts';
import { withoutSummary } from '../call-options.ts';
import { emptyContact } from '../documents/document-wire.ts';
import type { ApiAnswer, ApiCall, ApiRoute } from '../route.ts';
import { invalidJson, writeElements } from '../writes/write-elements.ts';
import { requireGroup } from './contact-groups.ts';

const scopes = ['accounting.contacts'];
const path = '/ContactGroups/:id/Contacts';

/** Answers without a body, so any Accept will do: xero-node sends an empty one. */
const removal = { method: 'DELETE', scopes, takes: 'anything', accepts: /^/ } as const;

export const groupMemberRoutes: ApiRoute[] = [
  { method: 'PUT', path, scopes, run: (call) => addMembers(call) },
  { ...removal, path, run: (call) => removeAll(call) },
  { ...removal, path: `${path}/:childId`, run: (call) => removeOne(call) },
];

const memberSchema = z.object({ ContactID: z.string() });

type Member = z.infer<typeof memberSchema>;

/** One contact that cannot be added refuses the whole call. */
function addMembers(call: ApiCall): ApiAnswer {
  const group = requireGroup(call);
  return writeElements<Member>(withoutSummary(call), {
    plural: 'Contacts',
    read: (element) => {
      const parsed = memberSchema.safeParse(element);
      if (!parsed.success) throw invalidJson();
      return { ContactID: parsed.data.ContactID.toLowerCase() };
    },
    problemsOf: ({ ContactID }) => ({ document: memberProblems(call.books, ContactID), contact: [], lines: [] }),
    toRefused: (member) => ({ ...member, HasValidationErrors: true }),
    save: ({ ContactID }) => {
      group.contactIds.add(ContactID);
      return { ...emptyContact(call.books, ContactID), ValidationErrors: [] };
    },
  });
}

const done: ApiAnswer = { status: 204, body: undefined };

function removeAll(call: ApiCall): ApiAnswer {
  requireGroup(call).contactIds.clear();
  return done;
}

function removeOne(call: ApiCall): ApiAnswer {
  const wasMember = requireGroup(call).contactIds.delete(call.params.childId?.toLowerCase() ?? '');
  if (!wasMember) throw notFound();
  return done;
}
