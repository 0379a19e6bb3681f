import { expect, test } from 'vitest';
import { recordFixture } from '#widget/ui/records/record.fixture.ts';
import { type InboxFilter, wholeInbox } from '../place.ts';
import { isSelectable, keyOf, listBulkActions, statesOf, toPlans, toQuery, toRequests } from './selection.ts';

function select(...records: Parameters<typeof recordFixture>[0][]) {
  return new Map(records.map(recordFixture).map((record) => [keyOf(record), record]));
}

const filter: InboxFilter = {
  ...{ kind: 'expenses', states: ['question'], code: 'edited_both', search: 'Fuel' },
  heldBy: 'categories:Fuel',
};

test('when records of two kinds are chosen, then each kind is a request of its own', () => {
  const chosen = select({ crmId: 'e-1' }, { crmId: 'e-2' }, { kind: 'invoices', crmId: 'e-1' });
  expect(toRequests(chosen, wholeInbox, { action: 'retry' })).toEqual([
    { action: 'retry', kind: 'expenses', crmIds: ['e-1', 'e-2'] },
    { action: 'retry', kind: 'invoices', crmIds: ['e-1'] },
  ]);
});

test('when more than 500 are chosen, then no request names more than 500, and none is lost', () => {
  const chosen = select(...Array.from({ length: 1_001 }, (_, at) => ({ crmId: `e-${at}` })));
  const requests = toRequests(chosen, wholeInbox, { action: 'exclude' });
  expect(requests.map(({ crmIds }) => crmIds?.length)).toEqual([500, 500, 1]);
  expect(new Set(requests.flatMap(({ crmIds }) => crmIds)).size).toBe(1_001);
});

test('when all are chosen, then the request has the filter of the list', () => {
  expect(toRequests('all', filter, { action: 'answer', choice: 'keep_xero' })).toEqual([
    {
      ...{ action: 'answer', choice: 'keep_xero', kind: 'expenses' },
      filter: { state: ['question'], code: ['edited_both'], search: 'Fuel', heldBy: 'categories:Fuel' },
    },
  ]);
  expect(toQuery(filter)).toEqual({
    ...{ kind: 'expenses', state: 'question', code: 'edited_both', search: 'Fuel' },
    heldBy: 'categories:Fuel',
  });
});

test('when states are chosen, then only actions that mean something are offered', () => {
  expect(listBulkActions(['problem'])).toEqual(['retry', 'exclude']);
  expect(listBulkActions(['excluded'])).toEqual(['sync', 'include']);
  expect(listBulkActions(['unsupported'])).toEqual([]);
  expect(statesOf(select({ state: 'problem' }, { state: 'changed', crmId: 'e-2' }), filter)).toEqual([
    'problem',
    'changed',
  ]);
});

test('when a record came from Xero, then it cannot be chosen', () => {
  expect(isSelectable(recordFixture({ origin: 'xero', crmId: null, xeroId: 'x' }))).toBe(false);
  expect(isSelectable(recordFixture())).toBe(true);
});

test('when a dry run is asked for, then it is about one kind each, and never about all kinds at once', () => {
  expect(toPlans(select({ crmId: 'e-1' }, { kind: 'invoices', crmId: 'i-1' }), wholeInbox)).toEqual([
    { kind: 'expenses', dryRun: true, crmIds: ['e-1'] },
    { kind: 'invoices', dryRun: true, crmIds: ['i-1'] },
  ]);
  expect(toPlans('all', { ...wholeInbox, kind: 'expenses' })).toEqual([
    { kind: 'expenses', dryRun: true, filter: { state: ['problem', 'question', 'changed'] } },
  ]);
  expect(toPlans('all', wholeInbox)).toEqual([]);
});
