import { describe, expect, test } from 'vitest';
import type { DocumentHeader, UnreadableDocument } from '#server/xero/documents/document-header.ts';
import { buildApplyRows } from './apply-rows.ts';
import { buildChosenDocumentsCache } from './chosen-documents-cache.ts';
import { buildEntries } from './entries.ts';
import { toFiguresNews } from './figures-news.ts';

function at(seconds: number) {
  return new Date(Date.UTC(2026, 10, 1) + seconds * 1000).toISOString();
}
const clock = { now: () => new Date(at(100)) };

function row(kind: DocumentHeader['kind'], id: string, change: Partial<DocumentHeader> = {}): DocumentHeader {
  return {
    ...{ id, kind, contactId: 'a', number: id, reference: null, status: 'AUTHORISED' },
    ...{ date: '2026-11-01', dueDate: '2026-12-01', currency: 'AUD', rate: null },
    ...{ subTotal: '10', total: '10', amountDue: '10', amountPaid: '0', amountCredited: '0', updatedAt: at(10) },
    ...change,
  };
}
const newer = { amountDue: '5', updatedAt: at(20) };
function aside(change: Partial<UnreadableDocument>): UnreadableDocument {
  return {
    ...{ id: 'x', kind: 'bill', contactId: 'a', status: 'AUTHORISED', updatedAt: at(20) },
    ...change,
  };
}

/** Loads contacts with these documents, applies rows and returns what was announced. */
async function tell(
  loaded: Record<string, DocumentHeader[]>,
  rows: { rows?: DocumentHeader[]; unreadable?: UnreadableDocument[] },
  chosen: DocumentHeader[] = [],
) {
  const values = new Map<string, string>();
  const cache = {
    get: async (key: string) => values.get(key),
    getMany: async (keys: readonly string[]) => keys.map((key) => values.get(key)),
    delete: async (key: string) => void values.delete(key),
    setIf: async (_guard: unknown, all: readonly (readonly [string, string])[]) => {
      for (const [key, value] of all) values.set(key, value);
      return true;
    },
  };
  const [entries, kept] = [buildEntries(cache), buildChosenDocumentsCache(cache)];
  const load = { loadedAt: at(5), asOf: at(5), epoch: null };
  for (const [id, documents] of Object.entries(loaded)) {
    const stamp = { version: id, ...load };
    await entries.change('o', id, () => ({ stamp, documents, tombstones: [], unreadable: [] }));
  }
  for (const document of chosen) await kept.put('o', document, load);
  const applyRows = buildApplyRows({ entries, kept, clock });
  const all = { rows: [], unreadable: [], ...rows };
  return toFiguresNews(await applyRows('o', all, Object.keys(loaded)));
}

describe('whom a change is news for', () => {
  test('a contact with a change beyond bills is news for everybody', () => {
    const changes = [
      { contactId: 'a', isOfBills: true },
      { contactId: 'b', isOfBills: true },
      { contactId: 'a', isOfBills: false },
      { contactId: 'b', isOfBills: true },
    ];
    expect(toFiguresNews(changes)).toEqual({ kind: 'figures', contactIds: ['a', 'b'], onlyBills: ['b'] });
    expect(toFiguresNews([])).toEqual({ kind: 'figures', contactIds: [], onlyBills: [] });
  });

  test('only bill changes are limited to people who may view bills', async () => {
    const loaded = { a: [row('bill', 'x'), row('invoice', 'y')], b: [row('bill', 'z', { contactId: 'b' })] };
    const bill = row('bill', 'x', newer);
    expect(await tell(loaded, { rows: [bill] })).toEqual({ kind: 'figures', contactIds: ['a'], onlyBills: ['a'] });
    expect(await tell(loaded, { rows: [bill, row('invoice', 'y', newer)] })).toEqual({
      kind: 'figures',
      contactIds: ['a'],
      onlyBills: [],
    });
    const rows = [row('invoice', 'y', newer), row('bill', 'z', { ...newer, contactId: 'b' })];
    expect(await tell(loaded, { rows })).toEqual({ kind: 'figures', contactIds: ['a', 'b'], onlyBills: ['b'] });
  });

  test('an unchanged invoice beside a new bill counts as bills only', async () => {
    const rows = [row('invoice', 'y'), row('bill', 'x', newer)];
    expect(await tell({ a: [row('invoice', 'y')] }, { rows })).toEqual({
      kind: 'figures',
      contactIds: ['a'],
      onlyBills: ['a'],
    });
  });

  test('a moved bill is news of bills for both contacts; an invoice for all', async () => {
    for (const kind of ['bill', 'invoice'] as const) {
      const rows = [row(kind, 'x', { ...newer, contactId: 'b' })];
      const change = await tell({ a: [row(kind, 'x')], b: [] }, { rows });
      expect(change).toEqual({ kind: 'figures', contactIds: ['a', 'b'], onlyBills: kind === 'bill' ? ['a', 'b'] : [] });
    }
  });

  test('an unreadable bill is news of bills; one of unknown kind is for all', async () => {
    const loaded = { a: [row('bill', 'x'), row('invoice', 'y')] };
    expect((await tell(loaded, { unreadable: [aside({})] })).onlyBills).toEqual(['a']);
    expect((await tell(loaded, { unreadable: [aside({ kind: null, id: 'new' })] })).onlyBills).toEqual([]);
    expect((await tell(loaded, { unreadable: [aside({ kind: 'invoice', id: 'y' })] })).onlyBills).toEqual([]);
  });

  test('the same holds for a document chosen for a deal', async () => {
    for (const kind of ['bill', 'invoice'] as const) {
      const expected = { kind: 'figures', contactIds: ['a'], onlyBills: kind === 'bill' ? ['a'] : [] };
      const chosen = [row(kind, 'x')];
      expect(await tell({}, { rows: [row(kind, 'x', newer)] }, chosen)).toEqual(expected);
      expect(await tell({}, { unreadable: [aside({ kind })] }, chosen)).toEqual(expected);
    }
  });
});
