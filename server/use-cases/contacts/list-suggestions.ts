import type { Deps } from '#server/deps.ts';
import type { Claims } from '#server/identity/claims.ts';
import { findNamed } from '#server/identity/session.ts';
import { type Actor, getLinkableRecord, requireRight } from '#server/use-cases/acting/actor.ts';
import { getConnected } from '#server/use-cases/acting/organisation.ts';
import { toViewError } from '#server/use-cases/view/figures.ts';
import type { listSuggestionsRoute } from '#shared/contract/contact.ts';
import type { KnownDetails } from '#shared/contract/open.ts';
import type { RecordKey } from '#shared/contract/record.ts';
import type { RouteAnswer } from '#shared/contract/route.ts';
import { suggestContacts } from './suggest-contacts.ts';

/** Whom a person or company that this session names may be in Xero, as on their own page. */
export async function listSuggestions(
  deps: Deps,
  actor: Actor,
  wanted: RecordKey,
): Promise<RouteAnswer<typeof listSuggestionsRoute>> {
  requireRight(actor, 'link');
  const record = getLinkableRecord(actor, wanted);
  const connection = await getConnected(deps, actor.session.workspaceId);
  const { workspaceId, organisationId } = connection;
  const caller = { workspaceId, organisationId, priority: 'person' as const };
  const viewing = { deps, actor, connection, caller, isFresh: false };
  const { suggestions, failure } = await suggestContacts(viewing, record);
  return {
    suggestions,
    known: toKnown(actor.session.claims, record),
    ...(failure && { error: toViewError(failure, actor) }),
  };
}

function toKnown(claims: Claims, wanted: RecordKey): KnownDetails {
  const { record } = claims;
  if (record.type === 'settings' || record.type !== wanted.type || record.id !== wanted.id) {
    const { name, email } = findNamed(claims, wanted);
    return { name, ...(email !== undefined && { email }) };
  }
  const { type: _, id: __, url: ___, ...known } = record;
  return known;
}
