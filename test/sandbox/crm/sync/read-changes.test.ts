import { expect, test } from 'vitest';
import { openBooks } from '../books/books.ts';
import type { Change, Ledgerside, ListedRecord } from './ledgerside.ts';
import { readChanges } from './read-changes.ts';

function listed(crmId: string | null, state: string, kind = 'expenses'): ListedRecord {
  const none = { message: null, xeroKind: null, xeroNumber: null, xeroUrl: null, syncedAt: null };
  return { kind, crmId, state: { ...none, state, xeroId: state === 'synced' ? `xero-of-${crmId}` : null } };
}

function stateOf(crmId: string, state: string): Change {
  return { ...ofNoBill, type: 'state', record: listed(crmId, state) };
}

const ofNoBill = { id: '1', xeroId: null, bill: null };

/** A feed of pages with one change each. The cursor is the number of changes that were read. */
function feedOf(changes: readonly Change[], more: Pick<Partial<Ledgerside>, 'listRecords' | 'listChanges'> = {}) {
  const asked: (string | undefined)[] = [];
  const unused = () => Promise.reject(new Error('not part of this test'));
  const ledgerside: Ledgerside = {
    ...{ putMany: unused, remove: unused, setWebhook: unused, listRecords: unused },
    ...{ startRun: unused, findRun: unused, listRunRows: unused, accept: unused },
    listChanges: async (cursor) => {
      asked.push(cursor);
      const from = Number(cursor ?? 0);
      const page = changes.slice(from, from + 1);
      return { changes: page, cursor: String(from + page.length), hasMore: from + 1 < changes.length };
    },
    ...more,
  };
  return { ledgerside, asked };
}

function openWithExpenses(count: number) {
  const books = openBooks({ now: () => new Date('2026-11-28T00:00:00Z') });
  for (let index = 0; index < count; index += 1) books.save('expenses', { values: { description: 'Fuel' } });
  const states = () => books.list('expenses').map(({ id, sync }) => `${id} ${sync?.state} ${sync?.xeroId}`);
  return { books, states };
}

test('all pages of the feed are read, and the next reading begins where the last one ended', async () => {
  const { books, states } = openWithExpenses(2);
  const changes = [stateOf('exp-1', 'waiting'), stateOf('exp-2', 'problem'), stateOf('exp-1', 'synced')];
  const { ledgerside, asked } = feedOf(changes);
  await readChanges(books, ledgerside);
  expect(states()).toEqual(['exp-2 problem null', 'exp-1 synced xero-of-exp-1']);
  await readChanges(books, ledgerside);
  expect(asked).toEqual([undefined, '1', '2', '3']);
});

test('when a page cannot be read, then what was read before stays, and nothing is skipped later', async () => {
  const { books, states } = openWithExpenses(2);
  const changes = [stateOf('exp-1', 'synced'), stateOf('exp-2', 'synced')];
  const { ledgerside } = feedOf(changes);
  const failing: Ledgerside = {
    ...ledgerside,
    listChanges: (cursor) => (cursor === '1' ? Promise.reject(new Error('502')) : ledgerside.listChanges(cursor)),
  };
  await expect(readChanges(books, failing)).rejects.toThrow('502');
  expect([books.findKept('cursor'), states()[1]]).toEqual(['1', 'exp-1 synced xero-of-exp-1']);
  await readChanges(books, ledgerside);
  expect(states()[0]).toBe('exp-2 synced xero-of-exp-2');
});

test('what is not about a record of this CRM is passed over', async () => {
  const { books, states } = openWithExpenses(1);
  const { ledgerside } = feedOf([
    { ...ofNoBill, type: 'new', record: listed(null, 'waiting', 'suppliers') },
    { ...ofNoBill, type: 'state', record: listed('loc-1', 'synced', 'tracking') },
    { ...ofNoBill, type: 'state', record: listed('exp-99', 'synced') },
  ]);
  await readChanges(books, ledgerside);
  expect([states(), books.findKept('cursor')]).toEqual([['exp-1 undefined undefined'], '3']);
});

/** The list of records as it is now, in pages of one. */
function recordsOf(records: readonly ListedRecord[]): Pick<Ledgerside, 'listRecords'> {
  return {
    listRecords: async ({ cursor }) => {
      const from = Number(cursor ?? 0);
      return { records: records.slice(from, from + 1), cursor: String(from + 1), hasMore: from + 1 < records.length };
    },
  };
}

test('when the feed is not kept for so long, then every state and the whole feed are read anew', async () => {
  const { books, states } = openWithExpenses(2);
  books.keep('cursor', 'too old');
  const now = recordsOf([listed('exp-1', 'synced'), listed('exp-2', 'question')]);
  const { ledgerside } = feedOf([stateOf('exp-2', 'synced')], now);
  const listChanges: Ledgerside['listChanges'] = async (cursor) =>
    cursor === 'too old' ? 'expired' : ledgerside.listChanges(cursor);
  await readChanges(books, { ...ledgerside, listChanges });
  expect(states()).toEqual(['exp-2 synced xero-of-exp-2', 'exp-1 synced xero-of-exp-1']);
  expect(books.findKept('cursor')).toBe('1');
});

test('when the organisation was reset, then every state is read anew', async () => {
  const { books, states } = openWithExpenses(1);
  const { ledgerside } = feedOf(
    [{ ...ofNoBill, type: 'reset', record: null }],
    recordsOf([listed('exp-1', 'excluded')]),
  );
  await readChanges(books, ledgerside);
  expect(states()).toEqual(['exp-1 excluded null']);
});

test('a feed whose very beginning is too old is told, not asked for ever', async () => {
  const { books } = openWithExpenses(0);
  const { ledgerside } = feedOf([], { listChanges: async () => 'expired' });
  await expect(readChanges(books, ledgerside)).rejects.toThrow('beginning of its feed');
});
