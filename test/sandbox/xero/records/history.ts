import type { Books } from './organisation.ts';
import type { HistoryEntry } from './types.ts';

/** The user name of everything that comes through the API. */
const systemUser = 'System Generated';

export function tellHistory(
  books: Pick<Books, 'history'>,
  id: string,
  entry: Omit<HistoryEntry, 'User'> & { User?: string },
): void {
  books.history.set(id, [...(books.history.get(id) ?? []), { User: systemUser, ...entry }]);
}
