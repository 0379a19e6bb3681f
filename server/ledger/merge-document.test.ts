import { describe, expect, test } from 'vitest';
import type { LedgerDocument } from './document.ts';
import { mergeLoad, mergeRows } from './merge-document.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 1) + seconds * 1000).toISOString();
const nowMs = Date.parse(at(100));

const invoice = (id: string, seconds: number, change: Partial<LedgerDocument> = {}): LedgerDocument => ({
  ...{ id, kind: 'invoice', contactId: 'a', number: id, reference: null, status: 'AUTHORISED' },
  ...{ date: '2026-11-01', dueDate: '2026-12-01', currency: 'AUD', rate: null },
  ...{ subTotal: '10', total: '10', amountDue: '10', amountPaid: '0', amountCredited: '0', updatedAt: at(seconds) },
  ...change,
});
const of = (...documents: LedgerDocument[]) => ({ documents, tombstones: [], unreadable: [] });
const merge = (known: Parameters<typeof mergeRows>[0], ...rows: LedgerDocument[]) =>
  mergeRows(known, { contactId: 'a', rows, nowMs });
const dues = (merged: { documents: readonly LedgerDocument[] } | undefined) =>
  merged?.documents.map(({ id, amountDue }) => `${id} ${amountDue}`).sort();

describe('rows', () => {
  test('when a row is newer, then it wins; when it is older, then nothing is new; a tie replaces', () => {
    const known = of(invoice('x', 10));
    expect(dues(merge(known, invoice('x', 11, { amountDue: '5' })))).toEqual(['x 5']);
    expect(merge(known, invoice('x', 9, { amountDue: '5' }))).toBeUndefined();
    expect(dues(merge(known, invoice('x', 10, { amountDue: '5' })))).toEqual(['x 5']);
  });

  test('when the same row comes again, as the overlap brings it, then nothing is new', () => {
    expect(merge(of(invoice('x', 10)), invoice('x', 10))).toBeUndefined();
    const closed = merge(of(invoice('x', 10)), invoice('x', 11, { status: 'PAID' }));
    expect(closed?.isChanged).toBe(true);
    expect(closed && merge(closed, invoice('x', 11, { status: 'PAID' }))).toBeUndefined();
  });

  test.each([
    ['closed', { status: 'VOIDED' }],
    ['with another contact', { contactId: 'b' }],
  ])('when a document is %s, then it leaves, and an older row does not bring it back', (_what, change) => {
    const gone = merge(of(invoice('x', 10), invoice('y', 10)), invoice('x', 12, change));
    expect(dues(gone)).toEqual(['y 10']);
    expect(gone && merge(gone, invoice('x', 11))).toBeUndefined();
    expect(gone && dues(merge(gone, invoice('x', 13)))).toEqual(['x 10', 'y 10']);
  });
});

describe('loads', () => {
  const load = (loaded: LedgerDocument[], known: Parameters<typeof mergeLoad>[1], now = nowMs) =>
    mergeLoad({ documents: loaded, unreadable: [] }, known, { asOf: at(50), nowMs: now });

  test('when a document is missing in a load, then it goes if it changed before the load began, and stays if after', () => {
    expect(dues(load([], of(invoice('x', 40), invoice('y', 60))))).toEqual(['y 10']);
  });

  test('when a load brings an older state than is known, then the newer one stays', () => {
    expect(dues(load([invoice('x', 40)], of(invoice('x', 60, { amountDue: '3' }))))).toEqual(['x 3']);
  });

  test('when what was closed meanwhile is open in a load that began before, then it stays closed for ten minutes', () => {
    const closed = merge(of(invoice('x', 40)), invoice('x', 60, { status: 'PAID' }));
    expect(dues(load([invoice('x', 40)], closed))).toEqual([]);
    expect(load([invoice('x', 40)], closed).tombstones).toHaveLength(1);
    expect(dues(load([invoice('x', 40)], closed, nowMs + 10 * 60_000))).toEqual(['x 10']);
  });

  test('when a load brings it open again after that, then it is open', () => {
    const closed = merge(of(invoice('x', 40)), invoice('x', 60, { status: 'PAID' }));
    const opened = load([invoice('x', 70)], closed);
    expect([dues(opened), opened.tombstones]).toEqual([['x 10'], []]);
  });
});
