import { describe, expect, test } from 'vitest';
import type { DocumentHeader, UnreadableDocument } from '#server/xero/documents/document-header.ts';
import { isWholeDocument, mergeLoad, mergeRows, mergeUnreadable } from './merge-document.ts';

function at(seconds: number) {
  return new Date(Date.UTC(2026, 10, 1) + seconds * 1000).toISOString();
}
const nowMs = Date.parse(at(100));

function invoice(id: string, seconds: number, change: Partial<DocumentHeader> = {}): DocumentHeader {
  return {
    ...{ id, kind: 'invoice', contactId: 'a', number: id, reference: null, status: 'AUTHORISED' },
    ...{ date: '2026-11-01', dueDate: '2026-12-01', currency: 'AUD', rate: null },
    ...{ subTotal: '10', total: '10', amountDue: '10', amountPaid: '0', amountCredited: '0', updatedAt: at(seconds) },
    ...change,
  };
}
function of(...documents: DocumentHeader[]) {
  return { documents, tombstones: [], unreadable: [] };
}
function merge(known: Parameters<typeof mergeRows>[0], ...rows: DocumentHeader[]) {
  return mergeRows(known, { contactId: 'a', rows, nowMs });
}
function dues(merged: { documents: readonly DocumentHeader[] } | undefined) {
  return merged?.documents.map(({ id, amountDue }) => `${id} ${amountDue}`).sort();
}

describe('rows', () => {
  test('a newer row wins, an older one changes nothing, a tie replaces', () => {
    const known = of(invoice('x', 10));
    expect(dues(merge(known, invoice('x', 11, { amountDue: '5' })))).toEqual(['x 5']);
    expect(merge(known, invoice('x', 9, { amountDue: '5' }))).toBeUndefined();
    expect(dues(merge(known, invoice('x', 10, { amountDue: '5' })))).toEqual(['x 5']);
  });

  test('the same row again changes nothing, as with the overlap', () => {
    expect(merge(of(invoice('x', 10)), invoice('x', 10))).toBeUndefined();
    const closed = merge(of(invoice('x', 10)), invoice('x', 11, { status: 'PAID' }));
    expect(closed?.isChanged).toBe(true);
    expect(closed && merge(closed, invoice('x', 11, { status: 'PAID' }))).toBeUndefined();
  });

  test('one new row among several is found in any place', () => {
    const known = of(invoice('x', 10), invoice('y', 10));
    const rows = [invoice('x', 11, { amountDue: '5' }), invoice('y', 10)];
    expect(dues(merge(known, ...rows))).toEqual(['x 5', 'y 10']);
    expect(dues(merge(known, ...rows.toReversed()))).toEqual(['x 5', 'y 10']);
  });

  test('an unknown closed document adds only its tombstone', () => {
    const merged = merge(of(), invoice('x', 10, { status: 'PAID' }));
    expect(merged).toMatchObject({ documents: [], tombstones: [{ id: 'x', updatedAt: at(10) }], isChanged: false });
  });

  test.each([
    ['closed', { status: 'VOIDED' }],
    ['with another contact', { contactId: 'b' }],
  ])('a document that is %s leaves, and an older row does not restore it', (_what, change) => {
    const gone = merge(of(invoice('x', 10), invoice('y', 10)), invoice('x', 12, change));
    expect(dues(gone)).toEqual(['y 10']);
    expect(gone && merge(gone, invoice('x', 11))).toBeUndefined();
    expect(gone && dues(merge(gone, invoice('x', 13)))).toEqual(['x 10', 'y 10']);
  });
});

