import { describe, expect, test } from 'vitest';
import type { RulesChange } from '#shared/contract/sync/rules.ts';
import { listSettingChanges } from './audit-settings.ts';
import { completeKinds, firstRules } from './first-rules.ts';
import { mergeRules } from './merge-rules.ts';

const today = '2026-11-30';
function faultsOf(change: RulesChange): unknown {
  try {
    return mergeRules(firstRules, change, today);
  } catch (error) {
    return error instanceof Error && 'details' in error ? error.details : error;
  }
}

describe('rules', () => {
  test('begin with nothing enabled, and every direction on for when it is', () => {
    expect(firstRules).toMatchObject({ enabled: false, since: null, billStatus: 'approved' });
    const expenses = { kind: 'expenses', out: { on: true, new: 'automatic', changes: 'by_hand' }, back: null };
    expect(firstRules.kinds).toContainEqual(expenses);
    const bills = { on: true, when: 'automatic', onlyApproved: true, onlyUnpaid: false };
    expect(firstRules.kinds).toContainEqual({ kind: 'bills', out: null, back: bills });
  });

  test('once enabled, begin on that day, which stays when sync is switched off and on', () => {
    const enabled = mergeRules(firstRules, { enabled: true }, today);
    expect(enabled).toEqual({ ...firstRules, enabled: true, since: today });
    const again = mergeRules(mergeRules(enabled, { enabled: false }, today), { enabled: true }, '2027-01-01');
    expect(again.since).toBe(today);
    expect(mergeRules(enabled, { since: '2026-07-01' }, today).since).toBe('2026-07-01');
    expect(mergeRules(enabled, { since: null }, today).since).toBe(today);
  });

  test('only the members and kinds that are named change', () => {
    const change: RulesChange = { kinds: [{ kind: 'expenses', out: { changes: 'scheduled' }, back: null }] };
    const { kinds, ...rest } = mergeRules(firstRules, change, today);
    expect({ ...rest, kinds: firstRules.kinds }).toEqual(firstRules);
    const changed = kinds.filter((rule, index) => rule !== firstRules.kinds[index] && rule.kind !== 'expenses');
    expect(changed).toEqual([]);
    expect(kinds.find(({ kind }) => kind === 'expenses')?.out).toEqual({
      on: true,
      new: 'automatic',
      changes: 'scheduled',
    });
  });

  test('what a kind does not have is refused by its path', () => {
    const kinds: RulesChange['kinds'] = [
      { kind: 'bills', out: { on: true } },
      { kind: 'invoices', back: { on: false } },
      { kind: 'payments', back: { onlyUnpaid: true } },
      { kind: 'customer-credits', out: { on: true } },
    ];
    const paths = ['kinds.0.out', 'kinds.1.back', 'kinds.2.back.onlyUnpaid', 'kinds.3.kind'];
    expect(faultsOf({ kinds })).toMatchObject({ errors: paths.map((path) => ({ path })) });
  });

  test('stored before a kind was added are completed with it', () => {
    const [first, ...others] = firstRules.kinds;
    expect(completeKinds(others)).toEqual([first, ...others]);
  });
});

test('the audit names each setting that changed, by its kind or key', () => {
  const after = mergeRules(firstRules, { enabled: true, kinds: [{ kind: 'items', out: { on: false } }] }, today);
  expect(listSettingChanges(firstRules, after)).toEqual([
    { name: 'enabled', before: 'false', after: 'true' },
    { name: 'kinds items out on', before: 'true', after: 'false' },
    { name: 'since', before: null, after: today },
  ]);
  const mapped = { categories: [{ key: 'Fuel', accountCode: '449' }] };
  expect(listSettingChanges({ categories: [] }, mapped)).toEqual([
    { name: 'categories Fuel accountCode', before: null, after: '449' },
  ]);
});
