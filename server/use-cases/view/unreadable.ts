import type { Person } from '#server/use-cases/acting/principal.ts';
import type { UnreadableDocument } from '#server/xero/documents/document-header.ts';
import { AppError } from '#shared/app-error.ts';

/**
 * Why figures or a list are not the whole truth: documents that Xero has and that could not be read. Null where there
 * are none. Bills are counted for who may see them; a document whose kind could not be read either may be an invoice.
 */
export function findUnreadableFailure(
  { rights }: Pick<Person, 'rights'>,
  unreadable: readonly Pick<UnreadableDocument, 'kind'>[],
): AppError | null {
  const count = unreadable.filter(({ kind }) => kind !== 'bill' || rights.includes('viewBills')).length;
  return count === 0 ? null : new AppError('xero_invalid_answer', { extension: { unreadable: count } });
}
