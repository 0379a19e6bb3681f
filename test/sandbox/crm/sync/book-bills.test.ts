import { expect, test } from 'vitest';
import { openBooks } from '../books/books.ts';
import { acceptBills, bookBill } from './book-bills.ts';
import type { Change, Ledgerside } from './ledgerside.ts';

const bill = {
  ...{ number: 'S-77', supplier: { name: 'BP' }, date: '2026-11-20', currency: 'AUD', total: '110.00' },
  lines: [{ description: 'Fuel', category: 'Fuel' }],
};

function newBill(id: string, xeroId: string): Change {
  return { id, xeroId, type: 'new', record: null, bill };
}

function openEmpty() {
  return openBooks({ now: () => new Date('2026-11-28T00:00:00Z') });
}

/** Answers each acceptance, or fails. */
function answering(accept: Ledgerside['accept']): Ledgerside {
  return { accept } as unknown as Ledgerside;
}

const record = {
  ...{ state: 'synced', message: null, xeroKind: 'bill', xeroId: 'x-1', xeroNumber: 'S-77', xeroUrl: null },
  syncedAt: null,
};

test('a bill becomes one expense, however often the feed says it, and is not handed over', () => {
  const books = openEmpty();
  for (const id of ['7', '8']) bookBill(books, newBill(id, 'x-1'));
  const [expense, ...others] = books.list('expenses');
  expect(others).toEqual([]);
  expect(expense?.values).toMatchObject({ description: 'Fuel', amount: '110.00', supplier: 'BP', reference: 'S-77' });
  expect(books.listToHand('expenses')).toEqual([]);
});

test('an acceptance that is not answered is repeated until it is', async () => {
  const books = openEmpty();
  bookBill(books, newBill('7', 'x-1'));
  const failing = answering(() => Promise.reject(new Error('502')));
  await expect(acceptBills(books, failing)).rejects.toThrow('502');
  const asked: string[][] = [];
  const ledgerside = answering(async (...names) => {
    asked.push(names);
    return { record, refusal: null };
  });
  for (const _twice of [1, 2]) await acceptBills(books, ledgerside);
  expect(asked).toEqual([['7', 'exp-1']]);
  expect(books.find('expenses', 'exp-1')?.sync).toMatchObject({ state: 'synced', xeroId: 'x-1' });
});

test('a refused acceptance is noted and not repeated', async () => {
  const books = openEmpty();
  bookBill(books, newBill('7', 'x-1'));
  await acceptBills(
    books,
    answering(async () => ({ record: null, refusal: { message: 'Already accepted' } })),
  );
  expect(books.find('expenses', 'exp-1')?.sync).toMatchObject({ state: 'refused', message: 'Already accepted' });
  expect(books.listKept('accept:')).toEqual([]);
});
