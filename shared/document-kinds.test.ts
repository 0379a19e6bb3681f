import { expect, test } from 'vitest';
import { documentKindSchema } from './contract/document.ts';
import { canSeeKind, documentKinds, needsViewBills, toRefKey } from './document-kinds.ts';

test('the contract knows the kinds of the table', () => {
  expect(documentKindSchema.options.toSorted()).toEqual(Object.keys(documentKinds).toSorted());
});

test.each([
  [['view', 'viewBills'], 'bill', true],
  [['view', 'bills'], 'bill', false],
  [['viewBills'], 'bill', false],
  [['view'], 'invoice', true],
  [['quotes'], 'quote', false],
] as const)('with %j, seeing a %s is %s', (rights, kind, canSee) => {
  expect(canSeeKind(rights, kind)).toBe(canSee);
});

test('two spellings of an id are one document', () => {
  expect(toRefKey({ kind: 'bill', id: 'AB' })).toBe(toRefKey({ kind: 'bill', id: 'ab' }));
  expect(toRefKey({ kind: 'bill', id: 'ab' })).not.toBe(toRefKey({ kind: 'invoice', id: 'ab' }));
});

test('only bills need the right to view bills; a document of unknown kind does not', () => {
  expect((['quote', 'invoice', 'bill', null] as const).map(needsViewBills)).toEqual([false, false, true, false]);
});
