import { beforeEach, describe, expect, test } from 'vitest';
import { buildMemoryCache } from '#server/cache/memory/cache.ts';
import type { DocumentHeader, UnreadableDocument } from '#server/xero/documents/document-header.ts';
import { toRefKey } from '#shared/document-kinds.ts';
import { buildChosenDocumentsCache, type ChosenDocumentsCache } from './chosen-documents-cache.ts';

function at(seconds: number) {
  return new Date(Date.UTC(2026, 10, 1) + seconds * 1000).toISOString();
}
const organisationId = 'organisation';
const ref = { kind: 'invoice' as const, id: 'x' };
const load = { loadedAt: at(100), asOf: at(50), epoch: 'epoch' };

function invoice(seconds: number, amountDue: string, change: Partial<DocumentHeader> = {}): DocumentHeader {
  return {
    ...{ id: 'x', kind: 'invoice', contactId: 'a', number: 'x', reference: null, status: 'AUTHORISED' },
    ...{ date: '2026-11-01', dueDate: '2026-12-01', currency: 'AUD', rate: null },
    ...{ subTotal: '10', total: '10', amountDue, amountPaid: '0', amountCredited: '0', updatedAt: at(seconds) },
    ...change,
  };
}

let kept: ChosenDocumentsCache;
beforeEach(() => {
  kept = buildChosenDocumentsCache(buildMemoryCache(() => undefined));
});
async function read() {
  return (await kept.readMany(organisationId, [ref])).get(toRefKey(ref))?.document;
}
function putLoad(...documents: DocumentHeader[]) {
  return kept.putLoad(organisationId, [ref], { ...load, documents, unreadable: [] });
}

describe('a document chosen for a deal keeps its newer state', () => {
  beforeEach(() => kept.put(organisationId, invoice(60, '5'), load));

  test('an older row changes nothing and announces nothing', async () => {
    expect(await kept.mergeRows(organisationId, [invoice(59, '9')])).toEqual([]);
    expect((await read())?.amountDue).toBe('5');
  });

  test('a newer row, or one of the same moment, replaces the cached one', async () => {
    expect(await kept.mergeRows(organisationId, [invoice(60, '4')])).toMatchObject([{ amountDue: '4' }]);
    expect(await kept.mergeRows(organisationId, [invoice(61, '3')])).toMatchObject([{ amountDue: '3' }]);
    expect((await read())?.amountDue).toBe('3');
  });

  test('the same row again changes nothing', async () => {
    expect(await kept.mergeRows(organisationId, [invoice(60, '5')])).toEqual([]);
  });

  test('put does not replace a newer document with an older state', async () => {
    await kept.put(organisationId, invoice(59, '9'), load);
    expect((await read())?.amountDue).toBe('5');
    await kept.put(organisationId, invoice(60, '4'), load);
    expect((await read())?.amountDue).toBe('4');
  });

  test('a load with an older state only updates the stamp', async () => {
    const loaded = await putLoad(invoice(40, '9'));
    expect(loaded.get(toRefKey(ref))).toMatchObject({ document: { amountDue: '5' }, loadedAt: load.loadedAt });
    expect((await read())?.amountDue).toBe('5');
    await putLoad(invoice(60, '4'));
    expect((await read())?.amountDue).toBe('4');
  });

  test('a document missing from a load was deleted, unless it changed since', async () => {
    await putLoad();
    expect(await read()).toMatchObject({ status: 'AUTHORISED', amountDue: '5' });
    await kept.putLoad(organisationId, [ref], { ...load, asOf: at(60), documents: [], unreadable: [] });
    expect(await read()).toMatchObject({ status: 'DELETED', amountDue: '0' });
  });
});

test('rows of documents that are not cached are skipped', async () => {
  expect(await kept.mergeRows(organisationId, [invoice(60, '5')])).toEqual([]);
  expect(await read()).toBeUndefined();
});

describe('a chosen document that cannot be read', () => {
  const aside = (seconds: number | null, change: Partial<UnreadableDocument> = {}): UnreadableDocument => ({
    ...{ id: 'x', kind: 'invoice', contactId: 'a', status: 'AUTHORISED' },
    updatedAt: seconds === null ? null : at(seconds),
    ...change,
  });
  const setAside = (...rows: UnreadableDocument[]) => kept.setAside(organisationId, rows);
  const find = async () => {
    const one = (await kept.readMany(organisationId, [ref])).get(toRefKey(ref));
    return one && (one.isUnreadable ? 'unreadable' : (one.document?.amountDue ?? 'not there'));
  };
  const loadWith = (unreadable: UnreadableDocument[], documents: DocumentHeader[] = [], asOf = at(50)) =>
    kept.putLoad(organisationId, [ref], { ...load, asOf, documents, unreadable });
  beforeEach(() => kept.put(organisationId, invoice(60, '5'), load));

  test('an unreadable row from the stream is remembered and announced once', async () => {
    const changed = await setAside(aside(61, { contactId: 'b' }));
    expect(changed).toEqual(['b', 'a'].map((contactId) => ({ contactId, isOfBills: false })));
    expect(await find()).toBe('unreadable');
    expect(await setAside(aside(61), aside(null))).toEqual([]);
  });

  test('a version that was parsed before stays', async () => {
    expect(await setAside(aside(60), aside(59))).toEqual([]);
    expect(await find()).toBe('5');
  });

  test('an unknown kind is matched by id; a row without id matches nothing', async () => {
    await setAside(aside(61, { id: null }));
    expect(await find()).toBe('5');
    await setAside(aside(61, { kind: null }));
    expect(await find()).toBe('unreadable');
  });

  test('a document that nobody chose is not cached', async () => {
    expect(await setAside(aside(61, { id: 'y' }))).toEqual([]);
    expect((await kept.readMany(organisationId, [{ kind: 'invoice', id: 'y' }])).size).toBe(0);
  });

  test('a document that can be parsed again replaces the unreadable mark', async () => {
    await setAside(aside(61));
    expect(await kept.mergeRows(organisationId, [invoice(60, '5')])).toEqual([]);
    await kept.put(organisationId, invoice(60, '5'), load);
    expect(await find()).toBe('unreadable');
    expect(await kept.mergeRows(organisationId, [invoice(62, '4')])).toHaveLength(1);
    expect(await find()).toBe('4');
    // A later version counts as a change again.
    expect(await setAside(aside(63))).toHaveLength(2);
    expect(await find()).toBe('unreadable');
  });

  test('an unreadable row from a load is remembered if its version is new', async () => {
    await loadWith([aside(60)]);
    expect(await find()).toBe('5');
    await loadWith([aside(61)]);
    expect(await find()).toBe('unreadable');
    await loadWith([], [invoice(61, '3')]);
    expect(await find()).toBe('3');
  });

  test('a load does not replace a mark that was set after the load began', async () => {
    await setAside(aside(61));
    await loadWith([], [invoice(60, '5')]);
    expect(await find()).toBe('unreadable');
    await loadWith([]);
    expect(await find()).toBe('unreadable');
    await loadWith([], [], at(70));
    expect(await find()).toBe('not there');
  });
});
