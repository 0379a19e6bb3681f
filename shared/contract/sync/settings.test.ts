import { describe, expect, test } from 'vitest';
import { actOnRecordRoute, actOnRecordsRoute, syncRecordsRoute } from './actions.ts';
import { changeSchema } from './changes.ts';
import { mappingChangeSchema } from './mapping.ts';
import { rulesChangeSchema, rulesSchema } from './rules.ts';
import { listRunRowsRoute, runSchema } from './runs.ts';
import { syncWebhookChangeSchema } from './webhook.ts';

const rules = {
  enabled: true,
  since: '2026-07-01',
  roundingLine: false,
  importAllContacts: false,
  billStatus: 'approved',
  kinds: [
    { kind: 'expenses', out: { on: true, new: 'automatic', changes: 'by_hand' }, back: null },
    { kind: 'bills', out: null, back: { on: true, when: 'automatic', onlyApproved: true, onlyUnpaid: false } },
  ],
};

describe('rules and mapping', () => {
  test('an answer about rules can be sent back as it is', () => {
    expect(rulesChangeSchema.parse(rulesSchema.parse(rules))).toEqual(rules);
  });

  test('unknown members and modes are refused', () => {
    expect(rulesChangeSchema.safeParse({ on: true }).success).toBe(false);
    expect(rulesChangeSchema.safeParse({ kinds: [{ kind: 'expenses', out: { new: 'often' } }] }).success).toBe(false);
    expect(mappingChangeSchema.safeParse({ categories: [{ key: 'Fuel', code: '449' }] }).success).toBe(false);
  });

  test('a mapping takes null for what is taken away, and ids in capitals', () => {
    const id = 'ABCDEF01-2345-4789-8ABC-DEF012345678';
    const change = mappingChangeSchema.parse({
      categories: [{ key: ' Fuel ', accountCode: null }],
      tracking: { L: id },
    });
    expect(change).toEqual({ categories: [{ key: 'Fuel', accountCode: null }], tracking: { L: id.toLowerCase() } });
  });
});

describe('actions', () => {
  const act = actOnRecordsRoute.body;
  test('a filter takes none, one or several values', () => {
    expect(act.parse({ action: 'retry', filter: {} })).toEqual({ action: 'retry', filter: {} });
    for (const state of ['problem', ['problem'], ['problem', 'question']]) {
      const { filter } = act.parse({ action: 'retry', filter: { state } });
      expect(filter).toEqual({ state: [state].flat() });
    }
    const query = listRunRowsRoute.querystring;
    expect(query.parse({ outcome: 'refuse' })).toEqual({ outcome: ['refuse'], limit: 100 });
    expect(query.parse({ outcome: ['refuse', 'ask'] }).outcome).toEqual(['refuse', 'ask']);
  });

  test('what chooses nothing is refused, as it must not mean all records', () => {
    const sync = syncRecordsRoute.body;
    const empty = [{ state: [] }, { state: '' }, { state: [''] }, { state: null }, { code: [] }, { code: ',' }];
    for (const filter of [...empty, { search: '' }, { search: ' ' }, { state: ['problem'], code: [] }]) {
      expect(act.safeParse({ action: 'exclude', filter }).success, JSON.stringify(filter)).toBe(false);
      expect(sync.safeParse({ kind: 'expenses', filter }).success, JSON.stringify(filter)).toBe(false);
    }
    expect(act.safeParse({ action: 'exclude', kind: 'expenses', crmIds: [] }).success).toBe(false);
    expect(sync.safeParse({ kind: 'expenses', crmIds: [] }).success).toBe(false);
  });

  test('what starts or stops sending says which records, and all of them by an empty filter', () => {
    for (const action of ['sync', 'include', 'exclude']) {
      expect(act.safeParse({ action }).success, action).toBe(false);
      expect(act.safeParse({ action, filter: {} }).success, action).toBe(true);
      expect(act.safeParse({ action, kind: 'expenses' }).success, action).toBe(true);
    }
    expect(act.safeParse({ action: 'retry' }).success).toBe(true);
  });

  test('records are named by their ids or by a filter, never by both', () => {
    expect(act.safeParse({ action: 'retry', kind: 'expenses', crmIds: ['1'] }).success).toBe(true);
    expect(act.safeParse({ action: 'retry', crmIds: ['1'] }).success).toBe(false);
    expect(act.safeParse({ action: 'retry', kind: 'expenses', crmIds: ['1'], filter: {} }).success).toBe(false);
    const sync = syncRecordsRoute.body;
    expect(sync.safeParse({ kind: 'expenses', crmIds: ['1'], filter: {} }).success).toBe(false);
    expect(sync.safeParse({ kind: 'expenses', dryRun: 'false' }).success).toBe(false);
  });

  test('an answer names its choice, and the question where there is one record', () => {
    expect(act.safeParse({ action: 'answer' }).success).toBe(false);
    expect(act.safeParse({ action: 'answer', choice: 'create' }).success).toBe(true);
    const one = actOnRecordRoute.body;
    expect(one.safeParse({ action: 'answer', choice: 'create' }).success).toBe(false);
    expect(one.safeParse({ action: 'answer', choice: 'create', questionId: 'q_1' }).success).toBe(true);
  });
});

describe('runs, changes and the webhook', () => {
  test('a run says what it counted', () => {
    const counts = {
      total: 325,
      make: 312,
      change: 0,
      adopt: 0,
      ask: 9,
      refuse: 4,
      same: 0,
      remove: 0,
      done: 0,
      left: 0,
    };
    const run = {
      ...{ id: 'r_1', type: 'sync', dryRun: true, kind: 'expenses', status: 'done' },
      ...{ startedAt: '2026-11-29T18:00:00.000Z', endedAt: null, by: { id: 'u1', name: 'Finance admin' } },
      ...{ counts, calls: 31, undo: { possible: 0, impossible: 0 }, error: null },
    };
    expect(runSchema.parse(run)).toEqual(run);
  });

  test('a change has the data of its type', () => {
    const change = {
      ...{ id: '1045', type: 'reset', kind: null, crmId: null, xeroId: null, at: '2026-11-29T18:30:00.000Z' },
      data: { organisation: { id: '10000000-0000-4000-8000-000000000001', name: 'Demo' }, what: 'parked' },
    };
    expect(changeSchema.parse(change)).toEqual(change);
    expect(changeSchema.safeParse({ ...change, type: 'state' }).success).toBe(false);
  });

  test('a webhook takes addresses of the web only', () => {
    expect(syncWebhookChangeSchema.safeParse({ url: 'https://crm.example/hooks' }).success).toBe(true);
    expect(syncWebhookChangeSchema.safeParse({ url: 'file:///etc/passwd' }).success).toBe(false);
    expect(syncWebhookChangeSchema.safeParse({ url: null, enabled: false, newSecret: true }).success).toBe(true);
  });
});
