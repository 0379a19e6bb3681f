import { beforeEach, describe, expect, test } from 'vitest';
import { buildMemoryCache } from '#server/cache/memory-cache.ts';
import type { LedgerDocument } from './document.ts';
import { buildKeptDocuments, type KeptDocuments, toPlaceKey } from './kept-documents.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 1) + seconds * 1000).toISOString();
const organisationId = 'organisation';
const place = { kind: 'invoice' as const, id: 'x' };
const load = { loadedAt: at(100), asOf: at(50), epoch: 'epoch' };

const invoice = (seconds: number, amountDue: string, change: Partial<LedgerDocument> = {}): LedgerDocument => ({
  ...{ id: 'x', kind: 'invoice', contactId: 'a', number: 'x', reference: null, status: 'AUTHORISED' },
  ...{ date: '2026-11-01', dueDate: '2026-12-01', currency: 'AUD', rate: null },
  ...{ subTotal: '10', total: '10', amountDue, amountPaid: '0', amountCredited: '0', updatedAt: at(seconds) },
  ...change,
});

let kept: KeptDocuments;
beforeEach(() => {
  kept = buildKeptDocuments(buildMemoryCache(() => undefined));
});
const read = async () => (await kept.readMany(organisationId, [place])).get(toPlaceKey(place))?.document;
const putLoad = (...documents: LedgerDocument[]) =>
  kept.putLoad(organisationId, [place], { ...load, documents, unreadable: [] });

describe('a document chosen for a deal: the newer state is kept, whoever read it', () => {
  beforeEach(() => kept.put(organisationId, invoice(60, '5'), load));

  test('when an older row comes, then what is kept stays, and nobody is told of a change', async () => {
    expect(await kept.mergeRows(organisationId, [invoice(59, '9')])).toEqual([]);
    expect((await read())?.amountDue).toBe('5');
  });

  test('when a newer row comes, or another of the same moment, then it takes the place', async () => {
    expect(await kept.mergeRows(organisationId, [invoice(60, '4')])).toMatchObject([{ amountDue: '4' }]);
    expect(await kept.mergeRows(organisationId, [invoice(61, '3')])).toMatchObject([{ amountDue: '3' }]);
    expect((await read())?.amountDue).toBe('3');
  });

  test('when the same row comes again, then nothing has changed', async () => {
    expect(await kept.mergeRows(organisationId, [invoice(60, '5')])).toEqual([]);
  });

  test('when an older state is put, as by a slow answer, then what is kept stays', async () => {
    await kept.put(organisationId, invoice(59, '9'), load);
    expect((await read())?.amountDue).toBe('5');
    await kept.put(organisationId, invoice(60, '4'), load);
    expect((await read())?.amountDue).toBe('4');
  });

  test('when a load brings an older state, then what is kept stays, with the load’s stamp', async () => {
    const loaded = await putLoad(invoice(40, '9'));
    expect(loaded.get(toPlaceKey(place))).toMatchObject({ document: { amountDue: '5' }, loadedAt: load.loadedAt });
    expect((await read())?.amountDue).toBe('5');
    await putLoad(invoice(60, '4'));
    expect((await read())?.amountDue).toBe('4');
  });

  test('when a load does not find it, then it was deleted, unless it changed after the load began', async () => {
    await putLoad();
    expect(await read()).toMatchObject({ status: 'AUTHORISED', amountDue: '5' });
    await kept.putLoad(organisationId, [place], { ...load, asOf: at(60), documents: [], unreadable: [] });
    expect(await read()).toMatchObject({ status: 'DELETED', amountDue: '0' });
  });
});

test('when a document is not kept, then its rows are passed over', async () => {
  expect(await kept.mergeRows(organisationId, [invoice(60, '5')])).toEqual([]);
  expect(await read()).toBeUndefined();
});
