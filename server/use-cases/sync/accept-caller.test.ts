import { describe, expect, test } from 'vitest';
import type { Right } from '#shared/contract/record.ts';
import { acceptForRecord, nameCaller, requireAdminAction, type SignedIn } from './accept-caller.ts';

type OfSession = Extract<SignedIn, { kind: 'session' }>;

function signIn(type: string, rights: readonly Right[], admin = false): OfSession {
  const record = { type, id: 'r-1' };
  const user = { id: 'ben', name: 'Ben', email: '', admin };
  return {
    kind: 'session',
    rights,
    session: { workspaceId: 'acme', user, claims: { record } },
  } as unknown as OfSession;
}
const workspace = { id: 'acme', name: 'Fieldnote CRM', origins: [], keys: [] };
const payments: Readonly<Record<string, object>> = { 'r-1': { invoice: { crmId: 'i-1' } } };
const store = {
  records: {
    findManyData: async (_workspaceId: string, [name]: readonly { key: string }[]) => {
      const data = payments[name?.key ?? ''];
      return data ? [{ data: JSON.stringify(data) }] : [];
    },
  },
} as unknown as Parameters<typeof acceptForRecord>[0]['store'];

function act(signedIn: SignedIn, kind: 'expenses' | 'invoices' | 'payments' | 'items', crmId = 'r-1') {
  return acceptForRecord({ store }, signedIn, { record: { kind, crmId }, to: 'act' });
}

describe('acting on a record', () => {
  test.each([
    ['invoice', 'invoices', ['view'], 'forbidden'],
    ['invoice', 'invoices', ['invoices'], 'not_found'],
    ['invoice', 'invoices', ['view', 'bills'], 'forbidden'],
    ['invoice', 'invoices', ['view', 'invoices'], undefined],
    ['item', 'items', ['view', 'invoices'], undefined],
    ['payment', 'payments', ['view', 'invoices'], undefined],
    ['payment', 'payments', ['view', 'viewBills', 'bills'], 'forbidden'],
    ['expense', 'expenses', ['view', 'viewBills', 'invoices'], 'forbidden'],
    ['expense', 'expenses', ['view', 'bills'], 'not_found'],
    ['expense', 'expenses', ['view', 'viewBills', 'bills'], undefined],
  ] as const)('in a session of the %s of %s with %j: %s', async (type, kind, rights, code) => {
    const acting = act(signIn(type, rights), kind);
    if (code) await expect(acting).rejects.toMatchObject({ code });
    else expect(await acting).toMatchObject({ kind: 'record', ref: { kind, crmId: 'r-1' } });
  });

  test('another record of the same kind is not found, whatever the rights', async () => {
    const all: readonly Right[] = ['view', 'viewBills', 'invoices', 'bills'];
    for (const signedIn of [signIn('expense', all), signIn('contact', all, true), signIn('settings', all, true)]) {
      await expect(act(signedIn, 'expenses', 'r-2')).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  test('the backend and an admin in the overview may act on every record', async () => {
    const backend: SignedIn = { kind: 'backend', workspace, user: undefined };
    expect(await act(backend, 'expenses', 'r-2')).toBe(backend);
    expect(await act(signIn('sync', [], true), 'expenses', 'r-2')).toMatchObject({ kind: 'admin' });
    await expect(act(signIn('sync', ['bills']), 'expenses')).rejects.toMatchObject({ code: 'forbidden' });
  });
});

test('leaving out is for admins and the backend', async () => {
  const rights = ['view', 'invoices'] as const;
  const ben = await act(signIn('invoice', rights), 'invoices');
  expect(() => requireAdminAction(ben)).toThrow(expect.objectContaining({ code: 'forbidden' }));
  const others = [
    await act(signIn('invoice', rights, true), 'invoices'),
    await act(signIn('sync', [], true), 'invoices'),
    await act({ kind: 'backend', workspace, user: undefined }, 'invoices'),
  ];
  for (const caller of others) expect(() => requireAdminAction(caller)).not.toThrow();
});

test('the history names the person, or the CRM where its backend names nobody', async () => {
  const user = { id: 'u1', name: 'Finance admin' };
  expect(nameCaller({ kind: 'backend', workspace, user })).toEqual(user);
  expect(nameCaller({ kind: 'backend', workspace, user: undefined })).toEqual({ id: 'acme', name: 'Fieldnote CRM' });
  const ben = await act(signIn('invoice', ['view', 'invoices']), 'invoices');
  expect(nameCaller(ben)).toEqual({ id: 'ben', name: 'Ben' });
});