describe('loads', () => {
  const load = (loaded: DocumentHeader[], known: Parameters<typeof mergeLoad>[1], now = nowMs) =>
    mergeLoad({ documents: loaded, unreadable: [] }, known, { asOf: at(50), nowMs: now });

  test('with nothing known, the load is everything', () => {
    expect(load([invoice('x', 10)], undefined)).toEqual({ ...of(invoice('x', 10)), isChanged: true });
  });

  test('a load with the same documents in any order changes nothing', () => {
    const documents = ['x', 'y', 'z'].map((id) => invoice(id, 10));
    const orders = [documents, documents.toReversed(), [2, 0, 1].flatMap((place) => documents[place] ?? [])];
    for (const order of orders) expect(load(order, of(...documents)).isChanged).toBe(false);
    expect(load(documents.slice(1), of(...documents)).isChanged).toBe(true);
    expect(load(documents, of(...documents.slice(1))).isChanged).toBe(true);
  });

  test('a load wins over a document of the same moment or of its beginning', () => {
    expect(dues(load([invoice('x', 60, { amountDue: '4' })], of(invoice('x', 60, { amountDue: '3' }))))).toEqual([
      'x 4',
    ]);
    expect(dues(load([], of(invoice('x', 50))))).toEqual([]);
  });

  test('a closed document opens with a load of the same moment, if listed', () => {
    const closed = merge(of(invoice('x', 40)), invoice('x', 60, { status: 'PAID' }));
    const opened = load([invoice('x', 60)], closed);
    expect([dues(opened), opened.tombstones]).toEqual([['x 10'], []]);
    expect(load([], closed)).toMatchObject({ documents: [], tombstones: [{ id: 'x' }] });
  });

  test('a document missing from a load goes, unless it changed since', () => {
    expect(dues(load([], of(invoice('x', 40), invoice('y', 60))))).toEqual(['y 10']);
  });

  test('a load does not replace a newer state with an older one', () => {
    expect(dues(load([invoice('x', 40)], of(invoice('x', 60, { amountDue: '3' }))))).toEqual(['x 3']);
  });

  test('a document closed during a load stays closed for ten minutes', () => {
    const closed = merge(of(invoice('x', 40)), invoice('x', 60, { status: 'PAID' }));
    expect(dues(load([invoice('x', 40)], closed))).toEqual([]);
    expect(load([invoice('x', 40)], closed).tombstones).toHaveLength(1);
    expect(dues(load([invoice('x', 40)], closed, nowMs + 10 * 60_000))).toEqual(['x 10']);
  });

  test('a later load may open it again', () => {
    const closed = merge(of(invoice('x', 40)), invoice('x', 60, { status: 'PAID' }));
    const opened = load([invoice('x', 70)], closed);
    expect([dues(opened), opened.tombstones]).toEqual([['x 10'], []]);
  });
});

function aside(id: string | null, seconds: number | null, change: Partial<UnreadableDocument> = {}) {
  return {
    ...{ id, kind: 'invoice' as const, contactId: 'a', status: 'AUTHORISED' },
    updatedAt: seconds === null ? null : at(seconds),
    ...change,
  };
}
type Known = Parameters<typeof mergeUnreadable>[0];
function setAside(known: Known, ...rows: UnreadableDocument[]) {
  return mergeUnreadable(known, { contactId: 'a', rows, nowMs });
}
function told(merged: { unreadable: readonly UnreadableDocument[] } | undefined) {
  return merged?.unreadable.map(({ id, updatedAt }) => `${id} ${updatedAt}`);
}

describe('rows that cannot be read', () => {
  const known = of(invoice('x', 10), invoice('y', 10));

  test('an unreadable newer version leaves the figures and is reported', () => {
    const merged = setAside(known, aside('x', 11));
    expect([dues(merged), told(merged), merged?.isChanged]).toEqual([['y 10'], [`x ${at(11)}`], true]);
    expect(merged?.tombstones).toEqual([]);
  });

  test('a version that was parsed before, or an older one, changes nothing', () => {
    expect(setAside(known, aside('x', 10))).toBeUndefined();
    expect(setAside(known, aside('x', 9))).toBeUndefined();
  });

  test('an unreadable row of unknown version leaves the figures, reported', () => {
    const merged = setAside(known, aside('x', null));
    expect([dues(merged), told(merged)]).toEqual([['y 10'], ['x null']]);
  });

  test('the same unreadable row changes nothing; a newer one counts once', () => {
    const merged = setAside(known, aside('x', 11));
    expect(merged && setAside(merged, aside('x', 11))).toBeUndefined();
    expect(merged && told(setAside(merged, aside('x', 12)))).toEqual([`x ${at(12)}`]);
  });

  test('an unknown unreadable row is reported, even without an id', () => {
    const merged = setAside(known, aside('z', 5), aside(null, 11), aside(null, 11), aside(null, 12));
    expect(told(merged)).toEqual([`z ${at(5)}`, `null ${at(11)}`, `null ${at(12)}`]);
    expect(dues(merged)).toEqual(['x 10', 'y 10']);
  });

  test.each([
    ['closed', { status: 'VOIDED' }],
    ['with another contact', { contactId: 'b' }],
  ])('one that is %s is not missing, and an older row does not restore it', (_what, change) => {
    const gone = setAside(known, aside('x', 12, change));
    expect([dues(gone), told(gone)]).toEqual([['y 10'], []]);
    expect(gone && merge(gone, invoice('x', 11))).toBeUndefined();
    expect(gone && dues(merge(gone, invoice('x', 13)))).toEqual(['x 10', 'y 10']);
  });

  test('closed without a readable id or version, it leaves no tombstone', () => {
    const rows = [aside('x', 11), aside(null, 12, { status: 'PAID' }), aside('z', null, { status: 'PAID' })];
    expect(setAside(known, ...rows)).toMatchObject({ tombstones: [], isChanged: true });
  });

  test('without status and contact, it may be open and theirs', () => {
    const merged = setAside(known, aside('x', 12, { status: null, contactId: null }));
    expect([dues(merged), told(merged)]).toEqual([['y 10'], [`x ${at(12)}`]]);
  });

  test('once closed, an unreadable document is not missing', () => {
    const merged = setAside(known, aside('x', 11));
    expect(merged && told(setAside(merged, aside('x', 12, { status: 'PAID' })))).toEqual([]);
  });

  test('it counts again once it can be parsed; older rows do not restore it', () => {
    const merged = setAside(known, aside('x', 11));
    expect(merged && merge(merged, invoice('x', 10))).toBeUndefined();
    const mended = merged && merge(merged, invoice('x', 12, { amountDue: '7' }));
    expect([dues(mended), told(mended), mended?.isChanged]).toEqual([['x 7', 'y 10'], [], true]);
  });

  test('an older unreadable version of a closed document is not reported', () => {
    const closed = merge(known, invoice('x', 12, { status: 'PAID' }));
    expect(closed && setAside(closed, aside('x', 11))).toBeUndefined();
    expect(closed && told(setAside(closed, aside('x', 13)))).toEqual([`x ${at(13)}`]);
  });
});

