import type { UnreadableDocument } from '#server/xero/documents/document-header.ts';
import { AppError } from '#shared/app-error.ts';
import { needsViewBills } from '#shared/document-kinds.ts';
import type { Person } from './principal.ts';

/**
 * Reports documents in Xero that could not be parsed, which make figures or a list incomplete. Null when there are
 * none. Bills count for people who may view them; a document of unknown kind may be an invoice.
 */
export function findUnreadableFailure(
  { rights }: Pick<Person, 'rights'>,
  unreadable: readonly Pick<UnreadableDocument, 'kind'>[],
): AppError | null {
  const count = unreadable.filter(({ kind }) => !needsViewBills(kind) || rights.includes('viewBills')).length;
  return count === 0 ? null : new AppError('xero_invalid_answer', { extension: { unreadable: count } });
}
