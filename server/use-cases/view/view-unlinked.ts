import { suggestContacts } from '#server/use-cases/contacts/suggest-contacts.ts';
import { listUnfinished } from '#server/use-cases/writes/list-unfinished.ts';
import type { View } from '#shared/contract/view.ts';
import { toViewError, type Viewing } from './figures.ts';

/** A contact or company nobody has linked: whom it may be in Xero, for users who may link, and what was saved before. */
export async function viewUnlinked(viewing: Viewing): Promise<View> {
  const canLink = viewing.actor.rights.includes('link');
  const [{ suggestions, failure }, unfinished] = await Promise.all([
    canLink ? suggestContacts(viewing) : { suggestions: [], failure: undefined },
    listUnfinished(viewing),
  ]);
  return {
    status: 'unlinked',
    suggestions,
    ...(failure && { error: toViewError(failure, viewing.actor) }),
    ...(unfinished.length > 0 && { unfinished }),
  };
}
