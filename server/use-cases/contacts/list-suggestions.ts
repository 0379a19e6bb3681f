import type { Deps } from '#server/deps.ts';
import { type Claims, isOfShownRecord } from '#server/identity/claims.ts';
import { findNamed } from '#server/identity/session.ts';
import { startActing } from '#server/use-cases/acting/acting.ts';
import { getLinkableRecord, type Person, requireRight } from '#server/use-cases/acting/principal.ts';
import { toViewError } from '#server/use-cases/acting/view-error.ts';
import type { listSuggestionsRoute } from '#shared/contract/contact.ts';
import type { KnownDetails } from '#shared/contract/known-details.ts';
import type { RecordKey } from '#shared/contract/record.ts';
import type { RouteAnswer } from '#shared/contract/route.ts';
import { suggestContacts } from './suggest-contacts.ts';

/** Suggests Xero contacts for a person or company named in this session, as on its own page. */
export async function listSuggestions(
  deps: Deps,
  person: Person,
  wanted: RecordKey,
): Promise<RouteAnswer<typeof listSuggestionsRoute>> {
  requireRight(person, 'link');
  const record = getLinkableRecord(person, wanted);
  const { suggestions, failure } = await suggestContacts(await startActing(deps, person), record);
  return {
    suggestions,
    known: toKnown(person.session.claims, record),
    ...(failure && { error: toViewError(failure, person.requestId) }),
  };
}

function toKnown(claims: Claims, wanted: RecordKey): KnownDetails {
  const record = isOfShownRecord(claims) ? claims.record : undefined;
  if (record?.type !== wanted.type || record.id !== wanted.id) {
    const { name, email } = findNamed(claims, wanted);
    return { name, ...(email !== undefined && { email }) };
  }
  const { type: _, id: __, url: ___, ...known } = record;
  return known;
}
