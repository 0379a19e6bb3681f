import { describe, expect, test } from 'vitest';
import type { WriteRow } from '#server/store/store.ts';
import type { Right } from '#shared/contract/record.ts';
import { listUnfinished, listUnfinishedRows } from './list-unfinished.ts';

const details = JSON.stringify({
  ...{ clientKey: 'form-1', contactId: 'c', currency: 'AUD', number: 'B-1', previewTotal: '9.90', fromDealLines: [] },
  ...{ since: '2026-11-01T00:00:00.000Z', note: '', isToBeEmailed: false, quote: null },
});
function write(change: Partial<WriteRow>): WriteRow {
  return {
    ...{ id: 'w', workspaceId: 'acme', organisationId: 'org', writeKey: 'f', attempt: 1, kind: 'bill', userId: 'ben' },
    ...{ record: { type: 'contact', id: '1001' }, bodyHash: '', request: '', state: 'pending', result: null, details },
    ...{ documentId: null, createdAt: '2026-11-01T00:00:00.000Z', sentAt: null, closedAt: null },
    ...change,
  };
}
const person = { type: 'contact', id: '1001', name: 'Nora' };

function acting(rights: readonly Right[], rows: readonly WriteRow[], record: object = person, named = {}) {
  const asked: unknown[] = [];
  const answer = async (workspaceId: string, organisationId: string, records: unknown) => {
    asked.push([workspaceId, organisationId, records]);
    return rows;
  };
  const given = {
    deps: { store: { writes: { listUnfinished: answer } }, config: { xero: { appUrl: 'https://go.xero.example' } } },
    principal: { kind: 'person', rights, session: { user: { id: 'ben' }, claims: { record, ...named } } },
    connection: { workspaceId: 'acme', organisationId: 'org', organisation: null },
  } as unknown as Parameters<typeof listUnfinished>[0];
  return { given, asked };
}
async function idsOf(rights: readonly Right[], rows: readonly WriteRow[]) {
  return (await listUnfinishedRows(acting(rights, rows).given)).map(({ id }) => id);
}

describe('unfinished writes of a record', () => {
  const all = (['quote', 'invoice', 'bill'] as const).flatMap((kind) => [
    write({ id: `own ${kind}`, kind }),
    write({ id: `other’s ${kind}`, kind, userId: 'priya' }),
  ]);

  test.each([
    [['view', 'viewBills', 'quotes', 'invoices', 'bills'], all.map(({ id }) => id)],
    // Without viewBills, other people's bills must not be noticeable.
    [
      ['view', 'invoices', 'bills'],
      ['own invoice', 'other’s invoice', 'own bill'],
    ],
    [
      ['view', 'viewBills', 'bills'],
      ['own bill', 'other’s bill'],
    ],
    [
      ['view', 'viewBills', 'quotes'],
      ['own quote', 'other’s quote'],
    ],
    // A person who may add but not view sees only their own.
    [
      ['quotes', 'invoices', 'bills'],
      ['own quote', 'own invoice', 'own bill'],
    ],
    [['viewBills', 'bills'], ['own bill']],
    [['view', 'viewBills', 'link'], []],
    [[], []],
  ] as const)('with rights %j, these are visible: %j', async (rights, expected) => {
    expect(await idsOf(rights, all)).toEqual(expected);
  });

  test('ignores writes that make no document', async () => {
    const others = ['contact', 'act_bill', 'act_invoice'].map((kind) => write({ id: kind, kind }));
    expect(await idsOf(['view', 'viewBills', 'quotes', 'invoices', 'bills'], others)).toEqual([]);
  });

  test('without any right to add, the store is not asked', async () => {
    const { given, asked } = acting(['view', 'viewBills', 'link'], all);
    await listUnfinishedRows(given);
    expect(asked).toEqual([]);
  });

  test('contact and deal read their own writes, a company also its people’s', async () => {
    const contacts = [{ id: '1001', name: 'Nora' }];
    const askedFor = async (record: object, named: object) => {
      const { given, asked } = acting(['bills'], [], record, named);
      await listUnfinishedRows(given);
      return asked;
    };
    const deal = { type: 'deal', id: '9001', name: 'Deal' };
    const toAsked = (...records: [string, string][]) => [
      ['acme', 'org', records.map(([type, id]) => expect.objectContaining({ type, id }))],
    ];
    expect(await askedFor(deal, { contacts, deal: {} })).toEqual(toAsked(['deal', '9001']));
    const company = { type: 'company', id: '501', name: 'Harbour' };
    expect(await askedFor(company, { contacts })).toEqual(toAsked(['company', '501'], ['contact', '1001']));
  });

  test('returns only the person’s own key and nothing about the writer', async () => {
    const rows = [write({ id: 'mine' }), write({ id: 'hers', userId: 'priya', state: 'undecided', result: '[]' })];
    const told = await listUnfinished(acting(['view', 'viewBills', 'bills'], rows).given);
    const summary = { total: '9.90', currency: 'AUD', number: 'B-1' };
    expect(told).toEqual([
      { id: 'mine', kind: 'bill', idempotencyKey: 'form-1', state: 'pending', createdAt: rows[0]?.createdAt, summary },
      {
        ...{
          id: 'hers',
          kind: 'bill',
          idempotencyKey: null,
          state: 'undecided',
          createdAt: rows[1]?.createdAt,
          summary,
        },
        candidates: [],
      },
    ]);
  });
});
