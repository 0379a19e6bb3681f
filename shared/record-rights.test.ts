import { expect, test } from 'vitest';
import { findRecordRights } from './record-rights.ts';

const sales = { toSee: ['view'], toAct: 'invoices' };
const purchases = { toSee: ['view', 'viewBills'], toAct: 'bills' };

test.each([
  ['invoices', {}, sales],
  ['items', {}, sales],
  ['customers', {}, sales],
  ['expenses', { invoice: {} }, purchases],
  ['purchase-orders', {}, purchases],
  ['supplier-credits', {}, purchases],
  ['suppliers', {}, purchases],
  ['payments', { invoice: { crmId: 'i-1' } }, sales],
  ['payments', { bill: { crmId: 'e-1' } }, purchases],
  ['payments', { invoice: { crmId: 'i-1' }, bill: { crmId: 'e-1' } }, purchases],
  ['payments', {}, purchases],
  ['payments', null, purchases],
])('the rights for %s with %j', (kind, data, expected) => {
  expect(findRecordRights(kind, data)).toEqual(expected);
});
