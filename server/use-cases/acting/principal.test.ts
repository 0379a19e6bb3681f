import { expect, test } from 'vitest';
import { describePrincipal, nameRecord, type Workspace } from './principal.ts';

const workspace: Workspace = { kind: 'workspace', workspaceId: 'w-1' };
const ada = { id: 'u-1', name: 'Ada Admin' };

test.each([
  ['Ledgerside, when it acts by itself', workspace, { id: 'ledgerside', name: 'Ledgerside' }],
  ['the CRM, for a record that it handed over', { ...workspace, name: 'Acme CRM' }, { id: 'w-1', name: 'Acme CRM' }],
  ['the user who pressed in the CRM', { ...workspace, name: 'Acme CRM', user: ada }, ada],
  ['the user, whatever the CRM is called', { ...workspace, user: ada }, ada],
])('a workspace is named as %s', (_name, principal, user) => {
  expect(describePrincipal(principal)).toEqual({ user, requestId: '' });
});

test('a workspace knows no names of records', () => {
  const record = { type: 'expense' as const, id: 'exp-1' };
  expect(nameRecord(workspace, record)).toEqual(record);
});
