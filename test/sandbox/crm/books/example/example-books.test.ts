import { expect, test } from 'vitest';
import { openBooks } from '../books.ts';
import { kindNames } from '../kinds/kind.ts';
import { kinds } from '../kinds/kinds.ts';
import { parseEntry } from '../parse-entry.ts';
import { fillBooks } from './fill.ts';
import { listPastExpenses } from './past-expenses.ts';
import { firstRecentDay } from './recent-gifts.ts';

const books = openBooks({ now: () => new Date('2026-11-27T04:00:00Z') });
fillBooks(books);
const past = listPastExpenses();
const nearNames = ['Harbour Lights', 'Nordlys Trading', 'Harbour-Lights Pty. Ltd.'];

test('the past year has 325 expenses: 312 fine, 9 of a nearly known name, 4 impossible', () => {
  const asked = past.filter(({ supplier = '' }) => nearNames.includes(supplier));
  const impossible = past.filter(
    ({ amount, currency, category }) => Number(amount) <= 0 || currency !== 'AUD' || category === '',
  );
  expect([past.length, asked.length, impossible.length]).toEqual([325, 9, 4]);
});

test('twelve of the expenses that are fine are gifts for clients', () => {
  const gifts = past.filter(({ category }) => category === 'Client gifts');
  expect(gifts).toHaveLength(12);
  expect(gifts.filter(({ supplier }) => supplier !== 'Regal Hampers')).toEqual([]);
});

test('the past year is the same on every run, and lies within a year', () => {
  expect(listPastExpenses()).toEqual(past);
  expect([past[0]?.date, past.at(-1)?.date]).toEqual(['2025-12-01', '2026-11-24']);
});

test('references are used once', () => {
  expect(new Set(past.map(({ reference }) => reference)).size).toBe(past.length);
});

test.each(kindNames)('each of the %s of the example could have been typed, but for the impossible ones', (name) => {
  const faults = books.list(name).flatMap(({ id, values, lines }) => {
    const typed = lines.flatMap((line, index) =>
      Object.entries(line).map(([member, value]) => [`lines.${index}.${member}`, value]),
    );
    const { errors } = parseEntry(kinds[name], books, { ...values, ...Object.fromEntries(typed) });
    return Object.keys(errors).length > 0 ? [{ id, errors }] : [];
  });
  expect(faults).toMatchObject(name === 'expenses' ? [{ errors: { category: 'Category is missing.' } }] : []);
});

test('every record that another one names exists', () => {
  const paid = books.list('payments').map(({ values }) => values.pays?.split('/')[1] ?? '');
  const items = books.list('invoices').flatMap(({ lines }) => lines.map(({ itemId }) => itemId));
  expect(paid.map((id) => books.find('invoices', id)?.id)).toEqual(paid);
  expect(items.filter((id) => id !== '' && !books.find('items', id))).toEqual([]);
});

test('after the past year, eleven gifts for clients are the newest expenses', () => {
  const recent = books.list('expenses').filter(({ values: { date = '' } }) => date >= firstRecentDay);
  expect(recent.map(({ values }) => values.category)).toEqual(Array(11).fill('Client gifts'));
  expect(books.list('expenses').slice(0, 11)).toEqual(recent);
});
