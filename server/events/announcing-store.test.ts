import { expect, test } from 'vitest';
import type { Closing, Store } from '#server/store/store.ts';
import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import { buildAnnouncingStore } from './announcing-store.ts';
import type { News, NewsTopic } from './news.ts';

const deal = { workspaceId: 'acme', organisationId: 'org', dealId: '9001' };
const dealKey = { type: 'deal', id: '9001' };

function buildStore() {
  const told: (NewsTopic & { news: News })[] = [];
  const parts = {
    dealDocuments: { change: async () => undefined },
    writes: {
      close: async (id: string) => id !== 'settled before',
      find: async (workspaceId: string) => ({ workspaceId, userId: 'ben' }),
    },
    records: { save: async () => undefined, removeStates: async () => undefined },
  };
  const together: Store['together'] = async (work) => work(parts as unknown as Store);
  const store = { ...parts, together } as unknown as Store;
  const announce = async (topic: NewsTopic, news: News) => void told.push({ ...topic, news });
  return { store: buildAnnouncingStore(store, { announce }), told };
}

function closing(action: string, documentKind: string | null) {
  return { audit: { workspaceId: 'acme', record: dealKey, action, documentKind } } as unknown as Closing;
}

test.each([
  [[{ kind: 'bill' }], [], true],
  [[], [{ kind: 'bill' }], true],
  [[{ kind: 'bill' }], [{ kind: 'invoice' }], false],
  [[{ kind: 'quote' }, { kind: 'bill' }], [], false],
] as const)('choosing %j and removing %j is news of bills only: %s', async (add, remove, isOfBills) => {
  const { store, told } = buildStore();
  await store.dealDocuments.change(deal, { add, remove } as unknown as Parameters<Store['dealDocuments']['change']>[1]);
  expect(told).toEqual([{ workspaceId: 'acme', news: { kind: 'records', records: [dealKey], isOfBills } }]);
});

test.each([
  // A write that did not succeed names no document.
  ['create_bill', null, true],
  ['create_bill', 'bill', true],
  ['document_approve', 'bill', true],
  ['create_invoice', null, false],
  ['document_void', 'invoice', false],
  ['create_contact', null, false],
] as const)('the end of %s of %j is news of bills only: %s', async (action, kind, isOfBills) => {
  const { store, told } = buildStore();
  await store.writes.close('w', closing(action, kind));
  const by = isOfBills ? { userId: 'ben' } : {};
  expect(told).toEqual([{ workspaceId: 'acme', news: { kind: 'records', records: [dealKey], isOfBills, ...by } }]);
});

test('a write that was already closed announces nothing', async () => {
  const { store, told } = buildStore();
  await store.writes.close('settled before', closing('create_bill', 'bill'));
  expect(told).toEqual([]);
});

test('the end of a write of sync announces nothing: its record does', async () => {
  const { store, told } = buildStore();
  const record = { type: 'expense', id: 'exp-1' };
  const audit = { workspaceId: 'acme', record, action: 'sync_create', documentKind: 'bill' };
  expect(await store.writes.close('w', { audit } as unknown as Closing)).toBe(true);
  expect(told).toEqual([]);
});

test('announces changes of a transaction after the commit', async () => {
  const { store, told } = buildStore();
  await store.together(async ({ writes }) => {
    await writes.close('w', closing('create_bill', 'bill'));
    expect(told).toEqual([]);
  });
  expect(told).toHaveLength(1);
});

test('announces the synced records whose state changed, or any of them when states are removed', async () => {
  const { store, told } = buildStore();
  const rows = [
    { workspaceId: 'acme', kind: 'expenses', key: 'e-1', state: 'synced' },
    { workspaceId: 'acme', kind: 'items', key: 'i-1', state: 'problem' },
  ] as unknown as RecordRow[];
  await store.records.save(...rows);
  await store.records.save();
  await store.records.removeStates({ workspaceId: 'acme', organisationId: '' });
  const records = [
    { kind: 'expenses', key: 'e-1' },
    { kind: 'items', key: 'i-1' },
  ];
  expect(told).toEqual([
    { workspaceId: 'acme', news: { kind: 'travelling', records } },
    { workspaceId: 'acme', news: { kind: 'travelling', records: [] } },
  ]);
});
