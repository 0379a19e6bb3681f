import { expect, test } from 'vitest';
import { toEmptyRow } from '../bringing/bill-row.ts';
import { parseMemory } from '../records/memory.ts';
import { applyFinding } from './outcome.ts';

const where = { workspaceId: 'w', organisationId: 'o' };
const at = '2026-12-01T00:00:00.000Z';

test('a record that the CRM tied to a bill during the look keeps that bill as its twin', () => {
  const accepted = { ...toEmptyRow('bill-of-xero', { where, at }), kind: 'expenses', key: 'exp-1', crmId: 'exp-1' };
  const twin = { xeroId: 'our-bill', xeroKind: 'bill' as const, xeroNumber: null, xeroStatus: null, xeroUrl: null };
  const found = {
    version: null,
    memory: parseMemory('{}'),
    twin,
    outcome: { type: 'synced' as const, also: [], notes: [] },
  };
  expect(applyFinding(accepted, found, new Date(at))).toEqual(accepted);
  expect(applyFinding({ ...accepted, origin: 'crm' }, found, new Date(at)).xeroId).toBe('our-bill');
});
