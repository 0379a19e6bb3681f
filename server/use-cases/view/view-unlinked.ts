import type { PersonActing } from '#server/use-cases/acting/acting.ts';
import { toViewError } from '#server/use-cases/acting/view-error.ts';
import { suggestContacts } from '#server/use-cases/contacts/suggest-contacts.ts';
import type { View } from '#shared/contract/view.ts';
import type { ViewFacts } from './view-facts.ts';

/** A contact or company that is not linked: suggestions for users who may link, and documents saved before. */
export async function viewUnlinked(acting: PersonActing, { unfinished }: ViewFacts): Promise<View> {
  const { rights, requestId } = acting.principal;
  const { suggestions, failure } = rights.includes('link')
    ? await suggestContacts(acting)
    : { suggestions: [], failure: null };
  return {
    status: 'unlinked',
    suggestions,
    ...(failure && { error: toViewError(failure, requestId) }),
    ...(unfinished.length > 0 && { unfinished: [...unfinished] }),
  };
}
