import { notFound } from '../../errors.ts';
import { groupProblems, type SentGroup, saveGroup, sentGroupSchema } from '../../records/contact-group-book.ts';
import type { ContactGroup } from '../../records/types.ts';
import { withoutPaging, withoutSince, withoutSummary } from '../call-options.ts';
import { answerElements, answerPage } from '../envelope.ts';
import { type Listing, listRows } from '../listing.ts';
import type { ApiAnswer, ApiCall, ApiRoute } from '../route.ts';
import { zeroId } from '../writes/refused-document.ts';
import { invalidJson, withoutNulls, writeElements } from '../writes/write-elements.ts';
import { groupToWire, wholeGroupToWire } from './group-wire.ts';

const scopes = ['accounting.contacts'];

export const contactGroupRoutes: ApiRoute[] = [
  { method: 'GET', path: '/ContactGroups', scopes, run: (call) => listGroups(call) },
  { method: 'GET', path: '/ContactGroups/:id', scopes, run: (call) => answerOne(call) },
  { method: 'PUT', path: '/ContactGroups', scopes, run: (call) => writeGroups(call, undefined) },
  { method: 'POST', path: '/ContactGroups/:id', scopes, run: (call) => writeGroups(call, requireGroup(call)) },
];

export function requireGroup({ books, params }: ApiCall): ContactGroup {
  const found = books.contactGroups.get(params.id?.toLowerCase() ?? '');
  if (!found) throw notFound();
  return found;
}

/** A group has no update time. */
const listing: Listing<ContactGroup> = {
  id: ({ ContactGroupID }) => ContactGroupID,
  updatedAt: () => 0,
  table: {
    $type: 'ContactGroup',
    ContactGroupID: { type: 'Guid', get: (group) => group.ContactGroupID },
    Name: { type: 'String', get: (group) => group.Name },
    Status: { type: 'String', get: () => 'ACTIVE' },
  },
};

/** Deleted groups are not listed. */
function listGroups(given: ApiCall): ApiAnswer {
  const call = withoutSince(withoutPaging(given));
  const page = listRows(call, [...call.books.contactGroups.values()], listing);
  return answerPage(call, 'ContactGroups', page, (group) => groupToWire(group));
}

function answerOne(call: ApiCall): ApiAnswer {
  return answerElements(call, 'ContactGroups', [wholeGroupToWire(call.books, requireGroup(call))]);
}

function writeGroups(call: ApiCall, known: ContactGroup | undefined): ApiAnswer {
  return writeElements<SentGroup>(withoutSummary(call), {
    plural: 'ContactGroups',
    read: (element) => {
      const parsed = sentGroupSchema.safeParse(withoutNulls(element));
      if (!parsed.success) throw invalidJson();
      return parsed.data;
    },
    problemsOf: (sent) => ({ document: groupProblems(call.books, sent, known), contact: [], lines: [] }),
    toRefused: (sent) => ({
      ...sent,
      ContactGroupID: known?.ContactGroupID ?? zeroId,
      Contacts: [],
      HasValidationErrors: true,
    }),
    save: (sent) => groupToWire(saveGroup(call.books, sent, known), sent.Status),
  });
}
