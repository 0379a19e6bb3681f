import { expect, test } from 'vitest';
import { kindOfType, putKinds, recordKinds, shownTypes, syncKindTable } from './sync-kinds.ts';
import { syncKindWords, titleOfKind } from './words/sync-kind-words.ts';

test.each(putKinds)('the type of %s leads back to the kind', (kind) => {
  expect(kindOfType(syncKindTable[kind].type)).toBe(kind);
});

test('kinds that come from Xero only have no type; these types are shown', () => {
  expect(recordKinds.filter((kind) => syncKindTable[kind].type === null)).toEqual([
    ...['bills', 'accounts', 'expense-categories'],
  ]);
  expect(shownTypes).toEqual([
    ...['customer', 'supplier', 'item', 'invoice', 'payment', 'expense', 'purchase-order', 'supplier-credit'],
  ]);
});

test('every kind has words, and a title begins with a capital letter', () => {
  expect(Object.keys(syncKindWords)).toEqual(recordKinds);
  expect([titleOfKind('purchase-orders', 'one'), titleOfKind('tax-rates', 'many')]).toEqual([
    ...['Purchase order', 'Tax rates'],
  ]);
});