describe('loads with rows that cannot be read', () => {
  const load = (loaded: DocumentHeader[], unreadable: UnreadableDocument[], known?: Known) =>
    mergeLoad({ documents: loaded, unreadable }, known, { asOf: at(50), nowMs });

  test('an unreadable row of a load is reported beside the other rows', () => {
    const first = load([invoice('y', 10)], [aside('x', 20)]);
    expect([dues(first), told(first), first.isChanged]).toEqual([['y 10'], [`x ${at(20)}`], true]);
    const next = load([invoice('y', 10)], [aside('x', 20)], of(invoice('x', 10), invoice('y', 10)));
    expect([dues(next), told(next)]).toEqual([['y 10'], [`x ${at(20)}`]]);
    expect(load([invoice('y', 10)], [aside('x', 20)], first).isChanged).toBe(false);
  });

  test('a document stays if its version was parsed before', () => {
    const merged = load([], [aside('x', 20)], of(invoice('x', 20)));
    expect([dues(merged), told(merged)]).toEqual([['x 10'], []]);
  });

  test('an unreadable mark missing from a load goes, unless it is newer', () => {
    const known = { ...of(), unreadable: [aside('x', 40), aside('y', 60)] };
    expect(told(load([], [], known))).toEqual([`y ${at(60)}`]);
    // A document that the load returned and that has changed since.
    const merged = load([invoice('x', 45), invoice('y', 45)], [], known);
    expect([dues(merged), told(merged)]).toEqual([['x 10'], [`y ${at(60)}`]]);
  });

  test('a document both parsed and unreadable in a load counts as parsed', () => {
    const merged = load([invoice('x', 10)], [aside('x', 20)]);
    expect([dues(merged), told(merged)]).toEqual([['x 10'], []]);
  });

  test('a load’s version counts if it is as new as the unreadable one', () => {
    for (const seconds of [60, 70]) {
      const merged = load([invoice('x', seconds)], [], { ...of(), unreadable: [aside('x', 60)] });
      expect([dues(merged), told(merged)]).toEqual([['x 10'], []]);
    }
  });

  test('an unreadable version without a time is reported, as it may be open', () => {
    const closed = merge(of(invoice('x', 40)), invoice('x', 60, { status: 'PAID' }));
    expect(told(load([], [aside('x', null)], closed))).toEqual(['x null']);
    expect(told(load([], [aside('x', 55)], closed))).toEqual([]);
  });

  test('the same unreadable rows in another order change nothing', () => {
    const rows = [aside('x', 20), aside('y', 20), aside(null, 20), aside(null, 21)];
    const first = load([], rows);
    for (const order of [rows, rows.toReversed()]) expect(load([], order, first).isChanged).toBe(false);
    expect(load([], rows.slice(1), first).isChanged).toBe(true);
  });
});

test('a document is whole only with the members that this release reads', () => {
  expect(isWholeDocument({ amountPaid: '0', amountCredited: '0' })).toBe(true);
  const others = [{ amountPaid: '0' }, { amountCredited: '0' }, {}, null, undefined, 'amountPaid', 7];
  for (const other of others) expect(isWholeDocument(other)).toBe(false);
});
