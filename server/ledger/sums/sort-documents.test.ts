import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DocumentHeader } from '#server/xero/documents/document-header.ts';
import { documentSortSchema } from '#shared/contract/documents.ts';
import { newDocument as newInvoice } from './document.fixture.ts';
import { filterDocuments, isExpired, sortDocuments } from './sort-documents.ts';

const today = '2026-11-22';

function newDocument(change: Partial<DocumentHeader>) {
  return newInvoice({ id: '1', number: 'INV-1', ...change });
}

const documentArbitrary = fc
  .record({
    id: fc.uuid(),
    number: fc.option(fc.constantFrom('INV-1', 'INV-2', 'inv-10', 'Ünï'), { nil: null }),
    reference: fc.option(fc.constantFrom('PO 7', 'renewal'), { nil: null }),
    status: fc.constantFrom('DRAFT', 'AUTHORISED', 'PAID'),
    date: fc.option(fc.constantFrom('2026-01-05', '2026-11-01', '2026-11-22'), { nil: null }),
    dueDate: fc.option(fc.constantFrom('2026-01-01', '2026-11-21', '2026-11-22', '2027-01-01'), { nil: null }),
    total: fc.integer({ min: 0, max: 3000 }).map(String),
  })
  .map((part) => newDocument({ ...part, amountDue: part.status === 'PAID' ? '0' : part.total }));

describe('sortDocuments', () => {
  test('most overdue first, then newest', () => {
    const documents = [
      newDocument({ id: 'new', date: '2026-11-20' }),
      newDocument({ id: 'late', dueDate: '2026-11-01' }),
      newDocument({ id: 'paid', dueDate: '2026-01-01', status: 'PAID', amountDue: '0', date: '2026-01-01' }),
      newDocument({ id: 'later', dueDate: '2026-02-01' }),
    ];
    const sorted = sortDocuments(documents, 'overdue', today);
    expect(sorted.map(({ id }) => id)).toEqual(['later', 'late', 'new', 'paid']);
  });

  test('no order loses documents, and the input order does not matter', () => {
    const property = fc.property(
      fc.uniqueArray(documentArbitrary, { selector: ({ id }) => id }),
      fc.constantFrom(...documentSortSchema.options),
      (documents, sort) => {
        const sorted = sortDocuments(documents, sort, today);
        expect(sortDocuments(documents.toReversed(), sort, today)).toEqual(sorted);
        expect(new Set(sorted)).toEqual(new Set(documents));
        expect(sorted).toHaveLength(documents.length);
      },
    );
    fc.assert(property);
  });
});

describe('filterDocuments', () => {
  test('searches number and reference, ignoring case and outer spaces', () => {
    const documents = [newDocument({ number: 'INV-77' }), newDocument({ number: null, reference: 'Renewal 77' })];
    for (const search of ['77', ' 77 ', '']) expect(filterDocuments(documents, { search }, today)).toHaveLength(2);
    expect(filterDocuments(documents, { search: 'renEWAL' }, today)).toEqual([documents[1]]);
  });

  test('an open quote past its expiry date is expired, an accepted one not', () => {
    const quote = newDocument({ kind: 'quote', status: 'SENT', dueDate: '2026-11-21', amountDue: '0' });
    expect(isExpired(quote, today)).toBe(true);
    expect(isExpired(quote, '2026-11-21')).toBe(false);
    expect(filterDocuments([quote, { ...quote, status: 'ACCEPTED' }], { status: 'expired' }, today)).toEqual([quote]);
    expect(filterDocuments([quote], { status: 'overdue' }, today)).toEqual([]);
  });
});
