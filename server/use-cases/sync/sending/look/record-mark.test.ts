import { expect, test } from 'vitest';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import { expenses } from '../../kinds/expenses.ts';
import { items } from '../../kinds/items.ts';
import type { SyncKind } from '../../kinds/kind.ts';
import { parseMemory } from '../../records/memory.ts';
import { toBillMark, toRecordMark } from './record-mark.ts';

const where = { workspaceId: 'w-1', organisationId: 'o-1' };

function markOf({
  crmId = 'exp-1',
  version = 1,
  gone = [] as string[],
  place = where,
  kind = expenses as SyncKind<PutKind>,
}) {
  const sent = { kind: 'expenses' as const, crmId, version, wanted: 'present' as const, data: {}, dataHash: 'h' };
  return toRecordMark(kind, place, { version: sent, memory: { ...parseMemory('{}'), gone } });
}

test('a record has one mark, whatever version of it was sent', () => {
  expect(markOf({})).toMatch(/^[\w-]{32}$/);
  expect(markOf({ version: 2 })).toBe(markOf({}));
});

test('another record, one that is made again, and one of another CRM have another mark', () => {
  const others = [
    markOf({ crmId: 'exp-2' }),
    markOf({ gone: ['x-1'] }),
    markOf({ place: { ...where, workspaceId: 'w-2' } }),
    markOf({ place: { ...where, organisationId: 'o-2' } }),
  ];
  expect(new Set([markOf({}), ...others]).size).toBe(5);
});

test('the bill of an order has a mark of its own in each workspace', () => {
  const order = { kind: 'purchase-orders' as const, crmId: 'exp-1' };
  const marks = ['w-1', 'w-2'].map((workspaceId) => toBillMark(expenses, { ...where, workspaceId }, order));
  expect(new Set([markOf({}), ...marks]).size).toBe(3);
});

test('a kind that is found by its code has none', () => {
  expect(markOf({ kind: items as SyncKind<PutKind> })).toBeUndefined();
});
