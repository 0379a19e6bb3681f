import type { Books } from '../books/books.ts';
import { toKindName } from '../books/kinds/kind.ts';
import { acceptBills, bookBill } from './book-bills.ts';
import type { Change, Ledgerside, ListedRecord } from './ledgerside.ts';

const place = 'cursor';

/**
 * Reads what happened at Ledgerside since the last time, and notes the states of the CRM's records. The place in the
 * feed is kept with the states, in one transaction, so that a crash repeats changes and loses none.
 */
export async function readChanges(books: Books, ledgerside: Ledgerside): Promise<void> {
  await acceptBills(books, ledgerside);
  let hasMore = true;
  while (hasMore) {
    const cursor = books.findKept(place);
    const page = await ledgerside.listChanges(cursor);
    if (page === 'expired') {
      if (cursor === undefined) throw new Error('Ledgerside calls the beginning of its feed too old');
      await startAnew(books, ledgerside);
      continue;
    }
    const isReset = page.changes.some(({ type }) => type === 'reset');
    if (isReset) await noteAllStates(books, ledgerside);
    books.inTransaction(() => {
      for (const change of page.changes) noteChange(books, change);
      books.keep(place, page.cursor);
    });
    await acceptBills(books, ledgerside);
    hasMore = page.hasMore;
  }
}

/** The CRM was away for longer than the feed is kept. */
async function startAnew(books: Books, ledgerside: Ledgerside): Promise<void> {
  await noteAllStates(books, ledgerside);
  books.keep(place, undefined);
}

async function noteAllStates(books: Books, ledgerside: Ledgerside): Promise<void> {
  let cursor: string | undefined;
  do {
    const page = await ledgerside.listRecords({ cursor });
    books.inTransaction(() => {
      for (const record of page.records) noteRecord(books, record);
    });
    cursor = page.hasMore ? (page.cursor ?? undefined) : undefined;
  } while (cursor !== undefined);
}

/** States of the CRM's own records are noted, and bills of Xero become expenses. This CRM books nothing else from Xero. */
function noteChange(books: Books, change: Change): void {
  const { type, record } = change;
  if (type === 'state' && record) noteRecord(books, record);
  bookBill(books, change);
}

function noteRecord(books: Books, { kind, crmId, state }: ListedRecord): void {
  const name = toKindName(kind);
  if (name && crmId !== null) books.noteSync(name, crmId, state);
}
