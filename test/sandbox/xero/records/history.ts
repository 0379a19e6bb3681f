import type { Books } from './organisation.ts';
import type { HistoryEntry } from './types.ts';

/** Who stands behind everything that comes through the API. */
export const systemUser = 'System Generated';

export const tellHistory = (
  books: Pick<Books, 'history'>,
  id: string,
  entry: Pick<HistoryEntry, 'Changes' | 'Details' | 'at'>,
): HistoryEntry => {
  const told = { ...entry, User: systemUser };
  books.history.set(id, [...(books.history.get(id) ?? []), told]);
  return told;
};
