import type { View } from '#shared/contract/view.ts';
import { toViewError, type Viewing } from './figures.ts';
import { suggestContacts } from './suggest-contacts.ts';

/** A contact or company nobody has linked yet: whom it may be in Xero, for users who may link. */
export async function viewUnlinked(viewing: Viewing): Promise<View> {
  if (!viewing.actor.rights.includes('link')) return { status: 'unlinked', suggestions: [] };
  const { suggestions, failure } = await suggestContacts(viewing);
  return { status: 'unlinked', suggestions, ...(failure && { error: toViewError(failure, viewing.actor) }) };
}
