import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openBooks } from './books.ts';

const noon = new Date('2026-11-28T12:00:00Z');

function openAt(times: { now: Date }, file?: string) {
  return openBooks({ file, now: () => times.now });
}

const fuel = { values: { description: 'Fuel', date: '2026-11-28', amount: '86.40', currency: 'AUD' } };

test('a version is the time of the change, and rises even when the clock stands still or goes back', () => {
  const clock = { now: noon };
  const books = openAt(clock);
  const first = books.save('expenses', fuel);
  const second = books.save('expenses', { ...fuel, id: first.id });
  clock.now = new Date(noon.getTime() - 60_000);
  const third = books.save('expenses', { ...fuel, id: first.id });
  expect([first, second, third].map(({ version }) => version - noon.getTime())).toEqual([0, 1, 2]);
});

test('a deleted record is nowhere shown, is handed over once more, and its id is not given again', () => {
  const books = openAt({ now: noon });
  const { id, version } = books.save('expenses', fuel);
  books.remove('expenses', id);
  expect([books.find('expenses', id), books.list('expenses')]).toEqual([undefined, []]);
  expect(books.listToHand('expenses')).toMatchObject([{ id, version: version + 1, isDeleted: true }]);
  expect(books.save('expenses', fuel).id).toBe('exp-2');
});

test('a record is handed over until Ledgerside has its newest version', () => {
  const books = openAt({ now: noon });
  const old = books.save('expenses', fuel);
  const changed = books.save('expenses', { ...fuel, id: old.id });
  books.markHanded(old);
  expect(books.listToHand('expenses')).toHaveLength(1);
  books.markHanded(changed);
  expect(books.listToHand('expenses')).toEqual([]);
});

test('a version that is older than the one of Ledgerside is raised above it, and no other is', () => {
  const books = openAt({ now: noon });
  const row = books.save('expenses', fuel);
  books.raiseVersion(row, row.version + 5);
  expect(books.find('expenses', row.id)?.version).toBe(row.version + 6);
  books.raiseVersion(row, row.version);
  expect(books.find('expenses', row.id)?.version).toBe(row.version + 6);
});

test('what Ledgerside says of a record changes neither its values nor its version', () => {
  const books = openAt({ now: noon });
  const row = books.save('invoices', { values: { number: 'FN-1' }, lines: [] });
  const sync = {
    ...{ state: 'synced', message: null, xeroKind: 'bill', xeroId: 'abc', xeroNumber: 'FN-1' },
    ...{ xeroUrl: 'https://go.xero.example/1', syncedAt: '2026-11-28T12:01:00Z' },
  };
  books.noteSync('invoices', row.id, sync);
  expect(books.find('invoices', row.id)).toEqual({ ...row, sync });
});

test('a database in a file keeps records, lines and places when it is opened again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fieldnote-'));
  const file = join(folder, 'books.db');
  const line = { description: 'Lamp', quantity: '2', unitAmount: '5.00', itemId: '', category: 'Sales', tax: 'GST' };
  const first = openAt({ now: noon }, file);
  const saved = first.save('invoices', { values: { number: 'FN-1' }, lines: [line] });
  first.keep('cursor', '42');
  first.close();
  const again = openAt({ now: noon }, file);
  expect([again.find('invoices', saved.id), again.findKept('cursor')]).toEqual([saved, '42']);
  again.close();
  await rm(folder, { recursive: true });
});

test('when a transaction fails, then nothing of it stays', () => {
  const books = openAt({ now: noon });
  const fail = () =>
    books.inTransaction(() => {
      books.save('expenses', fuel);
      throw new Error('stop');
    });
  expect(fail).toThrow('stop');
  expect(books.list('expenses')).toEqual([]);
});
