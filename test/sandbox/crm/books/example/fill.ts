import type { Books, Entry } from '../books.ts';
import type { KindName } from '../kinds/kind.ts';
import { contactsOfExample } from './contacts.ts';
import { documentsOfExample } from './documents.ts';
import { listPastExpenses } from './past-expenses.ts';
import { listRecentGifts } from './recent-gifts.ts';

export type Example = { kind: KindName; entry: Entry };

/** Fills new books with the example. */
export function fillBooks(books: Books): void {
  const expenses = [...listPastExpenses(), ...listRecentGifts()].map(
    (values): Example => ({ kind: 'expenses', entry: { values } }),
  );
  books.inTransaction(() => {
    for (const { kind, entry } of [...contactsOfExample, ...expenses, ...documentsOfExample]) books.save(kind, entry);
  });
}
