import { expect, test } from 'vitest';
import { allRights } from '#shared/contract/record.ts';
import { presetOf, rights } from './presets.ts';

test('when rights are added to the contract, then they can be granted here', () => {
  expect([...rights].sort()).toEqual([...allRights].sort());
});

test.each([
  [['view'], 'viewer'],
  [['invoices', 'quotes', 'link', 'view'], 'sales'],
  [allRights, 'full'],
  [['view', 'viewBills'], 'custom'],
  [[], 'custom'],
] as const)('when a user has %j, then the preset is %s', (held, preset) => {
  expect(presetOf(held)).toBe(preset);
});
