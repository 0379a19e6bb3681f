import type { Books } from '../books/books.ts';
import type { Change, Ledgerside, XeroBill } from './ledgerside.ts';

/** Bills of Xero by their id there, and the expense that the CRM made of each. */
const billPrefix = 'bill:';
/** Changes of the feed that Ledgerside does not know the expense of yet. */
const acceptPrefix = 'accept:';

/**
 * Makes an expense of a bill that is new in Xero, once. It counts as handed over, because Ledgerside must know first which
 * bill it is: otherwise it would send the expense to Xero as another bill. Use within a transaction.
 */
export function bookBill(books: Books, { id, type, bill, xeroId }: Change): void {
  if (type !== 'new' || !bill || xeroId === null) return;
  const known = books.findKept(billPrefix + xeroId);
  const expenseId = known ?? addExpense(books, bill);
  books.keep(billPrefix + xeroId, expenseId);
  books.keep(acceptPrefix + id, expenseId);
}

/** One expense for the whole bill, by its first line. */
function addExpense(books: Books, { number, supplier, date, currency, total, lines }: XeroBill): string {
  const [first] = lines;
  const row = books.save('expenses', {
    values: {
      ...{ description: first?.description ?? `Bill ${number ?? ''}`.trim(), category: first?.category ?? '' },
      ...{ date: date ?? '', amount: total, currency, supplier: supplier.name ?? '', reference: number ?? '' },
    },
  });
  books.markHanded(row);
  return row.id;
}

/** Tells Ledgerside what became of each bill. What it does not answer is told the next time. */
export async function acceptBills(books: Books, ledgerside: Ledgerside): Promise<void> {
  for (const [name, expenseId] of books.listKept(acceptPrefix)) {
    const { record, refusal } = await ledgerside.accept(name.slice(acceptPrefix.length), expenseId);
    books.inTransaction(() => {
      if (record) books.noteSync('expenses', expenseId, record);
      if (refusal) books.noteSync('expenses', expenseId, { ...nothing, state: 'refused', message: refusal.message });
      books.keep(name, undefined);
    });
  }
}

const nothing = { xeroKind: null, xeroId: null, xeroNumber: null, xeroUrl: null, syncedAt: null };
