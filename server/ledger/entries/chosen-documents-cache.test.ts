import { expect, test } from 'vitest';
import type { DocumentHeader } from '#server/xero/documents/document-header.ts';
import { toRefKey } from '#shared/document-kinds.ts';
import { buildChosenDocumentsCache, type Kept } from './chosen-documents-cache.ts';

const ref = { kind: 'invoice' as const, id: '1' };
const document: DocumentHeader = {
  ...{ ...ref, contactId: 'c', number: 'INV-1', reference: null, status: 'PAID', date: null, dueDate: null },
  ...{ currency: 'AUD', rate: null, subTotal: '100', total: '110', amountDue: '0' },
  ...{ amountPaid: '0', amountCredited: '110', updatedAt: '2026-11-01T00:00:00.000Z' },
};
const load = { loadedAt: '2026-11-01T00:00:01.000Z', asOf: '2026-11-01T00:00:00.000Z', epoch: null };

function readKept(kept: Kept | { document: Partial<DocumentHeader> }) {
  const text = JSON.stringify({ ...load, ...kept });
  const cache = { get: async () => text, getMany: async () => [text], setIf: async () => true };
  return buildChosenDocumentsCache(cache).readMany('o', [ref]);
}

test('knows documents cached by this release, including missing ones', async () => {
  expect((await readKept({ ...load, document })).get(toRefKey(ref))).toEqual({ ...load, document });
  expect((await readKept({ ...load, document: null })).get(toRefKey(ref))).toEqual({ ...load, document: null });
});

test('reloads a document that an earlier release cached without payments', async () => {
  const { amountPaid: _, amountCredited: __, ...earlier } = document;
  expect((await readKept({ document: earlier })).size).toBe(0);
});
